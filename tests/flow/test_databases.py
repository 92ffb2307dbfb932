"""The line from a file to what people decide, on both databases, and shared by several servers."""

from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.flow.memory import recall
from csomap.settings import Settings
from tests.flow.forms import row, write

PLACE = "Unheard-of"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "rows.csv", row(), row(pcode=PLACE, end="2021-04"))


def test_what_comes_in_and_is_decided_reads_the_same_from_both(
    file: Path, tmp_path: Path, database_url: str
) -> None:
    here, plain = Settings(tmp_path / "here", database_url), Settings(tmp_path / "plain")
    for settings in (here, plain):
        flow.ingest(file, settings)
        assert flow.load(settings).waiting == 1
        flow.decide(settings, "place", PLACE, "IQG15Q05", note="asked them")
    mine, other = flow.load(here), flow.load(plain)
    assert mine.waiting == 0 and len(mine.reports) == 2
    pd.testing.assert_frame_equal(mine.reports, other.reports)
    pd.testing.assert_frame_equal(mine.activities, other.activities)
    assert mine.version == other.version and flow.state(here) == flow.state(plain)
    told, same = (flow.decisions(one).drop(columns="at") for one in (here, plain))
    pd.testing.assert_frame_equal(told, same)
    flow.undo_decision(here, int(told["id"][0]))
    assert flow.load(here).waiting == 1


def test_two_servers_with_one_folder_see_each_others_work(
    file: Path, tmp_path: Path, postgresql_url: str
) -> None:
    one, other = Settings(tmp_path / "shared", postgresql_url), Settings(tmp_path / "mounted", postgresql_url)
    one.home.mkdir()
    other.home.symlink_to(one.home)
    flow.ingest(file, one)
    before = flow.state(other)
    flow.decide(other, "place", PLACE, "IQG15Q05")
    assert flow.load(one).waiting == 0 and flow.state(one) != before


def test_decisions_speak_on_a_server_that_has_no_folder_yet(tmp_path: Path, postgresql_url: str) -> None:
    flow.decide(Settings(tmp_path / "one", postgresql_url), "place", PLACE, "IQG15Q05")
    newcomer = Settings(tmp_path / "other", postgresql_url)
    assert recall(newcomer).decided.places == ((PLACE, "", "IQG15Q05"),)
    assert len(flow.decisions(newcomer)) == 1


def test_a_server_with_a_folder_of_its_own_is_told_what_is_missing(
    file: Path, tmp_path: Path, postgresql_url: str
) -> None:
    flow.ingest(file, Settings(tmp_path / "one", postgresql_url))
    with pytest.raises(BadInput, match="share the home folder") as error:
        flow.load(Settings(tmp_path / "other", postgresql_url))
    assert error.value.key == "import_file_missing"
