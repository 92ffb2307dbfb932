"""A CSV as spreadsheets and databases really write it, read from disk block by block."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa

from csomap.errors import BadFile
from csomap.importers import regular, sheets
from csomap.importers.encoding import Survey
from csomap.importers.limits import Limits
from csomap.importers.regular import Dialect, Quotes
from csomap.importers.sheets import Sheet

DELIMITERS = ",;\t|"

_SEP_LINE = re.compile(r'"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_QUICK = ("utf-8", "utf-8-sig")
_HEAD_CHARACTERS = 200_000
_HEAD_ROWS = 50
_LONGEST_FIELD = 10_000_000  # letters; what is longer than a cell may be is cut later, with a note

csv.field_size_limit(_LONGEST_FIELD)


def read(path: Path, limits: Limits) -> tuple[Sheet, bytes]:
    """Return the sheet of a CSV and the SHA-256 of its bytes; its blocks are read as they are asked for.

    A first line such as `sep=;` names the delimiter and is no row. Raises BadFile, also while the
    blocks are read.
    """
    quotes = Quotes(_delimiter(_head(path, "latin-1")))
    survey = Survey(path, quotes.watch)
    head = _head(path, survey.encoding)
    if len(_CONTROLS.findall(head)) > len(head) / 20 or head.lstrip().startswith(("<", "{", "%PDF")):
        raise BadFile("file_not_a_table")
    dialect = Dialect(path, survey.encoding, _delimiter(head), _SEP_LINE.match(head) is not None)
    rows = list(itertools.islice(_checked(_rows(dialect), limits), sheets.HEAD_ROWS))
    if quotes.are_regular and quotes.delimiter == dialect.delimiter and survey.encoding in _QUICK:
        dialect = replace(dialect, width=regular.width(rows), is_quoted=quotes.seen > 0)
    return Sheet("", rows, lambda: _blocks(dialect, limits), survey.lines), survey.digest


def _head(path: Path, encoding: str) -> str:
    try:
        with path.open(encoding=encoding, newline="") as text:
            return text.read(_HEAD_CHARACTERS)
    except UnicodeDecodeError as error:
        raise BadFile("file_encoding") from error


def _delimiter(head: str) -> str:
    found = _SEP_LINE.match(head)
    return found[1] if found else find_delimiter(head)


def find_delimiter(text: str) -> str:
    """Return the delimiter that cuts most of the first rows into the same, largest number of cells."""
    return max(DELIMITERS, key=lambda delimiter: _consistency(text[:_HEAD_CHARACTERS], delimiter))


def _consistency(head: str, delimiter: str) -> int:
    rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(row) for row in itertools.islice(rows, _HEAD_ROWS) if len(row) > 1)
    except csv.Error:
        return 0
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _blocks(dialect: Dialect, limits: Limits) -> Iterator[pd.DataFrame]:
    """Return the rows: the quick way as long as they are regular, the careful way from there on."""
    done = 0
    if dialect.width:
        try:
            for block in regular.blocks(dialect):
                done = int(block.index[-1])
                limits.refuse_size(done, dialect.width, done * dialect.width)
                yield block
            return
        except pa.ArrowInvalid:  # a row that is not regular: the careful way says what it is
            pass
    rest = itertools.islice(_checked(_rows(dialect), limits), done, None)
    yield from sheets.in_blocks(rest, done + 1)


def _rows(dialect: Dialect) -> Iterator[list[str]]:
    """Return the rows of a CSV; row n is the n-th, as a spreadsheet would show it."""
    count = 0
    with dialect.path.open(encoding=dialect.encoding, newline="") as text:
        if dialect.has_sep_line:
            text.readline()
        try:
            for row in csv.reader(text, delimiter=dialect.delimiter, strict=True):
                count += 1
                yield row
        except csv.Error as error:
            raise BadFile("file_quotes", row=count + 1) from error
        except UnicodeDecodeError as error:
            raise BadFile("file_encoding") from error


def _checked(rows: Iterator[list[str]], limits: Limits) -> Iterator[list[str]]:
    cells = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        limits.refuse_size(number, len(row), cells)
        yield row
