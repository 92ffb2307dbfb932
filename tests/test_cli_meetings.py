"""The commands for meetings, as people type them."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.settings import Settings
from tests.flow.meeting_data import agreed, started, two_places
from tests.test_cli import Run, refused, run_at, told


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "home")
    two_places(made, tmp_path)
    return made


@pytest.fixture
def run(settings: Settings) -> Run:
    return lambda *command: run_at(settings.home, *command)


def test_meetings_are_listed_and_minuted(run: Run, settings: Settings, tmp_path: Path) -> None:
    assert told(run("meetings", "list").stdout) == []
    meeting = started(settings, "March")
    done = agreed(settings, meeting)
    agreed(settings, meeting, "Another")
    flow.set_status(settings, done, "done")
    (line,) = told(run("meetings", "list").stdout)
    assert (line["id"], line["title"], line["agreed"], line["open"]) == (meeting.id, "March", "2", "1")
    assert line["filters"] == "place=IQG15&sector=health" and line["ended"] == ""
    out = tmp_path / "minutes.xlsx"
    assert "minutes.xlsx" in run("minutes", meeting.id, "--lang", "ckb", "--out", out).stdout
    assert out.read_bytes().startswith(b"PK")


def test_what_cannot_be_minuted_is_told(run: Run, settings: Settings) -> None:
    refused(run("minutes", "m-nobody"), "There is no meeting 'm-nobody'")
    meeting = started(settings)
    refused(run("minutes", meeting.id, "--format", "doc"), "Choose pdf, pptx or xlsx")
    refused(run("minutes", meeting.id, "--lang", "fr"), "en, ar, ckb")
