"""Rows among the data that are no data: a file tells of them, and counts them for nobody."""

import pytest

from csomap.importers import profile, read

HEADER = ["Organisation", "Service", "Governorate", "Start", "People reached"]
ROW = ["Reed Boat", "immunisation", "Maysan", "2021-03-01", "120"]


def left_out(imported) -> list[list[object]]:
    return imported.problems[["source_row", "value", "code", "effect"]].values.tolist()


@pytest.mark.parametrize(
    "word",
    ["Total", "TOTAL:", "Grand Total", "Sub-total", "المجموع", "الإجمالي", "المجموع الكلي :", "کۆی گشتی"],
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_row_of_totals_is_no_organisation(table, word, place):
    total = ["", "", "", "", "240"]
    total[place] = word
    imported = read(table(HEADER, ROW, ROW, total))
    assert imported.rows["source_row"].tolist() == [2, 3]
    assert left_out(imported) == [[4, word, "row_is_total", "note"]]


def test_a_total_may_say_of_which_place_it_is(table):
    imported = read(
        table(HEADER, ROW, ["Total", "", "Maysan", "", "120"], ["Reed Boat Total", "", "", "", "120"])
    )
    assert [row[0] for row in left_out(imported)] == [3, 4]
    assert len(imported.rows) == 1


def test_an_organisation_that_is_called_total_may_work(table):
    rows = read(table(HEADER, ["Total", *ROW[1:]], ["Total Health", *ROW[1:]])).rows
    assert rows["organisation"].tolist() == ["Total", "Total Health"]


def test_an_organisation_without_its_service_is_no_total(table):
    rows = read(
        table(HEADER, ["Total Health Relief", "", "Maysan", "2021-03-01", "9"], ["Summit", "", "", "", "3"])
    )
    assert rows.rows["organisation"].tolist() == ["Total Health Relief", "Summit"]


def test_an_organisation_called_total_without_a_date_is_no_row_of_totals(table):
    imported = read(table(HEADER, ROW, ["Total", "immunisation", "Maysan", "", "120"]))
    assert imported.rows["source_row"].tolist() == [2, 3]
    assert "row_is_total" not in set(imported.problems["code"])


def test_a_total_below_a_matrix_is_not_melted(table):
    header = ["Organisation", "Service", "Governorate", "Jan 2021", "Feb 2021"]
    imported = read(table(header, [*ROW[:3], "3", "4"], ["Total", "", "", "3", "4"]))
    assert imported.rows["reached"].tolist() == [3, 4]
    assert ("row_is_total", 3) in set(
        imported.problems[["code", "source_row"]].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize("only", ["Source: reports of partners", "17"])
def test_a_row_of_one_cell_is_a_note_or_a_number_of_the_form(table, only):
    imported = read(table(HEADER, ROW, [only, "", "", "", ""]))
    assert left_out(imported) == [[3, only, "row_is_note", "note"]]
    assert len(imported.rows) == 1


def test_one_cell_is_a_row_where_a_table_has_few_columns(table):
    columns = {"organisation": {"headers": ["who"]}, "service": {"headers": ["what"]}}
    mapping = profile.parse("mine", {"columns": columns, "required": ["organisation"]})
    assert len(read(table(["who", "what"], ["Reed Boat", ""]), mapping=mapping).rows) == 1
