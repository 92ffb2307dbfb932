"""A sheet as the readers give it: its first rows at once, all of its rows in blocks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

HEAD_ROWS = 60
BLOCK_ROWS = 50_000
BLOCK_CELLS = 1_500_000  # fewer rows where they are wide, so that memory is bounded

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sheet:
    """One sheet; a CSV is a sheet without a name.

    `head` are its first rows, for finding the layout: row n, as a spreadsheet numbers it, is
    `head[n - 1]`. `blocks` gives all rows anew each time it is called: frames of text, columns
    counted from 0, "" for an empty cell, the index being the row number; `height` is about how
    many rows there are.
    """

    name: str
    head: Rows
    blocks: Callable[[], Iterator[pd.DataFrame]]
    height: int

    def has_cells(self) -> bool:
        """Tell whether any cell is filled; all rows are looked through only if the first are empty."""
        if any(cell.strip() for row in self.head for cell in row):
            return True
        return self.height > len(self.head) and any(filled(block).any() for block in self.blocks())


def of_rows(name: str, rows: Rows) -> Sheet:
    """Return a sheet whose rows are in memory."""
    return Sheet(name, rows[:HEAD_ROWS], lambda: in_blocks(iter(rows)), len(rows))


def in_blocks(rows: Iterator[Sequence[str]], first: int = 1) -> Iterator[pd.DataFrame]:
    """Cut rows, the first of which has the number `first`, into blocks of bounded size."""
    taken: list[Sequence[str]] = []
    cells = 0
    for row in rows:
        taken.append(row)
        cells += len(row)
        if len(taken) == BLOCK_ROWS or cells >= BLOCK_CELLS:
            yield block_of(taken, first)
            first, taken, cells = first + len(taken), [], 0
    if taken:
        yield block_of(taken, first)


def block_of(rows: Rows, first: int) -> pd.DataFrame:
    """Return rows of unequal length as one block."""
    width = max(map(len, rows))
    if any(len(row) != width for row in rows):
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
    return framed(
        (pa.array(column, pa.large_string()) for column in zip(*rows, strict=True)), first, len(rows)
    )


def framed(columns: Iterable[pa.Array], first: int, height: int) -> pd.DataFrame:
    """Return columns of text as a block whose first row has the number `first`."""
    index = pd.RangeIndex(first, first + height)
    return pd.DataFrame({place: pd.array(column, dtype="str") for place, column in enumerate(columns)}, index)


def filled(block: pd.DataFrame) -> "pd.Series[bool]":
    """Tell of each row of a block whether it has a cell with more than white space."""
    found = pd.Series(False, index=block.index)
    for place in block.columns:
        found |= block[place].str.strip() != ""
        if found.all():
            break
    return found
