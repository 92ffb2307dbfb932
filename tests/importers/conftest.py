"""Small files in the shape of real ones, made as the tests need them; all names are invented."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

HEADER = ["activity_id", "organisation", "service", "pcode", "start", "end", "reached"]
ROW = ["a1", "Palm Grove Society", "immunisation", "IQG02Q01", "2021-01-05", "2021-03-31", "120"]


def xlsx_bytes(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook; a text that begins with = is written as text, a date as a date."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(stream, options) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return stream.getvalue()


def with_member(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a copy of a zip in which one member was changed, or added if it was not there."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        members = {item.filename: old.read(item) for item in old.infolist()}
        for member, content in {name: b"", **members}.items():
            new.writestr(member, change(content) if member == name else content)
    return stream.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes bytes or text to a file and gives its path."""

    def write(content: bytes | str, name: str = "activities.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def table(file: Callable[..., Path]) -> Callable[..., Path]:
    """Return a function that writes rows as a CSV and gives its path."""

    def write(*rows: Sequence[str], delimiter: str = ",") -> Path:
        return file("".join(delimiter.join(row) + "\r\n" for row in rows))

    return write


@pytest.fixture
def workbook(file: Callable[..., Path]) -> Callable[..., Path]:
    """Return a function that writes rows as an XLSX of one sheet and gives its path."""

    def write(*rows: Sequence[object]) -> Path:
        return file(xlsx_bytes({"activities": rows}), "activities.xlsx")

    return write
