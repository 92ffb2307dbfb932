"""What people decided, read once for one look at the data."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from csomap.resolve.decided import NOTHING, RECORD, Decided
from csomap.resolve.normalise import letters
from csomap.resolve.waits import ABROAD
from csomap.settings import Settings
from csomap.store import Decisions, Held, exists
from csomap.store.needs import KIND as NEEDS

TERM = "term:"
# How a file is read is part of its import; verdicts are read fresh; a baseline is data of another day; what a
# meeting agreed on changes no report.
_NOT_DATA = {"mapping", "verdict", "baseline", "meeting", "action"}


@dataclass(frozen=True)
class Memory:
    """Decisions that hold: as the resolvers take them, the edits by hand, and the countries set aside.

    needs: the uploads of figures of need, oldest first. `stamp` changes with every decision that changes the
    data; "" where there is none.
    """

    decided: Decided = NOTHING
    edits: tuple[Held, ...] = ()
    abroad: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    stamp: str = ""

    def version(self, imports: Iterable[str]) -> str:
        """Return a name for what is live: these imports with these decisions."""
        return "~".join(filter(None, ["+".join(imports), self.stamp]))


def recall(settings: Settings | None) -> Memory:
    """Return what holds in an installation; nothing is made where there is none."""
    if settings is None or not exists(settings):
        return Memory()
    held = [one for one in in_force(Decisions(settings).holding()) if one.kind not in _NOT_DATA]
    if not held:
        return Memory()
    return Memory(
        decided=_decided(held),
        edits=tuple(one for one in held if one.kind == "edit"),
        abroad=frozenset(
            letters(one.subject) for one in held if one.kind == "place" and one.context == ABROAD
        ),
        needs=tuple(one.subject for one in held if one.kind == NEEDS),
        stamp=_stamp(held),
    )


def in_force(held: Iterable[Held]) -> list[Held]:
    """Return the newest of those decisions that speak of the same text, however it is spelt."""
    newest = {(one.kind, compared(one.kind, one.subject), one.context): one for one in held}
    return sorted(newest.values(), key=lambda one: one.id)


def compared(kind: str, subject: str) -> str:
    """Return the subject of a decision as the resolvers compare it: a text by its letters alone."""
    is_text = kind in ("place", "organisation") or kind.startswith(TERM)
    return letters(subject) if is_text else subject


def _decided(held: list[Held]) -> Decided:
    places = [one for one in held if one.kind == "place" and one.context != ABROAD]
    terms = [one for one in held if one.kind.startswith(TERM)]
    return Decided(
        places=tuple((one.subject, one.context, one.answer) for one in places),
        organisations=tuple((one.subject, one.answer) for one in held if one.kind == "organisation"),
        terms=tuple((one.kind.removeprefix(TERM), one.subject, one.answer) for one in terms),
        merges=tuple((one.subject, one.answer) for one in held if one.kind == "merge"),
        records=tuple(
            tuple({"org_id": one.subject, **one.answer}.get(name) for name in RECORD)
            for one in held
            if one.kind == "registry"
        ),
    )


def _stamp(held: list[Held]) -> str:
    told = [(one.id, one.kind, one.subject, one.context, one.answer) for one in held]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
