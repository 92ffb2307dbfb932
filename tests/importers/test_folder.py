"""Files as they lie in the folder of an information officer, each with the pain that it once gave."""

import datetime as dt

import pytest

from csomap.errors import BadFile, BadInput
from csomap.importers import guess, read
from csomap.importers.reading import opened

from .conftest import HEADER, ROW, xlsx_bytes

WHO = ["Organisation", "Service", "Governorate"]
ONE = ["Reed Boat", "immunisation", "Maysan"]
MONTHS = ["Jan", "Feb", "Mar"]


def test_names_of_places_do_without_a_code(table):
    imported = read(table([*WHO, "Start"], [*ONE, "2021-03-01"]))
    assert (imported.profile, imported.rows.loc[0, "adm1_name"]) == ("5w_plain", "Maysan")


def test_a_table_without_any_place_is_refused_with_all_columns_that_would_do(table):
    with pytest.raises(BadFile) as caught:
        read(table([*WHO[:2], "Start"], [*ONE[:2], "2021-03-01"]))
    assert {"pcode", "adm1_name", "latitude"} <= set(caught.value.values["missing"].split(" / "))


def test_headers_below_the_tags_are_no_data_whatever_they_say(table):
    tags = ["#org", "#service", "#adm1 +name", "#date +start"]
    imported = read(table(tags, ["Wer", "Was", "Wo", "Wann"], [*ONE, "2021-03-01"], [*ONE, "2021-04-01"]))
    assert (imported.header_row, imported.rows["source_row"].tolist()) == (2, [3, 4])


def test_data_below_tags_without_headers_stay_data(table):
    tags = ["#org", "#service", "#adm1 +name", "#date +start"]
    assert read(table(tags, [*ONE, "2021-03-01"], [*ONE, "2021-04-01"])).rows["source_row"].tolist() == [2, 3]


def test_a_space_behind_the_sign_of_a_tag_is_forgiven(table):
    tags = ["# org", "# service", "# adm1+code", "# date + start"]
    imported = read(table(["Wer", "Was", "Wo", "Wann"], tags, [*ONE[:2], "IQG15", "2021-03-01"]))
    assert imported.rows["source_row"].tolist() == [3]


def test_counts_with_a_sign_of_number_are_headers_and_no_tags(table):
    imported = read(table([*WHO, "Start", "# people", "# women"], [*ONE, "2021-03-01", "3", "2"]))
    assert imported.unmapped == ["# people", "# women"]


def test_groups_below_a_merged_header_are_columns_of_their_own(table):
    upper, lower = [*WHO, "Start", "Beneficiaries", ""], ["", "", "", "", "IDPs", "Returnees"]
    imported = read(table(upper, lower, [*ONE, "2021-03-01", "12", "5"]))
    assert imported.rows[["source_row", "population_group", "reached"]].values.tolist() == [
        [3, "IDPs", 12],
        [3, "Returnees", 5],
    ]


def test_parts_below_a_merged_header_that_nobody_knows_are_no_row(table):
    upper, lower = [*WHO, "Start", "Beneficiaries", ""], ["", "", "", "", "Men", "Boys"]
    imported = read(table(upper, lower, [*ONE, "2021-03-01", "12", "5"]))
    assert imported.rows["source_row"].tolist() == [3]
    assert not imported.rows["rejected"].any()


def test_the_first_row_of_data_is_never_taken_for_headers(workbook):
    header = [*WHO, "start", "", ""]
    row = [*ONE, "2021-03-01", "2021-04-01", "2021-05-01"]
    assert read(workbook(header, row, row)).rows["source_row"].tolist() == [2, 3]


