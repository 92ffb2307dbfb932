"""A file to raw rows: the one door of this room."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from csomap.errors import BadInput
from csomap.importers import headers, layout, rows, sheets, tabular
from csomap.importers.body import Body
from csomap.importers.layout import Layout
from csomap.importers.limits import Limits
from csomap.importers.problems import NOTE, Problems
from csomap.importers.profile import Profile
from csomap.importers.shaping import shaped
from csomap.importers.sheets import Sheet
from csomap.tables import schemas

Days = tuple[dt.date, dt.date]
Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody of progress."""


@dataclass(frozen=True)
class Imported:
    """What a file says, before anybody judges it.

    `rows` are RAW, `problems` PROBLEMS. `fingerprint` is equal for the same bytes read in the
    same way. `mapping` names the file's header of each field, `unmapped` the headers that no
    field takes (their values are in the column `other`); rows are counted without empty ones.
    """

    rows: pd.DataFrame
    problems: pd.DataFrame
    fingerprint: str
    profile: str
    sheet: str
    header_row: int
    mapping: dict[str, str]
    unmapped: list[str]
    rows_read: int


@dataclass
class Opened:
    """A file whose layout is known and whose rows are still to be read; `problems` are those of the file
    as a whole, `unmapped` is complete when all blocks have been read."""

    layout: Layout
    period: Days | None
    fingerprint: str
    problems: pd.DataFrame
    progress: Progress = silent
    _free: set[int] = field(default_factory=set)
    _dropped: int = 0

    @property
    def mapping(self) -> dict[str, str]:
        """The file's header of each field."""
        return {field: self.layout.header(field) for field in self.layout.fields}

    @property
    def unmapped(self) -> list[str]:
        """The headers that no field takes; a column without one counts if it holds anything."""
        return [self.layout.name(place) for place in sorted(self._free)]

    def blocks(self) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """Return the raw rows (RAW) and their problems (PROBLEMS), block by block.

        Raises BadFile where the file turns out to be broken, and whatever `progress` raises.
        """
        sheet = self.layout.sheet
        self._dropped = 0
        self._free = {place for place, header in enumerate(self.layout.headers) if header} - self.layout.taken
        for block in sheet.blocks():
            last = int(block.index[-1])
            self.progress("read", min(last, sheet.height), sheet.height)
            data = block.iloc[max(0, self.layout.data_index + 1 - int(block.index[0])) :]
            kept = sheets.filled(data)
            yield self._read(data if kept.all() else data[kept])
        if self._dropped:
            yield schemas.none(schemas.RAW), self._told_dropped()
        self.progress("read", sheet.height, sheet.height)

    def _told_dropped(self) -> pd.DataFrame:
        """Note how many cells of a matrix said nothing."""
        problems, matrix = Problems(), self.layout.matrix
        header = self.layout.header(matrix.into) if matrix else ""
        problems.add(self.layout.header_row, header, str(self._dropped), "cells_dropped", NOTE)
        return problems.table()

    def _read(self, block: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        problems, parts = Problems(), shaped(self.layout, block)
        parts.tell(self.layout, problems)
        self._dropped += parts.dropped
        width = max(len(block.columns), len(self.layout.headers))
        body = Body(self.layout, parts, width, problems)
        self._free |= set(body.free.values())
        return rows.read(body, self.period), problems.table()


def opened(
    path: Path,
    *,
    profile: str | None = None,
    mapping: Profile | None = None,
    kept: Mapping[str, Mapping[str, Any]] | None = None,
    period: Days | None = None,
    sheet: str = "",
    limits: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> Opened:
    """Open a file as one of the profiles of data/profiles/, found by its headers or HXL tags.

    `profile` fixes the layout, `mapping` is a layout of the file's own, `kept` are the layouts that
    people chose, by the fingerprint of their headers, `period` (first and last day) dates the rows that
    have no date, `sheet` is the only one that is looked at, `limits` are the fields of `Limits` that
    differ from their defaults. `progress` is called with step, done and total; what it raises ends the
    reading.

    Raises BadFile for a file that cannot be read at all, BadInput for an unknown profile or sheet.
    """
    tell = progress or silent
    tell("open", 0, 1)
    found = tabular.opened(path, Limits(**(limits or {})))
    looked_at = _named(found.sheets, sheet)
    mapping = mapping or (None if profile else headers.recognised(looked_at, kept or {}))
    chosen, others = layout.find(looked_at, profile, period is not None, mapping, _year(period))
    problems = Problems()
    for other in others:
        code = "sheet_alike" if chosen.is_like(other) else "sheet_ignored"
        problems.add(other.header_row, "", other.sheet.name, code, NOTE, chosen.sheet.name)
    for header in chosen.profile.twice(chosen.headers):
        problems.add(chosen.header_row, header, header, "column_twice", NOTE)
    tell("open", 1, 1)
    return Opened(chosen, period, fingerprint(found.digest, chosen, period), problems.table(), tell)


def read(
    path: Path,
    *,
    profile: str | None = None,
    mapping: Profile | None = None,
    period: Days | None = None,
    limits: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read all of a file at once; arguments and errors are those of `opened`."""
    file = opened(path, profile=profile, mapping=mapping, period=period, limits=limits, progress=progress)
    parts = list(file.blocks()) or [(schemas.none(schemas.RAW), schemas.none(schemas.PROBLEMS))]
    frame = pd.concat([part for part, _ in parts], ignore_index=True)
    return Imported(
        rows=frame,
        problems=in_order([file.problems, *(problems for _, problems in parts)]),
        fingerprint=file.fingerprint,
        profile=file.layout.profile.name,
        sheet=file.layout.sheet.name,
        header_row=file.layout.header_row,
        mapping=file.mapping,
        unmapped=file.unmapped,
        rows_read=len(frame),
    )


def _named(found: Sequence[Sheet], name: str) -> Sequence[Sheet]:
    named = [one for one in found if name in ("", one.name)]
    if not named:
        raise BadInput("file_sheet_unknown", value=name, known=", ".join(one.name for one in found))
    return named


def _year(period: Days | None) -> str:
    """Return the year that a period lies in, "" if it lies in several."""
    return str(period[0].year) if period and period[0].year == period[1].year else ""


def in_order(problems: list[pd.DataFrame]) -> pd.DataFrame:
    """Return lists of problems as one, in the order of the rows."""
    together = pd.concat(problems, ignore_index=True)
    if together["source_row"].is_monotonic_increasing:
        return together
    return together.sort_values("source_row", kind="stable", ignore_index=True)


def fingerprint(digest: bytes, chosen: Layout, period: Days | None) -> str:
    """Return the SHA-256 (hexadecimal) of a file's bytes, given by their own, and the way they are read."""
    used = chosen.profile
    way = {
        "profile": used.name,
        "columns": chosen.columns,
        "kinds": {field: used.columns[field].kind for field in chosen.columns},
        "constants": dict(used.constants),
        "month_is_report": used.month_is_report,
        "sheet": chosen.sheet.name,
        "data_index": chosen.data_index,
        "period": [day.isoformat() for day in period or ()],
        **chosen.shape,
    }
    told = json.dumps(way, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(digest + told).hexdigest()
