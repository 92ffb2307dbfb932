"""A file that cannot be read at all is refused whole, with a word on what to do."""

import io
import re
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csomap.errors import BadFile, BadInput, CsomapError
from csomap.importers import archive, read
from csomap.importers.limits import Limits

from .conftest import HEADER, ROW, with_member, xlsx_bytes

SHEET = "xl/worksheets/sheet1.xml"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(path, **options):
    with pytest.raises(BadFile) as error:
        read(path, **options)
    assert str(error.value) != f"error.{error.value.key}", "the refusal has no words"
    assert error.value.exit_code == 2
    return error.value.key


def good_workbook():
    return xlsx_bytes({"activities": [HEADER, ROW]})


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b'{"organisation": "Palm Grove Society"}',
        bytes(range(256)) * 20,
        b"\x00" * 1000,
    ],
    ids=["pdf", "png", "jpeg", "json", "binary", "zeros"],
)
@pytest.mark.parametrize("name", ["activities.csv", "activities.xlsx"])
def test_what_is_no_table_is_refused_whatever_its_name(file, content, name):
    assert refused(file(content, name)) == "file_not_a_table"


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE html><html><table><tr><td>organisation</td></tr></table></html>",
        "\n<TABLE border=1><tr><td>organisation</td></tr></TABLE>",
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html></html>",
    ],
    ids=["page", "table", "spreadsheet of 2003", "archive of a page"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_web_page_that_is_named_like_a_workbook_is_told_as_such(file, content, encoding):
    assert refused(file(content, "activities.xls", encoding)) == "file_web_page"


def test_a_word_document_is_no_table(file):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refused(file(stream.getvalue(), "activities.xlsx")) == "file_not_a_table"


def test_a_file_that_is_not_there(tmp_path):
    assert refused(tmp_path / "nowhere.csv") == "file_missing"
    assert refused(tmp_path) == "file_missing"


def test_an_empty_file(file):
    assert refused(file(b"")) == "file_empty"


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf", b"\r\n\r\n", b" , ,\r\n", xlsx_bytes({"a": [], "b": [["", ""]]})]
)
def test_a_file_without_a_filled_cell(file, content):
    assert refused(file(content)) == "file_no_cells"


def test_an_ole_file_that_is_no_workbook_or_a_broken_one_is_refused(file):
    assert refused(file(OLE2 + "Workbook".encode("utf-16-le"), "activities.xls")) == "file_workbook_broken"
    assert refused(file(OLE2 + "WordDocument".encode("utf-16-le"), "activities.xls")) == "file_not_a_table"


def test_an_encrypted_workbook_is_asked_for_without_its_password(file):
    path = file(OLE2 + "EncryptedPackage".encode("utf-16-le"), "activities.xlsx")
    with pytest.raises(BadFile, match="password"):
        read(path)
    assert refused(path) == "file_locked"


def test_a_zip_with_a_password_is_locked_too(file):
    data = bytearray(good_workbook())
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    assert refused(file(bytes(data), "activities.xlsx")) == "file_locked"


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_half_downloaded_workbook(file, share):
    data = good_workbook()
    assert refused(file(data[: int(len(data) * share)], "activities.xlsx")) == "file_workbook_broken"


def test_a_workbook_whose_sheet_is_cut_off(file):
    data = with_member(good_workbook(), SHEET, lambda xml: xml[:-200])
    assert refused(file(data, "activities.xlsx")) == "file_workbook_broken"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused_and_never_a_crash(file, place, byte):
    data = bytearray(good_workbook())
    data[int(place * len(data))] = byte
    try:
        assert len(read(file(bytes(data), "activities.xlsx")).rows) <= 1
    except CsomapError as error:
        assert error.key.startswith("file_")


def test_a_file_over_the_limit_is_refused_before_it_is_opened(file):
    path = file("organisation\n" + "x" * 1_100_000)
    assert refused(path, limits={"max_file_mb": 1}) == "file_too_large"


def zeros(megabytes):
    stream = io.BytesIO(good_workbook())
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/worksheets/sheet2.xml", "w") as member,
    ):
        for _ in range(megabytes):
            member.write(b"0" * 1_000_000)
    return stream.getvalue()


def test_a_small_zip_that_unpacks_to_500_megabytes_is_not_unpacked(file):
    data = zeros(500)
    assert len(data) < 5_000_000
    assert refused(file(data, "activities.xlsx"), limits={"max_unpacked_mb": 100}) == "file_unpacks_too_large"


