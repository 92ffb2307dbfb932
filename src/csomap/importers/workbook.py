"""A workbook (XLSX, XLS, ODS) as text: the stored value of every cell of every sheet."""

import datetime as dt
import io
import re
import struct
from collections.abc import Iterator, Mapping, Sequence

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from csomap.errors import BadFile
from csomap.importers import archive, sheets, unvalued
from csomap.importers.limits import Limits
from csomap.importers.sheets import Sheet

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "WORKBOOK", "Book", "BOOK"))
_BEGIN = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS, _BOUNDSHEET = 0x2F, 0x85
_THREE_DECIMALS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")

Extra = Mapping[int, Mapping[int, str]]


def read(data: bytes, limits: Limits) -> list[Sheet]:
    """Return the sheets of an XLSX or ODS.

    A formula without a stored value is given as its own text, "=" first, and an error as its
    name (#REF!), so that neither is mistaken for an empty cell.

    Raises BadFile.
    """
    marked = archive.check(data, limits)
    return _opened(data, limits, unvalued.cells(data, marked) if marked else {})


def read_old(data: bytes, limits: Limits) -> list[Sheet]:
    """Return the sheets of an XLS (Excel 5 to 2003), the other kind that begins with the mark of OLE 2.

    Raises BadFile.
    """
    if _ENCRYPTED in data or _has_password(data):
        raise BadFile("file_locked")
    if not any(name in data for name in _STREAMS):
        raise BadFile("file_not_a_table")
    return _opened(data, limits, {})


def _has_password(data: bytes) -> bool:
    """Tell whether an XLS says at its beginning that it is enciphered; readers call it broken."""
    place = max(data.find(_BEGIN), 0)
    while place + 4 <= len(data):
        code, length = struct.unpack_from("<HH", data, place)
        if code in (_FILEPASS, _BOUNDSHEET, 0):
            return bool(code == _FILEPASS)
        place += 4 + length
    return False


def _opened(data: bytes, limits: Limits, extra: Mapping[str, Extra]) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [about.name for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
        return list(_sheets(book, names, limits, extra))
    except PasswordError as error:
        raise BadFile("file_locked") from error
    except CalamineError as error:
        raise BadFile("file_workbook_broken") from error


def _sheets(
    book: CalamineWorkbook, names: Sequence[str], limits: Limits, extra: Mapping[str, Extra]
) -> Iterator[Sheet]:
    cells = 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        height, width = _size(sheet)
        # One sheet may stand in the workbook under many names.
        cells += height * width
        limits.refuse_size(height, width, cells)
        yield _sheet(sheet, extra.get(name, {}))


def _size(sheet: CalamineSheet) -> tuple[int, int]:
    """Return the rows and columns from the first cell to the last one with a value."""
    row, column = sheet.end or (-1, -1)
    return row + 1, column + 1


def _sheet(sheet: CalamineSheet, extra: Extra) -> Sheet:
    def rows() -> Iterator[list[str]]:
        return _completed(([as_text(value) for value in row] for row in sheet.iter_rows()), extra)

    height = max(_size(sheet)[0], *extra, 0)
    head = [row for row, _ in zip(rows(), range(sheets.HEAD_ROWS), strict=False)]
    return Sheet(sheet.name, head, lambda: sheets.in_blocks(rows()), height)


def _completed(rows: Iterator[list[str]], extra: Extra) -> Iterator[list[str]]:
    """Write texts into cells, also into those below and beside the area that has values."""
    number = 0
    for number, row in enumerate(rows, start=1):
        yield _written(row, extra[number]) if number in extra else row
    below = range(number + 1, max(extra, default=0) + 1)
    yield from (_written([], extra.get(number, {})) for number in below)


def _written(row: list[str], texts: Mapping[int, str]) -> list[str]:
    row.extend("" for _ in range(max(texts, default=0) - len(row)))
    for column, text in texts.items():
        row[column - 1] = text
    return row


def as_text(value: object) -> str:
    """Return a cell as text: whole numbers without .0, dates and times in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        told = str(int(value)) if value.is_integer() else str(value)
        # One more 0 keeps three decimals of a number from being taken for thousands.
        return f"{told}0" if _THREE_DECIMALS.fullmatch(told) else told
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
