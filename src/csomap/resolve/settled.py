"""What people said of texts for places: the text, everywhere or inside one place, and its p-code."""

from collections.abc import Iterator, Mapping

from csomap.resolve.normalise import letters

Confirmed = Mapping[str | tuple[str, str], str]


class Settled:
    """Texts that a person has settled: a key is a text, or a text and the p-code inside which that holds."""

    def __init__(self, confirmed: Confirmed) -> None:
        self._known = dict(_compared(confirmed))

    def find(self, plain: str, within: str) -> tuple[str | None, bool]:
        """Return the p-code of a normalised text without spaces, or of signs as they stand ("" = not a place,
        None = nothing was said), and whether that was said of the area in question: the narrowest speaks."""
        for end in (11, 8, 5):
            if end <= len(within) and (plain, within[:end]) in self._known:
                return self._known[plain, within[:end]], True
        return self._known.get((plain, "")), False


def _compared(confirmed: Confirmed) -> Iterator[tuple[tuple[str, str], str]]:
    for key, code in confirmed.items():
        text, within = key if isinstance(key, tuple) else (key, "")
        yield (letters(text), within.upper()), code
