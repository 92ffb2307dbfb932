"""The quick way through a CSV that is regular: UTF-8, rows of one width, quotation marks in pairs.

Whether it is, is found out and not believed; the careful way gives the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from csomap.importers.sheets import BLOCK_CELLS, BLOCK_ROWS, framed

_QUOTE = ord('"')
_LEAST, _MOST = 1 << 20, 1 << 24
_LINE_ENDS = b"\r\n"


@dataclass(frozen=True)
class Dialect:
    """How one CSV is written; `width` is the number of cells of a row where all may have the same, else 0."""

    path: Path
    encoding: str
    delimiter: str
    has_sep_line: bool
    width: int = 0
    is_quoted: bool = False


class Quotes:
    """Watches the quotation marks of a file go by.

    They are regular if every opening one begins a cell and every closing one ends it: then no
    reader can take the cells for others. A doubled mark inside a cell closes and opens it again.
    """

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        self.seen = 0
        self._beside = np.zeros(256, dtype=bool)
        self._beside[[_QUOTE, ord(delimiter), *_LINE_ENDS]] = True
        self._fits = True
        self._tail = b"\n"  # the byte before the next chunk, and a mark on which it has to decide

    def watch(self, chunk: bytes) -> None:
        """Take in the next bytes."""
        if b'"' not in chunk and not self._tail.endswith(b'"'):
            self._tail = chunk[-1:]
            return
        taken = self._tail + chunk
        self._tail = taken[-2:] if taken.endswith(b'"') else taken[-1:]
        codes = np.frombuffer(taken, dtype=np.uint8)
        # A last mark is looked at together with what comes after it.
        places = np.flatnonzero(codes[1:-1] == _QUOTE) + 1
        opens = (np.arange(len(places)) + self.seen) % 2 == 0
        self.seen += len(places)
        beside = codes[np.where(opens, places - 1, places + 1)]
        self._fits = self._fits and bool(self._beside[beside].all())

    @property
    def are_regular(self) -> bool:
        """Whether all marks that went by are in order; the last of them must have closed a cell."""
        ends_with_mark = self._tail.endswith(b'"') and len(self._tail) > 1
        return self._fits and (self.seen + ends_with_mark) % 2 == 0


def width(head: Sequence[Sequence[str]]) -> int:
    """Return the number of cells that every one of the first rows has; 0 if they differ, or have one."""
    widths = {len(row) for row in head}
    found = widths.pop() if len(widths) == 1 else 0
    return found if found > 1 else 0


def blocks(dialect: Dialect) -> Iterator[pd.DataFrame]:
    """Return the rows of a file in blocks as `sheets.Sheet` has them.

    Raises pyarrow.ArrowInvalid at the first row that is not regular; the blocks before it are right.
    """
    names = [str(place) for place in range(dialect.width)]
    size = _block_size(dialect.path)
    text = dict.fromkeys(names, pa.large_string())
    reader = pa.csv.open_csv(
        dialect.path,
        pa.csv.ReadOptions(column_names=names, skip_rows=int(dialect.has_sep_line), block_size=size),
        pa.csv.ParseOptions(
            delimiter=dialect.delimiter, newlines_in_values=dialect.is_quoted, ignore_empty_lines=False
        ),
        pa.csv.ConvertOptions(check_utf8=False, column_types=text, strings_can_be_null=False),
    )
    first, most = 1, min(BLOCK_ROWS, max(1, BLOCK_CELLS // dialect.width))
    for batch in reader:
        for begin in range(0, len(batch), most):
            piece = batch.slice(begin, most)
            yield framed(piece.columns, first, len(piece))
            first += len(piece)


def _block_size(path: Path) -> int:
    """Return how many bytes hold about as many rows as a block has."""
    with path.open("rb") as stream:
        start = stream.read(_LEAST)
    return min(_MOST, max(_LEAST, len(start) * BLOCK_ROWS // max(1, start.count(b"\n"))))
