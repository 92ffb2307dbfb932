"""The command line for unknown layouts: propose, correct, import, and next month by itself."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from csomap.cli import app

HEAD = "Nom du partenaire,Type de prestation,Gouvernorat,Mois,Remarques"
JANUARY = "Palm Grove Society,Immunisation,Ninewa,2021-01,bien"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path / "home"))

    def runs(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return runs


@pytest.fixture
def january(tmp_path: Path) -> Path:
    path = tmp_path / "january.csv"
    path.write_text(f"{HEAD}\n{JANUARY}\n", "utf-8")
    return path


def test_an_unknown_layout_is_refused_and_the_way_out_is_named(run, january: Path) -> None:
    done = run("check", january)
    assert done.exit_code == 2
    assert "--propose" in done.output


def test_a_proposal_is_written_and_told_column_by_column(run, january: Path, tmp_path: Path) -> None:
    out = tmp_path / "mapping.yml"
    done = run("check", january, "--propose", out)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "column,field,confidence,evidence"
    assert lines[1].startswith("Nom du partenaire,organisation,90,")
    assert lines[5].startswith("Remarques,,0,")
    assert yaml.safe_load(out.read_text("utf-8"))["columns"]["adm1_name"] == {"headers": ["Gouvernorat"]}
    assert "# sure to 90 %" in out.read_text("utf-8")
    assert not (tmp_path / "home").exists()


def test_a_corrected_proposal_is_used_kept_and_recognised(run, january: Path, tmp_path: Path) -> None:
    out = tmp_path / "mapping.yml"
    run("check", january, "--propose", out)
    text = out.read_text("utf-8").replace("columns:", "columns:\n  site: {headers: [Remarques]}", 1)
    out.write_text(text, "utf-8")
    done = run("import", january, "--mapping", out)
    assert done.exit_code == 0
    assert "accepted: 1" in done.output
    assert "kept" in done.output
    later = tmp_path / "february.csv"
    later.write_text(january.read_text("utf-8").replace("2021-01", "2021-02"), "utf-8")
    done = run("import", later)
    assert done.exit_code == 0
    assert "accepted: 1" in done.output
    assert "in no field" not in done.output


@pytest.mark.parametrize(("text", "told"), [("nothing", "is not a mapping"), (None, "There is no file")])
def test_a_mapping_that_cannot_be_used_leaves_nothing_behind(
    run, january: Path, tmp_path: Path, text: str | None, told: str
) -> None:
    out = tmp_path / "mapping.yml"
    if text is not None:
        out.write_text(text, "utf-8")
    done = run("import", january, "--mapping", out)
    assert done.exit_code == 2
    assert told in done.output
    assert run("imports").output.count("\n") == 1


def test_a_mapping_of_other_headers_is_refused(run, january: Path, tmp_path: Path) -> None:
    out = tmp_path / "mapping.yml"
    out.write_text("columns: {organisation: {headers: [Donor]}}\nrequired: [organisation]\n", "utf-8")
    assert run("import", january, "--mapping", out).exit_code == 2
