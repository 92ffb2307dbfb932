import csv

import pytest

from csomap.errors import BadFile
from csomap.importers import delimited, read

PLAIN = "organisation,service,pcode,start\nPalm Grove Society,health,IQG05,2021-01\n"
ARABIC = "organisation,service,pcode,start\nجمعية بستان النخيل,الصحة,القادسية,2021-01\n"


def organisation(path):
    return read(path).rows.loc[0, "organisation"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_an_arabic_file_is_read_in_every_encoding_that_spreadsheets_write(file, encoding):
    assert organisation(file(ARABIC, encoding=encoding)) == "جمعية بستان النخيل"


def test_utf16_of_big_endian_machines_is_known_by_its_mark(file):
    assert organisation(file(b"\xfe\xff" + ARABIC.encode("utf-16-be"))) == "جمعية بستان النخيل"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_latin_file_in_unmarked_utf16_is_read(file, encoding):
    assert organisation(file(PLAIN, encoding=encoding)) == "Palm Grove Society"


@pytest.mark.parametrize(
    "name", ["Société des Oliviers", "Müller-Gräfin Stiftung", "Fundación Peña Ñandú", "Kızılçam Derneği"]
)
def test_a_western_name_is_not_taken_for_arabic(file, name):
    western = name.encode("cp1252", "ignore").decode("cp1252")
    assert organisation(file(PLAIN.replace("Palm Grove Society", western), encoding="cp1252")) == western


def test_one_arabic_name_in_a_file_of_codes_is_enough(file):
    text = PLAIN.replace("Palm Grove Society", "منظمة")
    assert organisation(file(text, encoding="cp1256")) == "منظمة"


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_the_delimiter_is_found(table, delimiter):
    path = table(
        ["organisation", "service", "pcode", "start"],
        ["Palm Grove Society", "health", "IQG05", "2021-01"],
        delimiter=delimiter,
    )
    assert organisation(path) == "Palm Grove Society"


def test_commas_inside_the_texts_of_a_semicolon_file_do_not_confuse():
    text = (
        "organisation;site;reached\nOlive, Fig and Date;Camp A, block 2;1,5\nReed Boat;Camp B, block 3;2,5\n"
    )
    assert delimited.find_delimiter(text) == ";"


def test_a_first_line_may_name_the_delimiter_and_is_no_row(file):
    imported = read(file("sep=;\r\norganisation;service;pcode;start\r\nReed, Boat;health;IQG05;2021-01\r\n"))
    assert (imported.header_row, imported.rows.loc[0, "source_row"]) == (1, 2)
    assert imported.rows.loc[0, "organisation"] == "Reed, Boat"


def test_rows_are_numbered_as_a_spreadsheet_shows_them(file):
    header = "organisation,service,pcode,start\n"
    rows = read(file(f'{header}"Reed\nBoat",health,IQG05,2021-01\n\nOlive Tree,health,IQG05,2021-02\n')).rows
    assert rows["source_row"].tolist() == [2, 4]
    assert rows.loc[0, "organisation"] == "Reed Boat"


def test_line_ends_of_old_macintoshes_are_line_ends(file):
    assert len(read(file(PLAIN.replace("\n", "\r"))).rows) == 1


@pytest.mark.parametrize("bad", ['"Palm Grove', '"Palm" Grove'])
def test_a_quotation_mark_that_does_not_close_names_its_row(file, bad):
    with pytest.raises(BadFile) as error:
        read(file(PLAIN + PLAIN.splitlines()[1].replace("Palm Grove Society", bad)))
    assert error.value.key == "file_quotes"
    assert error.value.values["row"] == 3


def test_a_cell_longer_than_the_csv_reader_takes_is_refused_and_not_a_crash(file):
    with pytest.raises(BadFile, match="Row 3") as error:
        read(file(PLAIN + "x" * (csv.field_size_limit() + 1)))
    assert error.value.key == "file_quotes"
