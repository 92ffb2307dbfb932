"""What becomes of the cells of one row, and what is told of them."""

import datetime as dt
import json

import pandas as pd
import pytest

from csomap.importers import read

from .conftest import HEADER, ROW, with_member

NEEDED = ["organisation", "service", "pcode"]
GIVEN = ["Palm Grove Society", "health", "IQG05"]
SHEET = "xl/worksheets/sheet1.xml"


def told(imported):
    return imported.problems[["source_row", "column", "code", "effect"]].values.tolist()


def span(rows, place=0):
    row = rows.loc[place]
    days = [None if pd.isna(row[name]) else row[name].date().isoformat() for name in ("start", "end")]
    return (*days, bool(row["end_is_stated"]))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-01-05", "2021-03-31", ("2021-01-05", "2021-03-31", True)),
        ("2021-01-05", "2021-01-05", ("2021-01-05", "2021-01-05", True)),
        ("2021-01", "2021-03", ("2021-01-01", "2021-03-31", True)),
        ("2021-01", "2021-01", ("2021-01-01", "2021-01-31", False)),
        ("01/2021", "Jan 2021", ("2021-01-01", "2021-01-31", False)),
        ("2021-01-01", "2021-01-31", ("2021-01-01", "2021-01-31", True)),
        ("2021-01-05", "2021-01", ("2021-01-05", "2021-01-31", True)),
        ("2021-01-05", "", ("2021-01-05", None, False)),
        ("2021-01", "", ("2021-01-01", None, False)),
        ("", "2021-03", (None, "2021-03-31", True)),
        ("", "", (None, None, False)),
    ],
)
def test_an_end_is_stated_only_where_the_file_says_more_than_one_month(table, start, end, expected):
    imported = read(table([*NEEDED, "start", "end"], [*GIVEN, start, end]))
    assert span(imported.rows) == expected
    assert told(imported) == []


def test_a_month_in_a_file_without_ends_is_the_whole_period(table):
    assert span(read(table([*NEEDED, "start"], [*GIVEN, "2021-01"])).rows) == (
        "2021-01-01",
        "2021-01-31",
        False,
    )
    assert span(read(table([*NEEDED, "start"], [*GIVEN, "2021-01-05"])).rows) == ("2021-01-05", None, False)


def test_dates_of_a_workbook_are_dates(workbook):
    path = workbook([*NEEDED, "start", "end"], [*GIVEN, dt.date(2021, 1, 5), dt.datetime(2021, 3, 31, 8, 30)])
    assert span(read(path).rows) == ("2021-01-05", "2021-03-31", True)


def test_whole_numbers_of_a_workbook_have_no_point(workbook):
    rows = read(workbook([*HEADER, "site"], [1001.0, *ROW[1:-1], 120.0, 1.5])).rows
    assert rows.loc[0, ["activity_id", "reached", "site"]].tolist() == ["1001", 120.0, "1.5"]


@pytest.mark.parametrize(
    ("start", "end", "column", "code"),
    [
        ("2021-02-30", "2021-03-01", "Start", "date_impossible"),
        ("soon", "2021-03-01", "Start", "date_unreadable"),
        ("2021-01-01", "1890-03-01", "End ", "date_out_of_range"),
        ("2021-05-01", "2021-04-30", "Start", "start_after_end"),
        ("2021-05", "2021-04", "Start", "start_after_end"),
    ],
)
def test_a_row_with_a_bad_date_is_rejected_and_kept(table, start, end, column, code):
    good = [*GIVEN, "2021-01-01", "2021-01-02"]
    imported = read(table([*NEEDED, "Start", "End *"], good, [*GIVEN, start, end]))
    assert told(imported) == [[3, "End *" if column == "End " else column, code, "rejected"]]
    assert imported.rows["rejected"].tolist() == [False, True]
    assert imported.rows_read == 2


def test_all_problems_of_a_row_are_told_in_the_order_of_the_rows(table):
    bad = ["", "health", "IQG05", "2021-02-30", "many"]
    good = [*GIVEN, "2021-02", "-1"]
    imported = read(table([*NEEDED, "start", "reached"], good, bad))
    assert told(imported) == [
        [2, "reached", "number_negative", "note"],
        [3, "reached", "number_unreadable", "note"],
        [3, "start", "date_impossible", "rejected"],
        [3, "organisation", "organisation_missing", "rejected"],
    ]
    assert imported.problems["value"].tolist() == ["-1", "many", "2021-02-30", ""]
    assert imported.problems["hint"].tolist()[2] == "2021-02-28"


