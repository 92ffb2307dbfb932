"""What leaves a page as a file."""

from io import BytesIO

import openpyxl
import pandas as pd

from csomap.tables import export
from csomap.ui import copying, tables


def test_no_cell_of_a_csv_is_a_formula() -> None:
    frame = pd.DataFrame(
        {"organisation": ["=1+1", "@sum", "-x", "+x", "\tx", "plain"], "activities": [-1, 2, 3, 4, 5, 6]}
    )
    read = pd.read_csv(BytesIO(export.csv(frame)), encoding="utf-8-sig")
    assert read["organisation"].to_list() == ["'=1+1", "'@sum", "'-x", "'+x", "'\tx", "plain"]
    assert read["activities"].to_list()[0] == -1


def test_a_table_is_taken_away_with_codes_and_names() -> None:
    frame = pd.DataFrame({"pcode": ["IQG15"], "activities": [3], "hidden": ["x"]})
    taken = tables.exported(
        frame, ["pcode", "activities"], {"pcode": {"IQG15": "\u2068Ninewa\u2069"}.__getitem__}
    )
    assert taken.to_dict("records") == [{"pcode": "IQG15", "pcode_name": "Ninewa", "activities": 3}]


def test_a_workbook_keeps_text_as_text() -> None:
    view = type("Reader", (), {"rtl": True, "t": lambda self, key, **values: key})()
    book = openpyxl.load_workbook(
        BytesIO(tables.xlsx(pd.DataFrame({"organisation": ["=1+1", "http://x.org"]}), view))
    )
    sheet = book.active
    assert [sheet["A2"].value, sheet["A2"].data_type] == ["=1+1", "s"]
    assert sheet["A3"].hyperlink is None
    assert sheet.sheet_view.rightToLeft


def shown(name: str, *values: float) -> list[str]:
    column = pd.Series(values, dtype=float)
    read = tables._format(column, name, "en")
    return [read(value) for value in column]


def test_numbers_are_shown_with_one_decimal_and_small_ones_with_two_digits() -> None:
    assert shown("km", 5.667, 12.04, 1234.56) == ["5.7", "12", "1,234.6"]
    assert shown("organisations_per_100k", 0.4567, 0.0123, 0.5, -0.0456, 1.5) == [
        *("0.46", "0.012", "0.5", "-0.046"),
        "1.5",
    ]
    assert shown("km", 3, float("nan")) == ["3", ""]
    assert shown("share", 0.4567) == ["46%"]
    assert shown("latitude", 36.12345, 36.0) == ["36.1234", "36"]


def test_a_copied_table_has_words_for_codes_and_its_numbers_whole() -> None:
    view = type("Reader", (), {"lang": "en", "rtl": False, "t": lambda self, key, **values: key})()
    frame = pd.DataFrame({"kind": ["a"], "km": [5.667], "activities": [3]})
    copied = tables.copied(
        frame,
        ["kind", "km", "activities"],
        view,
        words={"kind": {"a": "\u2068First\u2069"}.__getitem__},
        labels={"km": "Kilometres"},
    )
    assert copied.to_dict("records") == [{"table.kind": "First", "Kilometres": 5.667, "table.activities": 3}]


def test_a_copied_table_is_lines_parted_by_tabs_and_no_cell_is_a_formula() -> None:
    frame = pd.DataFrame(
        {"Place": ["=1+1", "two\tcells", "two\nlines"], "People": [3.0, 4.0, None], "Share": [0.5, 1.5, 2.5]}
    )
    assert copying.text_of(frame).split("\n") == [
        "Place\tPeople\tShare",
        "'=1+1\t3\t0.5",
        "two cells\t4\t1.5",
        "two lines\t\t2.5",
        "",
    ]
