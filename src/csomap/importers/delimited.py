"""A CSV as spreadsheets and databases really write it: encoding and delimiter found from the bytes."""

import codecs
import csv
import io
import itertools
import re
from collections import Counter

from csomap.errors import BadFile
from csomap.importers.limits import Limits

DELIMITERS = ",;\t|"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC_WORD = re.compile(r"(?<![A-Za-z])[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]{2,}(?![A-Za-z])")
_MIXED_WORD = re.compile(r"[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HEAD_CHARACTERS = 200_000
_HEAD_ROWS = 50
_LONGEST_FIELD = 10_000_000  # letters; what is longer than a cell may be is cut later, with a note


def read(data: bytes, limits: Limits) -> list[list[str]]:
    """Return the rows of a CSV; row n is item n - 1, as a spreadsheet would show it.

    A first line such as `sep=;` names the delimiter and is, as in spreadsheets, no row.

    Raises BadFile.
    """
    text, delimiter = _without_sep_line(decode(data))
    return _rows(text, delimiter or find_delimiter(text), limits)


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 (marked or not), Windows-1256 or Windows-1252.

    Windows-1256 is chosen where it turns the bytes into Arabic words: general detectors need
    far more text than a short table of names has.

    Raises BadFile if the bytes are no text.
    """
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        raise BadFile("file_encoding") from error
    head = text[:_HEAD_CHARACTERS]
    if len(_CONTROLS.findall(head)) > len(head) / 20 or head.lstrip().startswith(("<", "{", "%PDF")):
        raise BadFile("file_not_a_table")
    return text


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data:
        return _unmarked_utf16(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data)
    return "utf-8"


def _unmarked_utf16(data: bytes) -> str:
    even, odd = data[::2].count(0), data[1::2].count(0)
    # Delimiters, digits and line ends have a zero half, always on the same side.
    if max(even, odd) < 20 * min(even, odd) or max(even, odd) < len(data) / 100:
        raise BadFile("file_not_a_table")
    return "utf-16-le" if odd > even else "utf-16-be"


def _eight_bit(data: bytes) -> str:
    arabic = data.decode("cp1256")
    words, mixed = len(_ARABIC_WORD.findall(arabic)), len(_MIXED_WORD.findall(arabic))
    return "cp1256" if words > mixed else "cp1252"


def _without_sep_line(text: str) -> tuple[str, str]:
    found = re.match(r'"?sep=([,;\t|])"?\r?\n', text, re.IGNORECASE)
    return (text[found.end() :], found[1]) if found else (text, "")


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


csv.field_size_limit(_LONGEST_FIELD)


def _rows(text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            cells += len(row)
            limits.refuse_size(len(rows), len(row), cells)
    except csv.Error as error:
        raise BadFile("file_quotes", row=len(rows) + 1) from error
    return rows
