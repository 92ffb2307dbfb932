"""Workbooks of other programs and other days: XLS and ODS are read like XLSX."""

import io
import zipfile

import pytest

from csomap.errors import BadFile
from csomap.importers import read

from .conftest import HEADER, ROW
from .old_excel import xls_bytes

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def cell(text, times=1):
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    if not text:
        return f"<table:table-cell{repeated}/>"
    kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}{repeated}><text:p>{text}</text:p></table:table-cell>"


def line(cells, times=1):
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{cells}</table:table-row>"


def ods_bytes(lines, *, before="", mimetype=SPREADSHEET, manifest=""):
    tables = f'<table:table table:name="one">{"".join(lines)}</table:table>'
    start = f'<?xml version="1.0"?>{before}<office:document-content{NAMES}>'
    inside = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", mimetype)
        book.writestr(
            "content.xml",
            f"{start}{inside}</office:document-content>",
        )
        spaces = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        book.writestr("META-INF/manifest.xml", f"<manifest:manifest {spaces}>{manifest}</manifest:manifest>")
    return stream.getvalue()


def table_lines(*rows):
    return [line("".join(map(cell, row))) for row in rows]


def refused(path):
    with pytest.raises(BadFile) as error:
        read(path)
    return error.value.key


def test_an_excel_97_workbook_is_read(file):
    rows = read(file(xls_bytes([HEADER, [*ROW[:-1], 120.0]]), "activities.xls")).rows
    assert rows.loc[0, ["organisation", "reached"]].tolist() == ["Palm Grove Society", 120.0]
    assert rows["source_row"].tolist() == [2]


def test_an_excel_97_workbook_with_a_password_is_locked(file):
    assert refused(file(xls_bytes([HEADER, ROW], locked=True), "activities.xls")) == "file_locked"


def test_an_open_document_is_read_with_its_row_numbers(file):
    lines = [*table_lines(HEADER), line(cell("", 7), 3), *table_lines(ROW), line(cell("", 16_384), 1_048_571)]
    imported = read(file(ods_bytes(lines), "activities.ods"))
    assert imported.rows["source_row"].tolist() == [5]
    assert imported.rows.loc[0, ["organisation", "reached"]].tolist() == ["Palm Grove Society", 120.0]
    assert imported.sheet == "one"


@pytest.mark.parametrize(
    ("bomb", "key"),
    [
        (line(cell("a", 600)), "file_too_many_columns"),
        (line(cell("a"), 4_000_000_000), "file_too_many_rows"),
        (line(cell("a", 400), 1_000_000), "file_too_many_cells"),
        (line(cell("")) + line(cell("", 2), 2_000_000) + line(cell("a")), "file_too_many_rows"),
        (
            "</table:table>".join(f"<table:table>{line(cell('a', 300), 90_000)}" for _ in "ab"),
            "file_too_many_cells",
        ),
    ],
    ids=["columns", "rows", "both", "empty rows in between", "several tables"],
)
def test_a_few_bytes_that_repeat_themselves_a_billion_times_are_refused(file, bomb, key):
    assert refused(file(ods_bytes([bomb]), "activities.ods")) == key


def test_declarations_in_an_open_document_are_never_expanded(file):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    assert refused(file(ods_bytes(table_lines(HEADER, ROW), before=bomb), "activities.ods")) == "file_unsafe"


def test_a_text_document_and_a_locked_spreadsheet_are_told_apart(file):
    text = ods_bytes([], mimetype="application/vnd.oasis.opendocument.text")
    assert refused(file(text, "letter.odt")) == "file_not_a_table"
    locked = ods_bytes(table_lines(HEADER, ROW), manifest="<manifest:encryption-data/>")
    assert refused(file(locked, "activities.ods")) == "file_locked"
