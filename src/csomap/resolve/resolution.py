"""What a resolver answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resolution:
    """One text and the code that it was taken for.

    `id` is "" where the resolver would not decide. `method` says how it decided, "none" where it did not.
    `score` is the likeness in percent of the answer, or of the best candidate where there is no answer.
    `candidates` are pairs of code and score, best first.
    """

    text: str
    id: str
    method: str
    score: float
    candidates: tuple[tuple[str, float], ...] = ()
