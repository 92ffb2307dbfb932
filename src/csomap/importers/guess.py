"""An unknown layout: what its columns may be, with a confidence and the evidence for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csomap.errors import BadFile
from csomap.importers import guess_fit, headers, hxl, profile, tabular, wide
from csomap.importers.cells import clean
from csomap.importers.guess_fit import KINDS, Evidence, Seen
from csomap.importers.header_words import is_word
from csomap.importers.limits import Limits
from csomap.importers.numbers import read_amount
from csomap.importers.profile import Profile
from csomap.importers.sheets import Rows, Sheet
from csomap.settings import rules

FIELDS = tuple(KINDS)
LISTS = ("population_group", "characteristic", "programme_organisation", "funder")
_NUMBERS = ("latitude", "longitude", "targeted", "reached", "value_usd")
_SHOWN = 3
_FEWEST_WORDS = 2
_FEWEST_COLUMNS = 2
_MATRICES = {"start": "months", "service": "services", "population_group": "population_groups"}


@dataclass(frozen=True)
class GuessedColumn:
    """One column of the file; `field` is "" where nothing is proposed. `confidence` is 0-100."""

    index: int
    header: str
    field: str
    confidence: int
    evidence: tuple[Evidence, ...]
    is_month: bool = False


@dataclass(frozen=True)
class Proposal:
    """A layout as it was guessed. `header_row` is counted from 1; `samples` are the first distinct values
    of each column, `head` the first rows of the sheet; `fingerprint` is that of the headers."""

    sheet: str
    header_row: int
    columns: tuple[GuessedColumn, ...]
    samples: tuple[tuple[str, ...], ...]
    fingerprint: str
    head: Rows = field(repr=False)

    @property
    def choices(self) -> dict[int, str]:
        """The proposed field of each column that has one."""
        return {column.index: column.field for column in self.columns if column.field}

    @property
    def usable(self) -> tuple[int, ...]:
        """The columns that a field can be found in: those with a header that no column before them has."""
        first: dict[str, int] = {}
        for column in self.columns:
            if column.header:
                first.setdefault(profile.compared(column.header), column.index)
        return tuple(sorted(first.values()))

    def content(self, choices: Mapping[int, str] | None = None) -> dict[str, Any]:
        """Return the layout as data/profiles/ would hold it; `choices` in place of the guesses."""
        chosen = {i: name for i, name in (self.choices if choices is None else choices).items() if name}
        found = {name: self.columns[index] for index, name in sorted(chosen.items())}
        reported = "start" in found and "end" not in found and found["start"].is_month
        return {
            "columns": {
                name: {"headers": [column.header], **_read_as(name, reported)}
                for name, column in found.items()
            },
            "required": _required(found),
            "constants": {},
            "month_is_report": reported,
            **self._wide(found),
        }

    def _wide(self, found: Mapping[str, GuessedColumn]) -> dict[str, Any]:
        """Return the matrix that columns without a field make: one a month, service or group of people."""
        taken = {column.index for column in found.values()}
        free = [one.header for one in self.columns if one.header and one.index not in taken]
        for into, are in _MATRICES.items():
            if into not in found and sum(wide.names(are, header) for header in free) >= _FEWEST_COLUMNS:
                value = {} if "reached" in found else {"value": "reached"}
                cells = {"cells": "figures"} if into == "population_group" else {}
                return {"melt": [{"into": into, **value, "are": are, **cells}]}
        return {}

    def profile(self, choices: Mapping[int, str] | None = None) -> Profile:
        """Return the profile of `choices` (column -> field), or of the guesses."""
        return headers.named(self.fingerprint, self.content(choices))


def _read_as(name: str, reported: bool) -> dict[str, str]:
    if name in LISTS:
        return {"as": "list"}
    if name in _NUMBERS:
        return {"as": "number"}
    if name == "start":
        return {"as": "month" if reported else "date"}
    return {"as": "date"} if name == "end" else {}


def _required(found: Mapping[str, object]) -> list[str]:
    """Return what next month's file must have as well: who, and what of service and date was there."""
    who = [name for name in ("organisation", "organisation_acronym") if name in found][:1]
    return [*who, *(name for name in ("service", "sector", "start") if name in found)] or ["organisation"]


