import pytest

from csomap.importers import hxl, read

from .conftest import xlsx_bytes

HEADERS = "Month,ADM1_PCODE,Cluster,Partner Acronym,Partner Full Name,Remarks"
TAGS = "#date +reported,#adm1 +code,#sector +cluster,#org +acronym,#org +name,"
DATA = "2021-03,IQG05,Health,PGS,Palm Grove Society,none"


@pytest.mark.parametrize(
    ("cell", "tag"),
    [
        ("#adm1 +code", "#adm1+code"),
        ("#ADM1+Code", "#adm1+code"),
        (" #reached + m+adults + m ", "#reached+adults+m"),
        ("#org", "#org"),
        ("#N/A", ""),
        ("#REF!", ""),
        ("# adm1", "#adm1"),
        ("# adm1+code", "#adm1+code"),
        ("# people", ""),
        ("# reached", ""),
        ("# of IDPs", ""),
        ("adm1", ""),
        ("#1", ""),
    ],
)
def test_tags_are_compared_without_spaces_case_and_order(cell, tag):
    assert hxl.normalised(cell) == tag


@pytest.mark.parametrize("above", [0, 1, 5, 23])
def test_a_tag_row_is_found_wherever_it_stands_near_the_top(file, above):
    titles = "".join(f"Monthly overview part {i},,,,,\n" for i in range(above))
    imported = read(file(f"{titles}{HEADERS}\n{TAGS}\n{DATA}\n"))
    assert imported.header_row == above + 1
    assert imported.rows["source_row"].tolist() == [above + 3]
    assert imported.mapping["adm1"] == "ADM1_PCODE"
    assert imported.unmapped == ["Remarks"]


def test_a_tag_row_below_the_top_of_the_file_is_not_looked_for():
    rows = [["a", "b"]] * hxl.HEAD_ROWS + [["#org", "#adm1"]]
    assert hxl.tag_row(rows) is None
    assert hxl.tag_row(rows[1:]) == hxl.HEAD_ROWS - 1


def test_a_row_of_which_less_than_half_are_tags_is_no_tag_row():
    assert hxl.tag_row([["#org", "#adm1", "x", "y", ""]]) == 0
    assert hxl.tag_row([["#org", "#adm1", "x", "y", "z"]]) is None
    assert hxl.tag_row([["#health", ""]]) is None


def test_tags_name_the_columns_whose_headers_nobody_knows(file):
    unknown = "Mois,Code 1,Secteur,Sigle,Organisme,Notes"
    imported = read(file(f"{unknown}\n{TAGS}\n{DATA}\n"))
    assert imported.profile == "ocha_iraq_3w"
    assert imported.mapping["organisation"] == "Organisme"
    assert imported.rows.loc[0, "organisation"] == "Palm Grove Society"


def test_the_sheet_of_which_tags_tell_more_goes_before_one_with_known_headers(file):
    known = [["organisation", "service", "pcode", "start"], ["Palm Grove", "health", "IQG05", "2021-03"]]
    tags = ["#org +impl", "#service", "#loc +pcode", "#date +start", "#date +end", "#reached"]
    told = [["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"], tags]
    told.append(["Reed Boat", "health", "IQG05", "2021-03-01", "2021-03-09", "7"])
    assert read(file(xlsx_bytes({"known": known, "told": told}), "a.xlsx")).sheet == "told"


def test_empty_rows_between_headers_and_tags_do_not_matter(file):
    imported = read(file(f"{HEADERS}\n\n{TAGS}\n\n{DATA}\n"))
    assert (imported.header_row, imported.rows.loc[0, "source_row"]) == (1, 5)


def test_headers_may_stand_below_the_tags(file):
    imported = read(file(f"{TAGS}\n{HEADERS}\n{DATA}\n"))
    assert imported.header_row == 2
    assert imported.mapping["service"] == "Cluster"
    assert imported.rows["source_row"].tolist() == [3]


def test_tags_without_headers_are_enough(file):
    imported = read(file(f"{TAGS}\n{DATA}\n"))
    assert imported.mapping["service"] == "#sector +cluster"
    assert imported.rows["source_row"].tolist() == [2]
