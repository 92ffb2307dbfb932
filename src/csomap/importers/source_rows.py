"""Rows of a file as they stand, read again from the file itself: only those that somebody asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from csomap.importers import tabular
from csomap.importers.cells import clean, letter
from csomap.importers.limits import Limits
from csomap.importers.sheets import Sheet


@dataclass(frozen=True)
class SourceRows:
    """The header row of a sheet and some of its rows, each with its number as a spreadsheet shows it."""

    header_row: int
    headers: list[str]
    rows: list[tuple[int, list[str]]]

    def place(self, column: str) -> int | None:
        """Return the position of a column by its header or letter, counted from 0; None if there is none."""
        names = [header or letter(index) for index, header in enumerate(self.headers)]
        return names.index(column) if column in names else None


def source_rows(
    path: Path,
    sheet: str,
    headers: Sequence[str],
    wanted: set[int],
    limits: Mapping[str, int] | None = None,
) -> SourceRows:
    """Return the rows of a sheet whose numbers are `wanted`, and its row of headers.

    The row of headers is the one near the top that holds most of `headers`. The file is read block by
    block, and only as far as the last row that is wanted. Raises BadFile.
    """
    for one in tabular.opened(path, Limits(**(limits or {}))).sheets:
        if one.name == sheet:
            row, names = _headed(one, {clean(header) for header in headers})
            return SourceRows(row, names, list(_numbered(one, wanted - {row})))
    return SourceRows(0, [], [])


def _headed(sheet: Sheet, known: set[str]) -> tuple[int, list[str]]:
    head = [(number, [clean(cell) for cell in cells]) for number, cells in enumerate(sheet.head, start=1)]
    return max(head, key=lambda row: len(known & set(row[1])), default=(0, []))


def _numbered(sheet: Sheet, wanted: set[int]) -> Iterator[tuple[int, list[str]]]:
    left = len(wanted)
    for block in sheet.blocks():
        kept = block[block.index.isin(list(wanted))]
        yield from ((row[0], list(row[1:])) for row in kept.itertuples(name=None))
        left -= len(kept)
        if not left:
            return
