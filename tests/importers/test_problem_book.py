"""The workbook of problems: a list, and the rows themselves with the cell that is meant in colour."""

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from csomap import flow
from csomap.cli import app
from csomap.i18n import LANGUAGES, t
from csomap.importers import problem_book as books
from csomap.importers.problem_book import Part, problem_book
from tests.flow.forms import row, write

KNOWN = {"organisation": "UNICEF"}
FAULTY = (
    row(**KNOWN),
    row(pcode="Atlantis"),
    row(start="2021-06-30", end="2021-01-01", organisation='=HYPERLINK("http://x.example","a")'),
    row(targeted="many", service="=1+1"),
)


def part(path: Path) -> Part:
    done = flow.check(path)
    return Part(path, done.problems, done.entry.sheet, [*done.mapping.values(), *done.unmapped])


def sheets(content: bytes) -> list[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets


def lines(sheet: Worksheet) -> dict[int, tuple[object, ...]]:
    """Return the cells below the notes, by the number of the source row."""
    return {line[0]: line[1:] for line in sheet.iter_rows(values_only=True) if isinstance(line[0], int)}


def marked(sheet: Worksheet) -> dict[tuple[int, str], str]:
    """Return the comment of each marked cell by source row and header."""
    told = {}
    head = next(line for line in sheet.iter_rows() if "organisation" in [cell.value for cell in line])
    for line in sheet.iter_rows():
        for cell in line:
            if cell.comment:
                assert cell.fill.fgColor.rgb != "00000000"
                told[line[0].value, head[cell.column - 1].value] = cell.comment.text
    return told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_says_row_column_value_effect_reason_and_what_to_do(lang: str, tmp_path: Path) -> None:
    listed = sheets(problem_book([part(write(tmp_path / "a.csv", *FAULTY))], lang))[0]
    head, *told = listed.iter_rows(values_only=True)
    names = ("source_row", "column", "value", "effect", "reason", "suggestion")
    assert head == tuple(t(f"table.{name}", lang) for name in names)
    place = next(line for line in told if line[2] == "Atlantis")
    assert place[:2] == (3, "pcode")
    assert place[3] == t("import.effect.review", lang)
    assert place[4] == t("problem.place_unknown.reason", lang)
    assert bool(listed.sheet_view.rightToLeft) is (lang != "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_row_is_repeated_with_the_cell_marked_and_the_reason_beside_it(
    lang: str, tmp_path: Path
) -> None:
    repeated = sheets(problem_book([part(write(tmp_path / "a.csv", *FAULTY))], lang))[1]
    assert 2 not in lines(repeated)
    assert "Atlantis" in lines(repeated)[3]
    told = marked(repeated)
    assert t("problem.place_unknown.reason", lang) in told[3, "pcode"]
    assert t("problem.start_after_end.suggestion", lang) in told[4, "start"]
    assert t("problem.number_unreadable.reason", lang) in told[5, "targeted"]


def test_a_cell_with_two_problems_has_the_colour_of_the_worse_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", row(**KNOWN))
    codes = {"number_unreadable": "note", "place_unknown": "review", "formula": "rejected"}
    found = pd.DataFrame([(2, "pcode", "x", code, "", effect) for code, effect in codes.items()])
    problems = found.set_axis(["source_row", "column", "value", "code", "hint", "effect"], axis=1)
    repeated = sheets(problem_book([Part(path, problems, "", ["pcode"])], "en"))[1]
    (cell,) = [cell for line in repeated.iter_rows() for cell in line if cell.comment]
    assert cell.value == "IQG15Q05" and cell.fill.fgColor.rgb.endswith("F4B183")


def test_nothing_of_the_file_runs_as_a_formula_or_a_link(tmp_path: Path) -> None:
    for sheet in sheets(problem_book([part(write(tmp_path / "a.csv", *FAULTY))], "en")):
        cells = [cell for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("=")]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)


def test_a_workbook_with_notes_above_the_headers_keeps_its_own_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"note": ["nothing"] * 9}).to_excel(book, sheet_name="Other", index=False)
        frame = pd.DataFrame([row(**KNOWN), row(pcode="Atlantis")])
        frame.to_excel(book, sheet_name="Data", index=False, startrow=4)
    repeated = sheets(problem_book([part(path)], "en"))[1]
    assert list(lines(repeated)) == [7]
    assert "pcode" in {column for _, column in marked(repeated)}


def test_two_files_have_a_sheet_each_and_one_list(tmp_path: Path) -> None:
    parts = [part(write(tmp_path / f"{name}.csv", *FAULTY[index:])) for index, name in enumerate("ab")]
    listed, one, two = sheets(problem_book(parts, "en"))
    assert {line[0] for line in listed.iter_rows(min_row=2, values_only=True)} == {"a.csv", "b.csv"}
    assert (list(lines(one)), list(lines(two))) == ([3, 4, 5], [2, 3, 4])


def test_where_there_are_too_many_the_workbook_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "SHOWN", 2)
    monkeypatch.setattr(books, "LISTED", 3)
    found = part(write(tmp_path / "a.csv", *FAULTY[1:2] * 6))
    listed, repeated = sheets(problem_book([found], "en"))
    numbers = [cell.value for cell in listed["A"] if isinstance(cell.value, int)]
    assert numbers == list(found.problems["source_row"].head(3))
    assert listed["A1"].value == t("book.cut_list", n=3, all=len(found.problems))
    assert t("book.cut_rows", n=2, all=6) in [cell.value for cell in repeated["A"]]
    assert list(lines(repeated)) == [2, 3]


def test_a_file_without_problems_gives_an_empty_list(tmp_path: Path) -> None:
    found = part(write(tmp_path / "a.csv", row(**KNOWN)))
    clean = Part(found.path, found.problems.head(0), found.sheet, found.headers)
    listed, repeated = sheets(problem_book([clean], "en"))
    assert listed.max_row == 1 and lines(repeated) == {}


@pytest.mark.parametrize("code", ["sheet_alike", "sheet_ignored"])
def test_what_is_told_of_another_sheet_marks_no_row_of_this_one(code: str, tmp_path: Path) -> None:
    found = part(write(tmp_path / "a.csv", row(**KNOWN)))
    told = pd.DataFrame([(2, "", "Other", code, "", "note")], columns=found.problems.columns)
    _, repeated = sheets(problem_book([Part(found.path, told, found.sheet, found.headers)], "en"))
    assert lines(repeated) == {}


def test_the_command_line_writes_the_same_workbook(tmp_path: Path) -> None:
    path, out = write(tmp_path / "a.csv", *FAULTY), tmp_path / "problems.xlsx"
    told = CliRunner().invoke(
        app, ["check", str(path), "--problems", str(out), "--home", str(tmp_path / "h")]
    )
    assert told.exit_code == 1
    _, repeated = sheets(out.read_bytes())
    assert "Atlantis" in lines(repeated)[3] and (3, "pcode") in marked(repeated)
