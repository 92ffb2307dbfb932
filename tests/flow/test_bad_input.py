"""Bad files get a clear word, exit 2 and leave nothing half-stored; odd but readable ones come in whole."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from csomap import cli, flow, settings
from csomap.errors import UNKNOWN_LAYOUT, BadFile
from csomap.i18n import t
from csomap.settings import Settings
from csomap.store import Store
from tests.flow.forms import COLUMNS, row, write

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
HEADER = "organisation,service,pcode,start,end\n"
GOOD = "Palm Grove Society,immunisation,IQG15Q05,2021-01,2021-02\n"


def workbook(*rows: list[object]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for cells in rows:
        book.active.append(cells)
    book.save(stream)
    return stream.getvalue()


def far_cell() -> bytes:
    """A workbook of one row whose last cell claims to be the sheet's very last."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(HEADER.strip().split(",")))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            far = b'<row r="4000000"><c r="XFD4000000"><v>1</v></c></row></sheetData>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", far))
    return stream.getvalue()


REFUSED = {
    "a picture": ("rows.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file_not_a_table"),
    "a web page": ("rows.xlsx", b"<!DOCTYPE html><html><table></table></html>", "file_web_page"),
    "an empty file": ("rows.csv", b"", "file_empty"),
    "a file of empty cells": ("rows.csv", b",,\r\n,,\r\n", "file_no_cells"),
    "a missing column": (
        "rows.csv",
        b"organisation,service,start\nReed Boat,health,2021-01\n",
        "file_column_missing",
    ),
    "no headers": ("rows.csv", b"one,two\n1,2\n", "file_no_header"),
    "an encrypted workbook": ("rows.xlsx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "file_locked"),
    "an old workbook, broken": ("rows.xls", OLE2 + "Workbook".encode("utf-16-le"), "file_workbook_broken"),
    "half a workbook": ("rows.xlsx", workbook(["organisation"])[:2000], "file_workbook_broken"),
    "a sheet of billions of cells": ("rows.xlsx", far_cell(), "file_too_many_rows"),
    "an open quotation mark": ("rows.csv", (HEADER + '"Palm,immunisation\n').encode(), "file_quotes"),
}


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_whole(case: str, tmp_path: Path, home: Settings) -> None:
    name, content, key = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(content)
    kept = flow.ingest(write(tmp_path / "kept.csv", row()), home).entry.import_id
    with pytest.raises(BadFile) as error:
        flow.check(path)
    assert error.value.key == key
    words = " ".join([str(error.value), *([t("cli.propose_hint")] if key in UNKNOWN_LAYOUT else [])])
    _refuses(["import", str(path), "--home", str(home.home)], words)
    _refuses(["import", str(path), "--replaces", kept, "--home", str(home.home)], words)
    assert Store(home).live() == [kept] == list(Store(home).imports()["import_id"])
    assert [file.stem for file in home.imports.iterdir()] == [kept]


def _refuses(command: list[str], words: str) -> None:
    told = CliRunner().invoke(cli.app, command)
    assert told.exit_code == 2 and told.stdout == ""
    assert told.stderr == f"Error: {words}\n"


@pytest.mark.parametrize(
    ("limit", "key"),
    [
        ({"max_rows": 10}, "file_too_many_rows"),
        ({"max_columns": 3}, "file_too_many_columns"),
        ({"max_file_mb": 0}, "file_too_large"),
        ({"max_unpacked_mb": 0}, "file_unpacks_too_large"),
    ],
)
def test_a_huge_sheet_is_refused_by_the_limits_of_the_rules(
    limit: dict[str, int], key: str, tmp_path: Path, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.xlsx"
    path.write_bytes(workbook(HEADER.strip().split(","), *[GOOD.strip().split(",")] * 20))
    assert flow.check(path).entry.rows_read == 20
    monkeypatch.setitem(settings.rules(), "limits", settings.rules()["limits"] | limit)
    told = CliRunner().invoke(cli.app, ["import", str(path), "--home", str(home.home)])
    assert told.exit_code == 2
    with pytest.raises(BadFile) as error:
        flow.ingest(path, home)
    assert error.value.key == key
    assert Store(home).live() == []


@pytest.mark.parametrize(
    ("cells", "code", "effect"),
    [
        ({"start": "2021-02-30"}, "date_impossible", "rejected"),
        ({"start": "31/04/2021"}, "date_impossible", "rejected"),
        ({"start": "some day"}, "date_unreadable", "rejected"),
        ({"start": "2021-06", "end": "2021-03"}, "start_after_end", "rejected"),
        ({"organisation": ""}, "organisation_missing", "rejected"),
        ({"service": "goats"}, "service_unknown", "review"),
        ({"service": "immunization_of_goats"}, "service_unknown", "review"),
        ({"population_group": "idp;goats"}, "population_group_unknown", "review"),
        ({"pcode": "IQG99"}, "place_unknown", "review"),
        ({"pcode": "Atlantis"}, "place_unknown", "review"),
        ({"status": "sleeping"}, "status_unknown", "review"),
        ({"organisation_type": "circus"}, "organisation_type_unknown", "note"),
        ({"reached": "-4"}, "number_negative", "note"),
        ({"latitude": "95"}, "coordinate_outside", "note"),
    ],
)
def test_a_bad_cell_keeps_only_its_own_row_out(
    cells: dict[str, object], code: str, effect: str, tmp_path: Path, home: Settings
) -> None:
    done = flow.ingest(write(tmp_path / "rows.csv", row(start="2021-09", end="2021-09"), row(**cells)), home)
    problems = done.problems[done.problems["code"] == code]
    assert list(problems["source_row"]) == [3] and list(problems["effect"]) == [effect]
    counted = {"rejected": done.entry.rejected, "review": done.entry.review, "note": done.entry.accepted - 1}
    assert counted == {"rejected": 0, "review": 0, "note": 0, effect: 1}
    data = flow.load(home)
    assert len(data.reports) == (2 if effect == "note" else 1)
    assert data.waiting == (effect == "review")


TEXTS: dict[str, Callable[[str], bytes]] = {
    "UTF-16": lambda text: text.encode("utf-16"),
    "Windows-1256": lambda text: text.encode("cp1256"),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "a byte order mark": lambda text: text.encode("utf-8-sig"),
}


@pytest.mark.parametrize("form", TEXTS)
def test_a_file_as_a_spreadsheet_in_iraq_saves_it_comes_in(form: str, tmp_path: Path, home: Settings) -> None:
    text = HEADER + "جمعية بستان النخيل,التحصين,البصرة,2021-01,2021-02\n"
    path = tmp_path / "rows.csv"
    path.write_bytes(TEXTS[form](text))
    done = flow.ingest(path, home)
    assert (done.entry.rows_read, done.entry.accepted) == (1, 1)
    data = flow.load(home)
    assert list(data.newcomers["name"]) == ["جمعية بستان النخيل"]
    report = data.reports.iloc[0]
    assert (report["service"], report["pcode"]) == ("immunisation", "IQG02")


def test_formulas_instead_of_values_are_told_by_their_cell(tmp_path: Path, home: Settings) -> None:
    plain = [row().get(name, "") for name in COLUMNS]
    counted, named = list(plain), list(plain)
    counted[COLUMNS.index("reached")] = "=10+20"
    named[COLUMNS.index("organisation")] = '=CONCATENATE("Reed"," Boat")'
    path = tmp_path / "rows.xlsx"
    path.write_bytes(workbook(COLUMNS, plain, counted, named))
    done = flow.ingest(path, home)
    told = done.problems[done.problems["code"] == "formula"]
    assert list(zip(told["source_row"], told["hint"], strict=True)) == [(3, "S3"), (4, "C4")]
    assert (done.entry.rejected, done.entry.accepted) == (2, 1)
    assert len(flow.load(home).reports) == 1


def test_a_formula_whose_result_was_saved_is_its_result(tmp_path: Path, home: Settings) -> None:
    path = tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, [row().get(name, "") for name in COLUMNS])
        sheet.write_formula(1, COLUMNS.index("reached"), "=10+20", value=30)
    flow.ingest(path, home)
    assert list(flow.load(home).reports["reached"]) == [30]