@pytest.mark.parametrize(
    "months",
    [
        ["Jan-21", "Feb-21", "Mar-21"],
        [dt.date(2021, 1, 1), dt.date(2021, 2, 1), dt.date(2021, 3, 1)],
        ["كانون الثاني 2021", "شباط 2021", "آذار 2021"],
    ],
)
def test_months_are_headers_as_spreadsheets_write_them(workbook, months):
    rows = read(workbook([*WHO, *months, "Total"], [*ONE, 1, 2, 3, 6])).rows
    assert rows["start"].dt.strftime("%Y-%m-%d").tolist() == ["2021-01-01", "2021-02-01", "2021-03-01"]
    assert rows["end"].dt.day.tolist() == [31, 28, 31]
    assert rows["reached"].tolist() == [1, 2, 3]


def test_months_without_a_year_say_what_is_missing(table):
    imported = read(table([*WHO, *MONTHS], [*ONE, "1", "2", "3"]))
    assert set(imported.problems["code"]) == {"date_no_year"}


def test_a_group_that_nobody_marked_yet_stays_a_group(table):
    header = [*WHO, "Start", "IDPs", "Returnees"]
    rows = [[*ONE, "2021-03-01", "x", ""]] * 70 + [[*ONE, "2021-03-01", "", "x"]]
    imported = read(table(header, *rows))
    assert imported.unmapped == []
    assert imported.rows["population_group"].iloc[[0, -1]].tolist() == ["IDPs", "Returnees"]


@pytest.mark.parametrize("sign", ["; ", " / ", ", ", " and ", " & ", "\n"])
def test_services_in_one_cell_are_rows_where_each_is_known(workbook, sign):
    imported = read(
        workbook([*WHO, "Start"], [ONE[0], f"Family planning{sign}Antenatal care", ONE[2], "2021-03-01"])
    )
    assert imported.rows["service"].tolist() == ["Family planning", "Antenatal care"]
    assert imported.problems["code"].tolist() == ["cell_parted"]


def test_a_service_with_a_comma_in_its_name_is_one(table):
    name = "Water, sanitation and hygiene"
    assert read(table([*WHO, "Start"], [ONE[0], f'"{name}"', ONE[2], "2021-03-01"])).rows[
        "service"
    ].tolist() == [name]


def test_sheets_that_are_alike_are_told_apart_from_others_and_read_one_by_one(file):
    sheets = {name: [HEADER, ROW] for name in MONTHS} | {"Other": [[*HEADER, "site"], [*ROW, "mill"]]}
    path = file(xlsx_bytes(sheets), "year.xlsx")
    chosen = opened(path)
    told = dict(chosen.problems[["value", "code"]].values.tolist())
    assert chosen.layout.sheet.name == "Other"
    assert set(told.values()) == {"sheet_ignored"}
    one = opened(path, sheet="Feb")
    assert (one.layout.sheet.name, len(one.problems)) == ("Feb", 0)
    assert one.fingerprint != opened(path, sheet="Mar").fingerprint
    alike = opened(file(xlsx_bytes({name: [HEADER, ROW] for name in MONTHS}), "same.xlsx"))
    assert alike.problems["code"].tolist() == ["sheet_alike", "sheet_alike"]


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(file):
    with pytest.raises(BadInput, match="Jan, Feb, Mar"):
        opened(file(xlsx_bytes({name: [HEADER, ROW] for name in MONTHS}), "year.xlsx"), sheet="May")


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        (["Jan 2021", "Feb 2021"], "start"),
        (["Antenatal care", "Family planning"], "service"),
    ],
)
def test_a_proposal_reads_columns_of_months_and_services_too(table, headers, field):
    told = {"start": ["When", "2021-03-01"], "service": ["Intervention", "immunisation"]}
    told.pop(field)
    other, value = next(iter(told.values()))
    path = table(["Agency", "Gov", other, *headers], ["Reed Boat", "Maysan", value, "3", "4"])
    proposal = guess(path)
    assert [one["into"] for one in proposal.content()["melt"]] == [field]
    assert read(path, mapping=proposal.profile()).rows["reached"].tolist() == [3, 4]
