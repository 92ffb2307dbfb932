"""The cells of an XLSX that a reader of values leaves out: formulas without a value, and errors."""

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import IO
from xml.etree import ElementTree

from csomap.errors import BadFile
from csomap.importers import archive

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Texts = dict[int, dict[int, str]]


def cells(data: bytes, marked: Collection[str]) -> dict[str, Texts]:
    """Return the texts of such cells by sheet, row and column (counted from 1).

    `marked` are the members of the zip that hold formulas or errors. Raises BadFile.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {name: _texts(book, member) for name, member in _members(book).items() if member in marked}
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise BadFile("file_workbook_broken") from error


def _texts(book: zipfile.ZipFile, member: str) -> Texts:
    found: Texts = defaultdict(dict)
    with book.open(member) as stream:
        for row, column, text in _unvalued(stream):
            found[row][column] = text
    return found


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
