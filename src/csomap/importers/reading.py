"""A file to raw rows: the one door of this room."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from csomap.importers import layout, rows, tabular
from csomap.importers.layout import Layout
from csomap.importers.limits import Limits
from csomap.importers.problems import NOTE, Problems

Days = tuple[dt.date, dt.date]


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


def read(
    path: Path,
    *,
    profile: str | None = None,
    period: Days | None = None,
    limits: Mapping[str, int] | None = None,
) -> Imported:
    """Read a CSV or XLSX as one of the profiles of data/profiles/, found by its headers or HXL tags.

    `profile` fixes the layout, `period` (first and last day) dates the rows that have no date,
    `limits` are the fields of `Limits` that differ from their defaults.

    Raises BadFile for a file that cannot be read at all, BadInput for an unknown profile.
    """
    bounds = Limits(**(limits or {}))
    data = tabular.content(path, bounds)
    chosen, others = layout.find(tabular.sheets(data, bounds), profile, period is not None)
    problems = Problems()
    for other in others:
        problems.add(other.header_row, "", other.sheet.name, "sheet_ignored", NOTE, chosen.sheet.name)
    for header in chosen.profile.twice(chosen.headers):
        problems.add(chosen.header_row, header, header, "column_twice", NOTE)
    frame, unmapped = rows.read(chosen, period, problems)
    return Imported(
        rows=frame,
        problems=problems.table(),
        fingerprint=fingerprint(data, chosen, period),
        profile=chosen.profile.name,
        sheet=chosen.sheet.name,
        header_row=chosen.header_row,
        mapping={field: chosen.headers[index] for field, index in chosen.columns.items()},
        unmapped=unmapped,
        rows_read=len(frame),
    )


def fingerprint(data: bytes, chosen: Layout, period: Days | None) -> str:
    """Return the SHA-256 (hexadecimal) of a file's bytes together with the way they are read."""
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
    }
    told = json.dumps(way, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(hashlib.sha256(data).digest() + told).hexdigest()
