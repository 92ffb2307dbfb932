"""Verdicts that a working group wrote into a workbook: what changes, what is too late, what is amiss."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from csomap.flow.faults import Faults, listed
from csomap.flow.judging import Judgement, keep
from csomap.flow.live import Data
from csomap.flow.renamed import Names
from csomap.flow.verdict_checks import code_of, faults, is_changed
from csomap.flow.verdict_lines import PAIR
from csomap.flow.verdict_sheet import Line, read
from csomap.flow.verdicts import pair_of, with_verdicts
from csomap.matching.standing import CELL, UNDECIDED, Standing, Verdict
from csomap.settings import Settings

COLUMNS = ["source_row", *PAIR, *CELL, "before", "verdict", "note"]
OTHERS = ["now", "now_note", "who", "at"]


@dataclass(frozen=True)
class Said:
    """What one line says otherwise than when it was written; `now` is the verdict that holds there."""

    row: int
    before: str
    judgement: Judgement
    now: Verdict | None

    @property
    def is_late(self) -> bool:
        """Whether others decided since."""
        return self.judgement.saw != (self.now.id if self.now else 0)

    def is_so_already(self) -> bool:
        """Say whether others decided exactly this."""
        now = (self.now.verdict, self.now.note) if self.now else (UNDECIDED, "")
        return now == (self.judgement.verdict, self.judgement.note)


@dataclass(frozen=True)
class VerdictBook:
    """What a workbook of verdicts changes.

    said: the lines that change something; problems (PROBLEMS): what has to be mended before any of them can
    be kept.
    """

    said: tuple[Said, ...]
    problems: pd.DataFrame

    @property
    def changes(self) -> pd.DataFrame:
        """Return source_row, org_a, org_b, the codes of the cell, before, verdict and note of each line that
        can be kept."""
        return pd.DataFrame([_change(one) for one in self.said if not one.is_late], columns=COLUMNS)

    @property
    def outdated(self) -> pd.DataFrame:
        """Return the same of each line on which others decided since, with now, now_note, who and at (UTC):
        what they decided; undecided, and nobody, where it was taken back."""
        told = [_change(one) | _now(one) for one in self.said if one.is_late]
        return pd.DataFrame(told, columns=[*COLUMNS, *OTHERS])


def read_verdict_book(source: Path | bytes, data: Data, settings: Settings) -> VerdictBook:
    """Return what a workbook of verdicts changes; nothing is kept yet.

    A line speaks if its verdict or its note is not what it was when the workbook was written; an empty
    verdict says nothing. Rows may be sorted or left out, columns added. Organisations that were merged since
    are followed. Raises BadFile if the file cannot be read, BadInput if it is no workbook of verdicts.
    """
    found, now = read(source), with_verdicts(data, settings)
    names, standing = Names(now), Standing(now.verdicts)
    amiss = [(line.row, *one) for line in found.lines for one in faults(line, names)]
    rows = {row for row, *_ in amiss}
    speaking = [line for line in found.lines if line.row not in rows and line.has_keys and is_changed(line)]
    said = [_said(line, names, standing) for line in speaking]
    amiss += _disagreeing(said, names)
    told = {line.row: line for line in found.lines}
    problems = [
        (row, found.headers[name], _text(told[row], name), code, hint)
        for row, name, code, hint in sorted(amiss)
    ]
    return VerdictBook(tuple(one for one in said if not one.is_so_already()), listed(problems))


def keep_verdict_book(
    book: VerdictBook,
    data: Data,
    settings: Settings,
    *,
    note: str = "",
    who: str = "",
    take_outdated: bool = False,
) -> int:
    """Keep what a workbook changes, all of it or nothing, and return the decision's id; 0 if nothing changes.

    Lines on which others decided since are kept only with `take_outdated`. `note` is that of lines without
    one. Raises Faults with everything that has to be mended, and Outdated if somebody decided on one of the
    pairs since the workbook was read.
    """
    if len(book.problems):
        raise Faults("verdict_faults", book.problems)
    taken = [one for one in book.said if take_outdated or not one.is_late]
    said = [replace(one.judgement, saw=one.now.id if one.now else 0) for one in taken]
    return keep(settings, said, note=note, who=who, now=Names(data).now) if said else 0


def _said(line: Line, names: Names, standing: Standing) -> Said:
    keys = line.keys
    pair, today = (keys["org_a"], keys["org_b"]), pair_of(names.now(keys["org_a"]), names.now(keys["org_b"]))
    cell = (keys["service"], keys["population_group"], keys["characteristic"], keys["pcode"])
    row = frozenset(keys["seen"].split(";")) | set(pair)
    saw, days = int(keys["verdict_id"]), int(keys["days"])
    said = Judgement(pair_of(*pair), cell, code_of(line), row, days, saw, line.note)
    return Said(line.row, keys["was"], said, standing.of(today, cell))


def _disagreeing(said: Sequence[Said], names: Names) -> Iterator[tuple[int, str, str, str]]:
    """Find lines about the same two organisations in the same cell that say different things."""
    first: dict[tuple[Any, ...], Said] = {}
    for one in said:
        own = one.judgement
        before = first.setdefault((pair_of(*map(names.now, own.pair)), own.cell), one)
        if (before.judgement.verdict, before.judgement.note) != (own.verdict, own.note):
            yield one.row, "verdict", "verdict_twice", str(before.row)


def _text(line: Line, column: str) -> str:
    return {"verdict": line.verdict, "note": line.note}.get(column, line.keys.get(column, ""))


def _change(one: Said) -> dict[str, Any]:
    own = one.judgement
    told = dict(zip((*PAIR, *CELL), (*own.pair, *own.cell), strict=True))
    return {"source_row": one.row, **told, "before": one.before, "verdict": own.verdict, "note": own.note}


def _now(one: Said) -> dict[str, Any]:
    if one.now is None:
        return {"now": UNDECIDED, "now_note": "", "who": "", "at": pd.NaT}
    return {"now": one.now.verdict, "now_note": one.now.note, "who": one.now.who, "at": one.now.at}
