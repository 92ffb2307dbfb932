"""What leaves a page as a file."""

from io import BytesIO

import openpyxl
import pandas as pd

from csomap.tables import export
from csomap.ui import tables


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