def guess(path: Path, limits: Limits | None = None) -> Proposal:
    """Return which field each column of a file may hold.

    The sheet and row with most words of headers are taken for the headers, among the first 25 rows that have
    data below them. Raises BadFile if the file cannot be read or no row could be one of headers.
    """
    bounds = limits or Limits(**rules()["limits"])
    sheets = tabular.opened(path, bounds).sheets
    heads = (found for sheet in sheets for found in _heads(sheet))
    best = max(heads, key=lambda found: found.rank, default=None)
    if best is None:
        titles = ", ".join(profile.load(name).title for name in profile.names())
        raise BadFile("file_no_header", profiles=titles)
    return _proposed(best)


@dataclass(frozen=True)
class _Head:
    sheet: Sheet
    header: int
    tags: int | None
    data: int

    @property
    def rank(self) -> tuple[int, int, int, int]:
        cells = [cell for cell in self.cells if cell]
        words = sum(is_word(cell) for cell in cells)
        texts = sum(read_amount(cell).value is None for cell in cells)
        return (
            words if words >= _FEWEST_WORDS or self.tags is not None else 0,
            texts,
            self.sheet.height,
            -self.header,
        )

    @property
    def cells(self) -> list[str]:
        return list(map(clean, self.sheet.head[self.header]))


def _heads(sheet: Sheet) -> Iterator[_Head]:
    """Give the rows that could be the headers; where a row of HXL tags tells, the one beside it."""
    rows = sheet.head[: hxl.HEAD_ROWS + 1]
    filled = [i for i, row in enumerate(rows) if sum(bool(clean(cell)) for cell in row) >= _FEWEST_WORDS]
    tags = hxl.tag_row(rows)
    for i in filled[: hxl.HEAD_ROWS] if tags is None else _beside(tags, filled, rows):
        data = max(i, i if tags is None else tags) + 1
        if any(clean(cell) for row in sheet.head[data : data + hxl.HEAD_ROWS] for cell in row):
            yield _Head(sheet, i, tags, data)


def _beside(tags: int, filled: Sequence[int], rows: Sequence[Sequence[str]]) -> list[int]:
    above = [i for i in filled if i < tags]
    below = [i for i in filled if i > tags and sum(map(is_word, rows[i])) >= _FEWEST_WORDS]
    return (above[-1:] or below[:1]) or [tags]


def _proposed(head: _Head) -> Proposal:
    body = _body(head)
    width = max(len(row) for row in (head.cells, *body))
    tags = head.sheet.head[head.tags] if head.tags is not None else []
    values = [_distinct(body, index) for index in range(width)]
    seen = [
        Seen(_cell(head.cells, i), hxl.normalised(_cell(tags, i)), _spread(values[i])) for i in range(width)
    ]
    columns = [
        GuessedColumn(
            index=index,
            header=one.header or one.tag,
            field=fit.field if fit else "",
            confidence=fit.confidence if fit else 0,
            evidence=(*(fit.evidence if fit else ()), *further),
            is_month=bool(fit and fit.is_month),
        )
        for index, (one, (fit, further)) in enumerate(zip(seen, guess_fit.assigned(seen), strict=True))
    ]
    shown = tuple(tuple(many[:_SHOWN]) for many in values)
    told = headers.fingerprint(head.cells)
    return Proposal(head.sheet.name, head.header + 1, tuple(columns), shown, told, head.sheet.head)


def _body(head: _Head) -> list[tuple[str, ...]]:
    """Return the first rows of data: the first block of a sheet holds more than are looked at."""
    block = next(head.sheet.blocks())
    return list(
        block.iloc[head.data : head.data + rules()["guess"]["rows"]].itertuples(index=False, name=None)
    )


def _cell(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def _distinct(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return list(dict.fromkeys(text for row in rows if (text := clean(_cell(row, index)))))


def _spread(values: Sequence[str]) -> tuple[str, ...]:
    """Return some of many values, from all over the column."""
    step = max(1, -(-len(values) // rules()["guess"]["sampled"]))
    return tuple(values[::step])