def test_a_doubtful_number_leaves_the_row_in_and_the_number_out(table):
    imported = read(
        table([*NEEDED, "start", "latitude", "reached"], [*GIVEN, "2021-02", "136.2", "about 300"])
    )
    assert told(imported) == [
        [2, "latitude", "coordinate_outside", "note"],
        [2, "reached", "number_unreadable", "note"],
    ]
    assert imported.rows.loc[0, ["latitude", "reached"]].isna().all()
    assert not imported.rows["rejected"].any()


@pytest.mark.parametrize("name", ["", "  ", "-", "N/A"])
def test_a_row_that_names_no_organisation_is_rejected(table, name):
    imported = read(table([*NEEDED, "start"], [name, "health", "IQG05", "2021-01"]))
    assert told(imported) == [[2, "organisation", "organisation_missing", "rejected"]]


def test_an_acronym_alone_names_an_organisation(table):
    header = ["Month", "ADM1_PCODE", "Cluster", "Partner Acronym", "Partner Full Name"]
    imported = read(table(header, ["2021-01", "IQG05", "Health", "PGS", ""]))
    assert told(imported) == []
    assert imported.rows.loc[0, "organisation_acronym"] == "PGS"


def test_a_formula_in_a_csv_is_no_value(table):
    imported = read(table([*NEEDED, "start", "reached"], [*GIVEN, "=A1", "=SUM(E3:E9)"]))
    assert told(imported) == [[2, "reached", "formula", "rejected"], [2, "start", "formula", "rejected"]]
    assert imported.problems["hint"].tolist() == ["E2", "D2"]


def formula(cell_xml):
    return lambda xml: xml.replace(b"</row></sheetData>", cell_xml + b"</row></sheetData>")


