"""`csomap needs`: figures come in, are listed, and are taken out again."""

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from csomap.cli.commands import app

LINE = "indicator,pcode,value,date,source\nidp,IQG15,777,2024-05,DTM\n"


@pytest.fixture
def run(tmp_path: Path):
    def call(*words: str) -> Result:
        return CliRunner().invoke(app, ["needs", *words, "--home", str(tmp_path / "home")])

    return call


def test_a_file_comes_in_once_and_goes_and_comes_back(run, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(LINE, "utf-8")
    assert "1 figure was kept" in run("import", str(file), "--who", "ab").stdout
    assert "nothing changed" in run("import", str(file)).stdout
    (line,) = csv.DictReader(io.StringIO(run("list").stdout))
    assert (line["name"], line["rows"], line["status"], line["who"]) == ("figures.csv", "1", "holds", "ab")
    assert run("undo", line["upload_id"]).exit_code == 0
    assert "undone" in run("list").stdout
    assert run("undo", line["upload_id"]).exit_code == 2
    assert run("restore", line["upload_id"]).exit_code == 0


def test_a_fault_leaves_with_2_and_tells_where(run, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(LINE.replace("777", "-7"), "utf-8")
    done = run("import", str(file))
    assert done.exit_code == 2 and "Row 2, value: '-7'" in done.stderr
    assert run("list").stdout.count("\n") == 1
    assert run("import", str(tmp_path / "none.csv")).exit_code == 2


def test_a_reset_leaves_no_figure_and_no_baseline_behind(run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "figures.csv").write_text(LINE, "utf-8")
    run("import", str(tmp_path / "figures.csv"))
    for words in (["demo"], ["baseline", "keep", "First"]):
        assert CliRunner().invoke(app, [*words, "--home", str(home)]).exit_code == 0
    assert {one.parent.name for one in home.rglob("*.parquet")} == {"imports", "needs", "baselines"}
    assert CliRunner().invoke(app, ["reset", "--yes", "--home", str(home)]).exit_code == 0
    assert list(home.rglob("*.parquet")) == []


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_form_is_written(tmp_path: Path, lang: str) -> None:
    out = tmp_path / "form.xlsx"
    done = CliRunner().invoke(app, ["needs", "template", "--lang", lang, "--out", str(out)])
    assert done.exit_code == 0 and out.stat().st_size > 5_000
    wrong = CliRunner().invoke(app, ["needs", "template", "--lang", "fr", "--out", str(out)])
    assert wrong.exit_code == 2
