"""What people said of two organisations in a cell, and which of it holds where (section 3, verdicts)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from .asked import Params
from .org_pairs import org_pairs
from .overlaps import Cell, Run
from .trees import Trees, ancestors, place_ancestors

COUNTED = ("undecided", "duplicate_work")


@dataclass(frozen=True)
class Said:
    """A verdict: on which organisations, where, who was in the row then; later ones have larger ids.

    Those of one batch were said, and are taken back, together.
    """

    id: int
    pair: tuple[str, str]
    cell: Cell
    verdict: str
    seen: frozenset[str]
    batch: int
    is_undone: bool = False


def today(said: list[Said], merged: Mapping[str, str]) -> list[Said]:
    """Return what is not undone, by the organisations of today; of two that are one now nothing is said."""
    found = []
    for one in said:
        pair = tuple(sorted(merged.get(o, o) for o in one.pair))
        seen = frozenset(merged.get(o, o) for o in one.seen)
        if not one.is_undone and pair[0] != pair[1]:
            found.append(Said(one.id, (pair[0], pair[1]), one.cell, one.verdict, seen, one.batch))
    return found


def holds(pair: tuple[str, str], cell: Cell, said: list[Said], trees: Trees) -> Said | None:
    """Return what holds for two organisations in a cell: of the nearest cell above it, the newest."""
    about = [one for one in said if one.pair == pair and is_within(cell, one.cell, trees)]
    return max(about, key=lambda one: (depth(one.cell, trees), one.id), default=None)


def above(cell: Cell, trees: Trees) -> list[list[str]]:
    """Return what is above each code of a cell; everybody ("") is above every characteristic."""
    return [
        ancestors(cell.service, trees.services),
        ancestors(cell.group, trees.groups),
        [*ancestors(cell.characteristic, trees.characteristics), ""] if cell.characteristic else [],
        place_ancestors(cell.place),
    ]


def is_within(cell: Cell, wider: Cell, trees: Trees) -> bool:
    """Tell whether each code of a cell is equal to, or below, that of another one."""
    lines = [[code, *line] for code, line in zip(cell, above(cell, trees), strict=True)]
    return all(code in line for code, line in zip(wider, lines, strict=True))


def depth(cell: Cell, trees: Trees) -> int:
    """Return how fine a cell is: how many codes there are above its four."""
    return sum(len(line) for line in above(cell, trees))


def standings(run: Run, said: list[Said], params: Params) -> list[dict[str, Any]]:
    """Return a row for each two organisations of a run that ask for a verdict, with what holds."""
    if params.service_level == "sector":
        return []
    told = judged_before(run, said, params.trees)
    found = []
    for pair in org_pairs(run, params):
        one = holds((pair["org_a"], pair["org_b"]), run.cell, said, params.trees)
        is_new = told is not None and not {pair["org_a"], pair["org_b"]} <= told
        found += [standing(pair, one, run, is_new)] if pair["asks"] else []
    return found


def judged_before(run: Run, said: list[Said], trees: Trees) -> set[str] | None:
    """Return whom people had before them when they judged any two organisations of a run; None if never."""
    pairs = combinations(sorted({a["organisation"] for a in run.members}), 2)
    held = [one for pair in pairs if (one := holds(pair, run.cell, said, trees))]
    return {org for one in held for org in one.seen} if held else None


def standing(pair: dict[str, Any], one: Said | None, run: Run, is_new: bool) -> dict[str, Any]:
    """Return one row of the standings."""
    cell = one.cell if one else Cell("", "", "", "")
    return {
        "org_a": pair["org_a"],
        "org_b": pair["org_b"],
        "days": pair["days"],
        "verdict": one.verdict if one else "undecided",
        "verdict_id": one.id if one else 0,
        "inherited": bool(one) and cell != run.cell,
        "service": cell.service,
        "population_group": cell.group,
        "characteristic": cell.characteristic,
        "pcode": cell.place,
        "is_new": is_new,
    }


def row_verdict(told: list[dict[str, Any]]) -> str:
    """Return the verdict of a row: the common one of its pairs that ask, else mixed."""
    verdicts = {one["verdict"] for one in told} or {"undecided"}
    return verdicts.pop() if len(verdicts) == 1 else "mixed"


def counts(told: list[dict[str, Any]]) -> bool:
    """Tell whether a row counts as overlap: only people's verdicts take it out."""
    return not told or any(one["verdict"] in COUNTED for one in told)