@pytest.mark.parametrize(
    ("cell", "problems"),
    [
        (b'<c r="G2"><f>SUM(A1:A9)</f></c>', ["formula"]),
        (b'<c r="G2"><f>SUM(A1:A9)</f><v/></c>', ["formula"]),
        (b'<c r="G2"><f t="shared" si="0"/><v></v></c>', ["formula"]),
        (b'<c r="G2"><f>SUM(A1:A9)</f><v>7</v></c>', []),
        (b'<c r="G2" t="str"><f>IF(A1,1,"")</f><v></v></c>', []),
        (b'<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ["formula_error"]),
        (b'<c r="G2" t="e"><v>#REF!</v></c>', ["formula_error"]),
    ],
)
def test_a_formula_of_a_workbook_counts_by_the_result_stored_with_it(file, workbook, cell, problems):
    data = with_member(workbook(HEADER, ROW[:-1]).read_bytes(), SHEET, formula(cell))
    imported = read(file(data, "formulas.xlsx"))
    assert imported.problems["code"].tolist() == problems
    assert set(imported.problems["column"]) <= {"reached"}
    assert set(imported.problems["hint"]) <= {"G2"}
    assert imported.rows["rejected"].tolist() == [problems == ["formula"]]


def test_a_row_of_nothing_but_unvalued_formulas_is_not_lost(file, workbook):
    row = b'</row><row r="9"><c r="B9"><f>B2</f></c></row></sheetData>'
    data = with_member(
        workbook(HEADER, ROW).read_bytes(), SHEET, lambda xml: xml.replace(b"</row></sheetData>", row)
    )
    imported = read(file(data, "formulas.xlsx"))
    assert imported.rows["source_row"].tolist() == [2, 9]
    assert imported.rows["rejected"].tolist() == [False, True]


def test_formulas_and_errors_outside_the_mapped_columns_reject_nothing(table):
    imported = read(
        table([*NEEDED, "start", "Total"], [*GIVEN, "2021-01", "=1+1"], [*GIVEN, "2021-01", "#REF!"])
    )
    assert told(imported) == [[2, "Total", "formula", "note"], [3, "Total", "formula_error", "note"]]


def test_a_rejected_row_stays_so_whatever_is_only_noted_of_it_later(table):
    path = table([*NEEDED, "start", "reached", "Notes"], [*GIVEN, "2021-02-30", "many", "=1+1"])
    imported = read(path)
    assert sorted(imported.problems["effect"]) == ["note", "note", "rejected"]
    assert imported.rows["rejected"].tolist() == [True]


def test_invisible_characters_and_spare_spaces_are_no_part_of_a_text(table):
    rows = read(
        table(
            [*NEEDED, "start"], ["\u200f Palm\u00a0 Grove\x07 Society\u200b ", "health", "IQG05", "2021-01"]
        )
    ).rows
    assert rows.loc[0, "organisation"] == "Palm Grove Society"


def test_the_joiner_that_kurdish_words_are_spelt_with_stays(table):
    rows = read(table([*NEEDED, "start"], ["ڕێکخراوی دار\u200cخورما", "health", "IQG05", "2021-01"])).rows
    assert "\u200c" in rows.loc[0, "organisation"]


def test_an_endless_text_is_cut_and_told(table):
    imported = read(table([*NEEDED, "start"], ["x" * 2001, "health", "IQG05", "2021-01"]))
    assert told(imported) == [[2, "organisation", "text_cut", "note"]]
    assert len(imported.rows.loc[0, "organisation"]) == 2000
    assert len(imported.problems.loc[0, "value"]) <= 200


def test_lists_are_sorted_and_distinct_whichever_semicolon_was_typed(table):
    imported = read(
        table([*NEEDED, "start", "funder"], [*GIVEN, "2021-01", "Tulip Fund؛ Almond Trust;;Tulip Fund"])
    )
    assert imported.rows.loc[0, "funder"] == "Almond Trust;Tulip Fund"


def test_columns_that_no_field_takes_are_kept_as_they_are(table):
    imported = read(
        table(
            [*NEEDED, "start", "Notes", "Notes", "", "Unused"],
            [*GIVEN, "2021-01", "first", "second", "third", ""],
            [*GIVEN, "2021-02", "", "", "", ""],
        )
    )
    assert imported.unmapped == ["Notes", "Notes", "G", "Unused"]
    assert json.loads(imported.rows.loc[0, "other"]) == {
        "Notes (E)": "first",
        "Notes (F)": "second",
        "G": "third",
    }
    assert imported.rows.loc[1, "other"] == ""


def test_cells_beyond_the_last_header_and_short_rows_are_read(table):
    imported = read(table([*NEEDED, "start"], [*GIVEN, "2021-01", "stray"], GIVEN))
    assert json.loads(imported.rows.loc[0, "other"]) == {"E": "stray"}
    assert span(imported.rows, 1) == (None, None, False)


def test_empty_rows_are_no_rows_and_do_not_shift_the_numbers(workbook):
    imported = read(workbook(HEADER, [], ROW, ["", " ", ""], [], ROW, []))
    assert imported.rows["source_row"].tolist() == [3, 6]
    assert imported.rows_read == 2


def test_a_table_with_headers_and_no_rows_is_an_empty_table(table):
    imported = read(table([*NEEDED, "start"]))
    assert (imported.rows_read, len(imported.rows), len(imported.problems)) == (0, 0, 0)


def test_a_given_period_dates_only_the_rows_without_a_date(table):
    year = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    imported = read(
        table([*NEEDED, "start"], [*GIVEN, ""], [*GIVEN, "2021-02"], [*GIVEN, "soon"]), period=year
    )
    assert span(imported.rows, 0) == ("2021-01-01", "2021-12-31", False)
    assert span(imported.rows, 1) == ("2021-02-01", "2021-02-28", False)
    assert span(imported.rows, 2) == (None, None, False)
    assert imported.rows["rejected"].tolist() == [False, False, True]


def test_a_given_period_leaves_a_row_alone_that_says_when_it_ended(table):
    year = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    imported = read(table([*NEEDED, "start", "end"], [*GIVEN, "", "2021-02-05"]), period=year)
    assert span(imported.rows) == (None, "2021-02-05", True)


def test_a_file_without_any_date_needs_a_period(table):
    year = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert span(read(table(NEEDED, GIVEN), period=year).rows) == ("2021-01-01", "2021-12-31", False)
