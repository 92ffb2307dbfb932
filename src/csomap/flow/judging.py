"""People say what an overlap is: kept for each two organisations in its cell, and never lost."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from csomap.errors import BadInput
from csomap.flow.verdicts import KIND, cell_of, cells_of, pair_of
from csomap.matching.standing import VERDICTS, Cell, Pair, distance
from csomap.settings import Settings
from csomap.store import Decision, Decisions, Held
from csomap.tables import taxonomy

Key = tuple[str, str, str]
_FAR = 99  # more steps than any cell is above another


@dataclass(frozen=True)
class Judgement:
    """What a person says of two organisations in a cell.

    row: the organisations of the overlap before them; days: that the two share; saw: the id of the verdict
    that the person saw there, 0 if none.
    """

    pair: Pair
    cell: Cell
    verdict: str
    row: frozenset[str]
    days: int
    saw: int
    note: str = ""


def set_verdict(
    settings: Settings,
    asked: pd.DataFrame,
    overlaps: pd.DataFrame,
    verdict: str,
    note: str = "",
    who: str = "",
) -> int:
    """Keep a verdict on pairs of organisations and return the decision's id, by which all of it is undone.

    asked: the rows of STANDINGS that are judged, as the person saw them: those of one overlap, or those of
    one pair in many; overlaps: OVERLAPS, with at least their rows. `undecided` takes a verdict, an inherited
    one too, back to open. Raises BadInput for a verdict that does not exist, for nothing to judge, and at
    sector level; Outdated, and keeps nothing, if somebody else judged one of the pairs since.
    """
    if verdict not in VERDICTS:
        raise BadInput("verdict_unknown", value=verdict, known=", ".join(VERDICTS))
    cells = cells_of(overlaps)
    orgs = dict(zip(overlaps["overlap_id"], overlaps["org_ids"].str.split(";"), strict=True))
    columns = ["overlap_id", "org_a", "org_b", "days", "verdict_id"]
    said = [
        Judgement(pair_of(org_a, org_b), cells[one], verdict, frozenset(orgs[one]), int(days), int(saw))
        for one, org_a, org_b, days, saw in asked[columns].itertuples(index=False, name=None)
    ]
    return keep(settings, said, note=note, who=who)


def keep(
    settings: Settings,
    said: Iterable[Judgement],
    *,
    note: str = "",
    who: str = "",
    now: Callable[[str], str] = str,
) -> int:
    """Keep judgements in one batch and return its id; `now` gives the org_id of today of an earlier one.

    Raises as `set_verdict`.
    """
    once = _once(said)
    for one in once:
        _check_service(one.cell[0])
    store = Decisions(settings)
    expected: dict[Key, int | None] = {}
    held = _Held(store, now)
    for one in once:
        expected |= held.seen_by(one)
    return store.decide_all([_decision(one) for one in once], note.strip(), who, expected)


def _once(said: Iterable[Judgement]) -> list[Judgement]:
    """Return one judgement for each pair and cell: an overlap may have several runs of days in one cell."""
    found: dict[tuple[Pair, Cell], Judgement] = {}
    for one in said:
        same = found.get((one.pair, one.cell), one)
        days, row = max(one.days, same.days), one.row | same.row
        found[one.pair, one.cell] = replace(one, row=row, days=days)
    if not found:
        raise BadInput("verdict_nothing")
    return list(found.values())


def _check_service(code: str) -> None:
    if taxonomy.load("services").level(code) == "sector":
        raise BadInput("verdict_sector", value=code)


def _decision(one: Judgement) -> Decision:
    answer = {"verdict": one.verdict, "seen": sorted(one.row), "days": one.days}
    return Decision(KIND, ";".join(one.pair), answer, "|".join(one.cell), one.note.strip())


class _Held:
    """The verdicts that hold at this moment, to be compared with what a person saw."""

    def __init__(self, store: Decisions, now: Callable[[str], str]) -> None:
        self._store, self._now = store, now
        self._held = {one.id: one for one in store.holding(KIND)}
        self._said: dict[Pair, list[Held]] = {}
        for one in self._held.values():
            self._said.setdefault(self._pair(one.subject), []).append(one)

    def _pair(self, subject: str) -> Pair:
        return pair_of(*map(self._now, subject.split(";")))

    def seen_by(self, one: Judgement) -> Mapping[Key, int]:
        """Return what must hold of each decision that speaks here, if nobody judged since.

        The verdict that was seen holds, and none that goes before it: what is found to do so was not there.
        """
        own = _key(_decision(one))
        expected = {own: 0}
        seen = self._seen(one) if one.saw else own
        far = distance(one.cell, cell_of(seen[2])) if one.saw else _FAR
        for held in self._said.get(self._pair(own[1]), ()):
            steps = distance(one.cell, cell_of(held.context))
            if steps is not None:
                goes_before = (steps, -held.id) < (_FAR if far is None else far, -one.saw)
                expected[_key(held)] = 0 if goes_before else held.id
        return expected | ({seen: one.saw} if one.saw else {})

    def _seen(self, one: Judgement) -> Key:
        """Return where the verdict is kept that the person saw; after a reset it is nowhere any more."""
        if one.saw in self._held:
            return _key(self._held[one.saw])
        rows = self._store.history()
        found = rows[(rows["id"] == one.saw) & (rows["kind"] == KIND)]
        keys = [(KIND, str(row.subject), str(row.context)) for row in found.itertuples()]
        return keys[0] if keys else _key(_decision(one))


def _key(one: Decision) -> Key:
    return one.kind, one.subject, one.context
