"""Tables that a spreadsheet opens safely: nothing in them runs."""

import csv
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from csomap.errors import BadInput
from csomap.tables import export

RISKY = ["=1+2", "+964", "-3", "@SUM(A1)", "\tx", "\r=1", '=HYPERLINK("http://x")']
FRAME = pd.DataFrame(
    {
        "name": [*RISKY, "جمعية بستان النخيل", "a;b"],
        "start": pd.to_datetime(["2021-01-31"] * 9),
        "number": [-1.5] * 9,
    }
)


def test_formulas_are_harmless_in_csv_and_numbers_stay_numbers() -> None:
    read = pd.read_csv(io.BytesIO(export.csv(FRAME)), dtype={"name": str})
    assert list(read["name"][:4]) == [f"'{text}" for text in RISKY[:4]]
    assert not any(str(text).startswith(("=", "+", "-", "@", "\t", "\r")) for text in read["name"])
    assert list(read["name"][-2:]) == ["جمعية بستان النخيل", "a;b"]
    assert (read["number"] == -1.5).all() and (read["start"] == "2021-01-31").all()


def test_a_line_break_inside_a_text_starts_no_row() -> None:
    text = export.csv(pd.DataFrame({"name": ["Reed\r=1+2", "Boat\n=1+2"]})).decode("utf-8-sig")
    assert [cells for (cells,) in csv.reader(io.StringIO(text, newline=""))] == [
        "name",
        "Reed\r=1+2",
        "Boat\n=1+2",
    ]


def test_excel_knows_the_letters_of_a_csv() -> None:
    assert export.csv(FRAME).startswith(b"\xef\xbb\xbf")


def test_texts_stay_texts_in_a_workbook() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(export.xlsx(FRAME))).active
    assert [cell.value for cell in sheet["A"][1:]][:4] == RISKY[:4]
    assert {cell.data_type for cell in sheet["A"][1:]} == {"s"}
    assert not any(cell.hyperlink for cell in sheet["A"])
    assert sheet["B2"].is_date and sheet["C2"].value == -1.5
    assert [cell.value for cell in sheet[1]] == list(FRAME)


@pytest.mark.parametrize("reads_left", [False, True])
def test_a_workbook_is_read_in_the_direction_of_its_language(reads_left: bool) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(FRAME, right_to_left=reads_left)))
    assert bool(book.active.sheet_view.rightToLeft) is reads_left


def test_parquet_keeps_everything_as_it_is() -> None:
    read = pd.read_parquet(io.BytesIO(export.parquet(FRAME)))
    assert list(read["name"]) == list(FRAME["name"]) and (read["start"] == FRAME["start"]).all()


@pytest.mark.parametrize("name", ["table.CSV", "table.xlsx", "table.parquet"])
def test_the_ending_says_the_form(name: str, tmp_path: Path) -> None:
    export.save(FRAME, tmp_path / name)
    assert (tmp_path / name).stat().st_size > 100


@pytest.mark.parametrize("name", ["table.pdf", "table", "table.csv.exe"])
def test_another_ending_is_refused_and_nothing_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        export.save(FRAME, tmp_path / name)
    assert error.value.key == "out_kind" and not list(tmp_path.iterdir())


def test_an_empty_table_keeps_its_columns() -> None:
    assert list(pd.read_csv(io.BytesIO(export.csv(FRAME.head(0))))) == list(FRAME)
    assert list(pd.read_excel(io.BytesIO(export.xlsx(FRAME.head(0))), engine="openpyxl")) == list(FRAME)
