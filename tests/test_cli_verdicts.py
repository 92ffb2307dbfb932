"""The commands for verdicts: a list goes out to a working group and comes back in."""

import io
from pathlib import Path

import openpyxl
import pytest

from csomap import flow
from csomap.settings import Settings
from tests.flow.forms import row, write
from tests.flow.judged import PALM, REED, asked, now
from tests.test_cli import Run, refused, run_at, told

TWO = (row(organisation=PALM), row(organisation=REED))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run_at(tmp_path / "home", "import", write(tmp_path / "a.csv", *TWO))
    return lambda *command: run_at(tmp_path / "home", *command)


def fill(file: Path, verdict: str, note: str = "") -> None:
    """Write a verdict into the first line of a list."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    words = {"ar": ("القرار", "ملاحظة"), "en": ("Verdict", "Note")}["en" if "Verdict" in head else "ar"]
    for name, text in zip(words, (verdict, note), strict=True):
        sheet.cell(2, head.index(name) + 1).value = text
    book.save(file)


def test_a_list_goes_out_in_arabic_and_what_the_group_decided_comes_back(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "list.xlsx"
    assert run("verdicts", "export", "--lang", "ar", "--sector", "health", "--out", out).exit_code == 0
    fill(out, "مقسَّم عن قصد", "اتفقوا")
    done = run("verdicts", "import", out, "--who", "Health working group")
    assert done.exit_code == 0 and "1 verdict was kept." in done.stdout and "decision 1" in done.stdout
    (line,) = told(run("table", "overlaps").stdout)
    assert line["verdict"] == "shared_load"
    (decision,) = told(run("decisions").stdout)
    assert (decision["who"], decision["note"]) == ("Health working group", "اتفقوا")
    assert run("undo-decision", 1).exit_code == 0
    assert told(run("table", "overlaps").stdout)[0]["verdict"] == "undecided"


def test_what_others_decided_since_is_told_and_taken_only_on_wish(run: Run, tmp_path: Path) -> None:
    out, settings = tmp_path / "list.xlsx", Settings(tmp_path / "home")
    run("verdicts", "export", "--out", out)
    fill(out, "data_error")
    rows, found = asked(now(settings))
    flow.set_verdict(settings, found, rows, "shared_load", who="Nada")
    done = run("verdicts", "import", out)
    assert done.exit_code == 1 and "0 verdicts were kept." in done.stdout
    for words in ("row 2", PALM, "error in the data", "Nada", "shared on purpose", "--take-outdated"):
        assert words in done.stderr
    assert told(run("table", "overlaps").stdout)[0]["verdict"] == "shared_load"
    assert run("verdicts", "import", out, "--take-outdated").exit_code == 0
    assert told(run("table", "overlaps").stdout)[0]["verdict"] == "data_error"


def test_a_list_that_has_to_be_mended_is_refused_whole(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "list.xlsx"
    run("verdicts", "export", "--out", out)
    fill(out, "goats")
    refused(run("verdicts", "import", out), "Row 2", "Verdict", "goats")
    refused(run("verdicts", "import", write(tmp_path / "b.csv", *TWO)), "csomap verdicts export")
    assert told(run("decisions").stdout) == []


def test_a_list_is_a_workbook_in_one_of_the_languages(run: Run, tmp_path: Path) -> None:
    refused(run("verdicts", "export", "--out", tmp_path / "list.csv"), "list.csv", ".xlsx")
    refused(run("verdicts", "export", "--out", tmp_path / "no" / "list.xlsx"), "no")
    refused(run("verdicts", "export", "--lang", "fr", "--out", tmp_path / "list.xlsx"), "fr")
    refused(run("verdicts", "export", "--service-level", "goat", "--out", tmp_path / "list.xlsx"), "goat")
    assert not (tmp_path / "list.xlsx").exists()