def test_a_zip_that_lies_about_its_size_is_measured(file):
    data = bytearray(zeros(30))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(mark), bytes(data)):
            if struct.unpack_from("<I", data, found.start() + offset)[0] == 30_000_000:
                struct.pack_into("<I", data, found.start() + offset, 1000)
    assert (
        refused(file(bytes(data), "activities.xlsx"), limits={"max_unpacked_mb": 10})
        == "file_unpacks_too_large"
    )


def test_many_sheets_are_measured_together(file):
    data = xlsx_bytes({f"sheet {i}": [["x" * 50] * 20] * 20 for i in range(5)})
    assert refused(file(data), limits={"max_cells": 1000}) == "file_too_many_cells"


def far_cell(reference, body="<v>1</v>"):
    row = re.sub(r"\D", "", reference) or "2"
    return f'<row r="{row}"><c r="{reference}">{body}</c></row></sheetData>'.encode()


@pytest.mark.parametrize(
    ("far", "key"),
    [
        (far_cell("XFD2"), "file_too_many_columns"),
        (far_cell("A4000000000"), "file_too_many_rows"),
        (far_cell("SF1048576"), "file_too_many_cells"),
        (b"<row r='1200000'><c r='A1200000'><v>1</v></c></row></sheetData>", "file_too_many_rows"),
        (
            b'<x-1:row r="3"><x-1:c s=">" r="XFD3"><x-1:v>1</x-1:v></x-1:c></x-1:row></sheetData>',
            "file_too_many_columns",
        ),
        (b"<row>" + b"<c><v>1</v></c>" * 600 + b"</row></sheetData>", "file_too_many_columns"),
    ],
)
def test_a_cell_far_outside_is_refused_before_billions_of_cells_are_made(file, far, key):
    data = with_member(good_workbook(), SHEET, lambda xml: xml.replace(b"</sheetData>", far))
    assert refused(file(data, "activities.xlsx")) == key


def test_empty_formatted_cells_and_a_wrong_declared_range_do_no_harm(file):
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    data = with_member(
        good_workbook(),
        SHEET,
        lambda xml: re.sub(rb'ref="A1:\w+"', b'ref="A1:XFD1048576"', xml.replace(b"</sheetData>", far)),
    )
    assert len(read(file(data, "activities.xlsx")).rows) == 1


def test_a_cell_without_a_reference_is_read_where_it_stands(file):
    data = with_member(good_workbook(), SHEET, lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml))
    assert read(file(data, "activities.xlsx")).rows["source_row"].tolist() == [2]


def test_a_csv_with_too_many_rows_columns_or_cells(file):
    path = file("organisation,service,pcode,start\n" + "a,b,c,2021-01\n" * 10)
    assert refused(path, limits={"max_rows": 10}) == "file_too_many_rows"
    assert refused(path, limits={"max_columns": 3}) == "file_too_many_columns"
    assert refused(path, limits={"max_cells": 43}) == "file_too_many_cells"
    assert len(read(path, limits={"max_rows": 11, "max_columns": 4, "max_cells": 44}).rows) == 10


@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/any.xml"])
def test_declarations_inside_a_workbook_are_never_expanded(file, member):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = with_member(
        good_workbook(), member, lambda xml: bomb + (re.sub(rb"<\?xml.*?\?>", b"", xml) or b"<x/>")
    )
    assert refused(file(data, "activities.xlsx")) == "file_unsafe"


def test_tags_that_fall_between_two_pieces_of_a_stream_are_seen():
    xml = b'<?xml version="1.0"?><s><row r="2"><c r="A2"><v>1</v></c>' + far_cell("XFD2")
    for cut in range(5, xml.index(b"</c></row>")):
        scan = archive.Scan(Limits())
        with pytest.raises(BadFile, match="columns"):
            for piece in (xml[:cut], xml[cut:]):
                scan.take(piece)


def test_a_table_without_a_header_row_says_which_layouts_there_are(file):
    assert refused(file("one,two\n1,2\n")) == "file_no_header"


def test_a_missing_required_column_is_named_with_what_was_found(table):
    with pytest.raises(BadFile) as error:
        read(table(["organisation", "service", "start"], ["Reed Boat", "health", "2021-01"]))
    assert error.value.key == "file_column_missing"
    assert error.value.values["missing"].split(" / ")[0] == "pcode"
    assert "adm1_name" in error.value.values["missing"].split(" / ")
    assert error.value.values["found"] == "organisation, service, start"


def test_an_unknown_profile_names_the_known_ones(table):
    with pytest.raises(BadInput, match="5w_plain") as error:
        read(table(HEADER, ROW), profile="7w")
    assert error.value.key == "profile_unknown"
