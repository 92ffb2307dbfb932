"""An XLSX workbook as text: the stored value of every cell of every sheet."""

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from csomap.errors import BadFile
from csomap.importers import archive
from csomap.importers.limits import Limits

Rows = list[list[str]]

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(data: bytes, limits: Limits) -> list[tuple[str, Rows]]:
    """Return the name and the rows of every sheet; row n of a sheet is item n - 1.

    A formula without a stored value is given as its own text, "=" first, and an error as its
    name (#REF!), so that neither is mistaken for an empty cell.

    Raises BadFile.
    """
    marked = archive.check(data, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = list(_sheets(book, limits))
    except PasswordError as error:
        raise BadFile("file_locked") from error
    except CalamineError as error:
        raise BadFile("file_workbook_broken") from error
    if marked:
        _write_unvalued(data, marked, dict(sheets))
    return sheets


def _sheets(book: CalamineWorkbook, limits: Limits) -> Iterator[tuple[str, Rows]]:
    cells = 0
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        values = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        # One sheet may stand in the workbook under many names.
        cells += sum(len(row) for row in values)
        if cells > limits.max_cells:
            raise BadFile("file_too_many_cells", limit=limits.max_cells)
        yield about.name, [[as_text(value) for value in row] for row in values]


_THREE_DECIMALS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


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


def _write_unvalued(data: bytes, marked: frozenset[str], sheets: dict[str, Rows]) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            members = _members(book)
            for name in sheets.keys() & members.keys():
                if members[name] in marked:
                    with book.open(members[name]) as stream:
                        _write_into(sheets[name], _unvalued(stream))
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise BadFile("file_workbook_broken") from error


def _members(book: zipfile.ZipFile) -> dict[str, str]:
    relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): posixpath.join("xl", item.get("Target", "")).lstrip("/") for item in relations}
    sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iterfind(".//{*}sheet")
    return {sheet.get("name", ""): targets.get(sheet.get(_RELATION), "") for sheet in sheets}


def _unvalued(stream: IO[bytes]) -> Iterator[tuple[int, int, str]]:
    row = column = 0
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column = int(element.get("r") or row + 1), 0
        elif event == "start" and name == "c":
            row, column = _place(element.get("r", ""), row, column)
        elif event == "end" and name == "c" and row > 0 and (text := _unvalued_text(element)):
            yield row, column, text
        if event == "end" and name in ("row", "c"):
            element.clear()


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    found = re.fullmatch(r"([A-Za-z]+)([1-9]\d*)", reference)
    if not found:
        return row, column + 1
    return int(found[2]), archive.column_number(found[1].encode())


def _unvalued_text(cell: ElementTree.Element) -> str:
    value, formula = cell.find("{*}v"), cell.find("{*}f")
    if cell.get("t") == "e" and value is not None:
        return value.text or ""
    # Spreadsheets store an empty text result as type "str" with an empty value: that is a value.
    stored = value is not None and (value.text or cell.get("t") == "str")
    return "" if formula is None or stored else f"={formula.text or '…'}"


def _write_into(rows: Rows, cells: Iterator[tuple[int, int, str]]) -> None:
    for row, column, text in cells:
        rows.extend([] for _ in range(row - len(rows)))
        line = rows[row - 1]
        line.extend("" for _ in range(column - len(line)))
        line[column - 1] = text
