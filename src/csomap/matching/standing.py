"""Which verdict holds between two organisations in a cell: that of the cell, else of a coarser one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

import pandas as pd

from csomap.errors import BadInput
from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH

Pair = tuple[str, str]
Cell = tuple[str, str, str, str]
CELL = ("service", "population_group", "characteristic", "pcode")
UNDECIDED, MIXED = "undecided", "mixed"
VERDICTS = (UNDECIDED, "duplicate_work", "shared_load", "same_project", "data_error")
COUNTED = (UNDECIDED, "duplicate_work")


@dataclass(frozen=True)
class Verdict:
    """What people said of two organisations in a cell, by the org_ids of today.

    id: of the decision; seen: the organisations that were in the overlap then; at: UTC.
    """

    id: int
    pair: Pair
    cell: Cell
    verdict: str
    seen: frozenset[str] = frozenset()
    note: str = ""
    who: str = ""
    at: dt.datetime | None = None


class Standing:
    """All verdicts, to be asked for a pair of organisations and a cell."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        oldest_first = sorted(verdicts, key=lambda one: one.id)
        self._said: dict[Pair, dict[Cell, Verdict]] = defaultdict(dict)
        for one in oldest_first:
            self._said[one.pair][one.cell] = one
        self._judged = frozenset(org_id for pair in self._said for org_id in pair)
        self._codes = [frozenset(codes) for codes in zip(*(one.cell for one in oldest_first), strict=True)]
        self._above: dict[Cell, list[tuple[int, Cell]]] = {}

    def of(self, pair: Pair, cell: Cell) -> Verdict | None:
        """Return the verdict that holds: the most specific, of several the newest; None if there is none."""
        said = self._said.get(pair)
        if said is None:
            return None
        here = [
            (steps, -said[above].id, said[above])
            for steps, above in self._judged_above(cell)
            if above in said
        ]
        return min(here, key=lambda told: told[:2])[2] if here else None

    def among(self, org_ids: Iterable[str], cell: Cell) -> list[Verdict]:
        """Return the verdicts that hold in a cell between any two of these organisations."""
        known = sorted(self._judged.intersection(org_ids))
        found = [self.of(pair, cell) for pair in combinations(known, 2)]
        return [one for one in found if one]

    def _judged_above(self, cell: Cell) -> list[tuple[int, Cell]]:
        """Return the cell and those above it that may have been judged, each with its steps."""
        if cell not in self._above:
            known = [
                [(steps, code) for steps, code in enumerate(line) if code in codes]
                for line, codes in zip(lines(cell), self._codes, strict=True)
            ]
            found = (tuple(zip(*choice, strict=True)) for choice in product(*known))
            self._above[cell] = [(sum(steps), codes) for steps, codes in found]
        return self._above[cell]


def may_hold(overlaps: pd.DataFrame, verdicts: Iterable[Verdict]) -> "pd.Series[bool]":
    """Say quickly in which rows of OVERLAPS a verdict may hold: each code is at or below one of theirs."""
    said = list(verdicts)
    found = pd.Series(True, index=overlaps.index)
    for place, name in enumerate(CELL):
        above = {one.cell[place] for one in said}
        below = [code for code in overlaps[name].unique() if above.intersection(_lines(place, code))]
        found &= overlaps[name].isin(below)
    return found


def distance(cell: Cell, above: Cell) -> int | None:
    """Return how many steps `above` is coarser than `cell`, 0 for the cell itself; None if it is not above.

    A cell is above another one if each of its codes is equal to, or an ancestor of, that of the other.
    """
    steps = 0
    for line, code in zip(lines(cell), above, strict=True):
        if code not in line:
            return None
        steps += line.index(code)
    return steps


@lru_cache(maxsize=100_000)
def lines(cell: Cell) -> tuple[tuple[str, ...], ...]:
    """Return, for each code of a cell, the code and all above it, nearest first.

    No characteristic is everybody, and above all of them; a site lies in its place.
    """
    return tuple(_lines(place, code) for place, code in enumerate(cell))


def _lines(place: int, code: str) -> tuple[str, ...]:
    name = CELL[place]
    if name == "pcode":
        return _places(code)
    line = _line(taxonomy.OF_FIELD[name], code) if code else ()
    return (*line, "") if name == "characteristic" else line


def _line(name: str, code: str) -> tuple[str, ...]:
    try:
        return (code, *taxonomy.load(name).ancestors(code))
    except BadInput:  # the taxonomy has changed since
        return (code,)


def _places(area: str) -> tuple[str, ...]:
    pcode = area.partition("|")[0]
    above = [pcode[:length] for length in PCODE_LENGTH.values() if len(pcode) >= length]
    return tuple(dict.fromkeys([area, *reversed(above)]))
