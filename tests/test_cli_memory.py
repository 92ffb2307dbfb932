"""The commands for what people decide: what waits, decide, merge, undo, and the registry back in."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.settings import Settings
from csomap.store import Decisions
from tests.flow.forms import row, write
from tests.test_cli import Run, refused, run_at, told

GOATS = "teaching goats to fly"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run_at(tmp_path / "home", "import", write(tmp_path / "a.csv", row(service=GOATS), row(start="2020-01")))
    return lambda *command: run_at(tmp_path / "home", *command)


def test_what_waits_is_listed_and_settled_by_one_decision(run: Run, tmp_path: Path) -> None:
    asked = {one["subject"]: one for one in told(run("waiting").stdout)}
    assert asked[GOATS]["reason"] == "service_unknown" and asked["Palm Grove Society"]["rows"] == "2"
    done = run("decide", "term:services", GOATS, "immunisation", "--note", "asked them")
    assert done.exit_code == 0 and "decision 1" in done.stdout
    assert GOATS not in run("waiting").stdout
    assert len(told(run("table", "reports").stdout)) == 2
    (one,) = told(run("decisions").stdout)
    assert (one["kind"], one["note"], one["status"]) == ("term:services", "asked them", "holds")
    assert run("undo-decision", 1, "--note", "they were wrong").exit_code == 0
    assert GOATS in run("waiting").stdout
    assert told(run("decisions").stdout)[0]["note"] == "they were wrong"


def test_what_waits_can_be_written_to_a_file(run: Run, tmp_path: Path) -> None:
    for command in ("waiting", "decisions"):
        assert run(command, "--out", tmp_path / f"{command}.xlsx").exit_code == 0
        assert (tmp_path / f"{command}.xlsx").exists()
        refused(run(command, "--out", tmp_path / "odd.docx"), "odd.docx")


def test_a_place_is_decided_within_the_area_that_the_rows_name(run: Run, tmp_path: Path) -> None:
    assert run("decide", "place", "Hamdanya", "IQG15Q03", "--within", "IQG15").exit_code == 0
    (one,) = Decisions(Settings(tmp_path / "home")).holding("place")
    assert (one.context, one.answer) == ("IQG15", "IQG15Q03")


def test_a_new_organisation_and_a_merge(run: Run, tmp_path: Path) -> None:
    assert run("decide", "organisation", "Palm Grove Society", "new").exit_code == 0
    (org_id,) = {one["organisation"] for one in told(run("table", "reports").stdout)}
    assert run("merge", org_id, "who").exit_code == 0
    assert {one["organisation"] for one in told(run("table", "reports").stdout)} == {"who"}
    refused(run("merge", "who", org_id), org_id)


def test_what_cannot_be_decided_is_told_in_one_line(run: Run) -> None:
    refused(run("decide", "place", "Hamdanya", "IQG99"), "IQG99")
    refused(run("decide", "goat", "Hamdanya", "IQG15"), "goat", "term:services")
    refused(run("undo-decision", 7), "7", "csomap decisions")
    refused(run("merge", "who", "nobody"), "nobody")


def test_the_registry_goes_out_and_comes_back_in(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "registry.csv"
    assert run("table", "organisations", "--out", out).exit_code == 0
    text = out.read_text("utf-8-sig")
    assert "unchanged: " in run("registry", "import", out).stdout
    out.write_text(text + ",Reed Boat Initiative,,,RBI,cso,,,,,\n", "utf-8")
    done = run("registry", "import", out)
    assert "added: 1" in done.stdout and "changed: 0" in done.stdout
    assert "Reed Boat Initiative" in set(flow.load(Settings(tmp_path / "home")).organisations["name_en"])
    out.write_text("org_id,type\nwho,goat\n", "utf-8")
    refused(run("registry", "import", out), "Row 2", "type", "goat")


def test_without_an_import_nothing_waits_and_that_is_told(tmp_path: Path) -> None:
    refused(run_at(tmp_path / "empty", "waiting"), "csomap import")
    assert told(run_at(tmp_path / "empty", "decisions").stdout) == []
