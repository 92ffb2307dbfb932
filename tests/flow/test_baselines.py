"""Named baselines: frozen, listed, dropped and brought back; hostile names are refused."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.flow.baselines import checked_name
from csomap.settings import Settings
from csomap.store import Store
from csomap.tables.query import Query
from tests.flow.forms import row, write

DAYS = {"start": "2021-01", "end": "2021-06"}
QUERY = Query(place="IQG15", area_level="2")
PALM, REED = "Palm Grove Society", "Reed Boat Union"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _with_a_file(tmp_path, "")


def _with_a_file(folder: Path, url: str) -> Settings:
    made = Settings(folder / "home", url)
    flow.ingest(write(folder / "a.csv", row(**DAYS)), made)
    return made


def _keep(settings: Settings, name: str = "Before the plan", **other: object) -> int:
    return flow.keep_baseline(settings, flow.load(settings), name, **other)  # type: ignore[arg-type]


def _change(settings: Settings, name: str = "Before the plan") -> dict[str, str]:
    data = flow.load(settings)
    found = flow.find_change(flow.baseline_side(settings, data, name), flow.Side(data), QUERY)
    here = found[(found["pcode"] == "IQG15Q05") & (found["service"] == "immunisation")]
    return {str(name): value for name, value in here.iloc[0].to_dict().items()}


def test_a_baseline_stays_what_it_was_when_a_file_comes(settings: Settings, tmp_path: Path) -> None:
    _keep(settings, who="Health cluster")
    flow.ingest(write(tmp_path / "b.csv", row(organisation=REED, **DAYS)), settings)
    found = _change(settings)
    assert (found["organisations_before"], found["organisations_now"], found["change"]) == (1, 2, "grown")
    assert found["org_ids_new"] and not found["org_ids_gone"]
    (kept,) = flow.baselines(settings).to_dict("records")
    assert (kept["name"], kept["who"], kept["activities"]) == ("Before the plan", "Health cluster", 1)
    assert (kept["start"], kept["end"], kept["sources"]) == ("2020-07-01", "2021-06-30", "a.csv")


def test_a_baseline_of_a_file_that_was_taken_out_still_speaks(settings: Settings, tmp_path: Path) -> None:
    _keep(settings)
    (entry,) = Store(settings).live()
    flow.ingest(write(tmp_path / "b.csv", row(organisation=REED, **DAYS)), settings, replaces=entry)
    found = _change(settings)
    assert found["org_ids_gone"] and found["org_ids_new"] and found["change"] == "same"


def test_an_organisation_that_was_merged_since_is_the_same_on_both_sides(
    settings: Settings, tmp_path: Path
) -> None:
    flow.ingest(write(tmp_path / "b.csv", row(organisation=REED, **DAYS)), settings)
    _keep(settings)
    data = flow.load(settings)
    palm, reed = (str(data.organisations.set_index("name_en").loc[name, "org_id"]) for name in (PALM, REED))
    flow.merge(settings, reed, palm)
    found = _change(settings)
    assert (found["organisations_before"], found["organisations_now"], found["change"]) == (1, 1, "same")
    assert not found["org_ids_gone"]


def test_the_data_is_the_same_with_and_without_baselines(settings: Settings) -> None:
    before = flow.load(settings).version
    _keep(settings)
    assert flow.load(settings).version == before


def test_the_same_content_under_the_same_name_is_kept_once_and_another_is_refused(
    settings: Settings, tmp_path: Path
) -> None:
    first = _keep(settings)
    assert _keep(settings) == first
    flow.ingest(write(tmp_path / "b.csv", row(organisation=REED, **DAYS)), settings)
    with pytest.raises(BadInput) as error:
        _keep(settings)
    assert error.value.key == "baseline_taken"
    assert len(flow.baselines(settings)) == 1


def test_a_dropped_baseline_can_come_back_unless_its_name_is_taken(tmp_path: Path, database_url: str) -> None:
    settings = _with_a_file(tmp_path, database_url)
    first = _keep(settings)
    assert flow.drop_baseline(settings, "Before the plan") == first
    with pytest.raises(BadInput) as error:
        _change(settings)
    assert error.value.key == "baseline_unknown"
    flow.restore_baseline(settings, first)
    assert _change(settings)["change"] == "same"
    flow.drop_baseline(settings, "Before the plan")
    flow.ingest(write(tmp_path / "b.csv", row(organisation=REED, **DAYS)), settings)
    second = _keep(settings)
    with pytest.raises(BadInput) as error:
        flow.restore_baseline(settings, first)
    assert error.value.key == "baseline_taken"
    told = flow.baselines(settings).set_index("id")["status"]
    assert told.to_dict() == {second: "kept", first: "dropped"}


@pytest.mark.parametrize("wrong", [99, 0, -1])
def test_an_id_that_is_no_baseline_cannot_come_back(settings: Settings, wrong: int) -> None:
    with pytest.raises(BadInput) as error:
        flow.restore_baseline(settings, wrong)
    assert error.value.key == "baseline_unknown"


def test_a_decision_that_is_no_baseline_is_not_dropped_as_one(settings: Settings) -> None:
    made = flow.decide(settings, "organisation", PALM, "new")
    with pytest.raises(BadInput):
        flow.restore_baseline(settings, made)
    with pytest.raises(BadInput):
        flow.drop_baseline(settings, PALM)


def test_a_baseline_whose_file_is_missing_says_where_it_should_be(settings: Settings) -> None:
    _keep(settings)
    (file,) = settings.home.glob("baselines*/*.parquet")
    file.unlink()
    with pytest.raises(BadInput) as error:
        _change(settings)
    assert error.value.key == "baseline_file" and str(file.parent) in str(error.value)


def test_a_reset_leaves_nothing_of_a_baseline_behind(settings: Settings) -> None:
    _keep(settings)
    Store(settings).clear()
    assert flow.baselines(settings).empty
    assert not list(settings.home.glob("baselines*/*"))


def test_a_baseline_is_in_the_history_of_decisions_and_undone_there(settings: Settings) -> None:
    made = _keep(settings)
    told = flow.decisions(settings).iloc[0]
    assert told["told"] == 'The baseline "Before the plan" was kept.'
    flow.undo_decision(settings, made)
    assert list(flow.baselines(settings)["status"]) == ["dropped"]


HOSTILE = {
    "nothing": "", "blanks": "  \t ", "joiners only": "\u200c\u200d", "long": "a" * 81, "nul": "a\0b",
    "turns direction": "a\u202eb", "half a letter": "a\ud800", "formula": "=cmd()",
    "formula after blanks": "  +1",
    "mail": "@home", "path": "../../etc/passwd", "hidden": ".bashrc", "windows": "a\\b", "tag": "<b>",
    "bell": "a\x07",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_refused(name: str) -> None:
    with pytest.raises(BadInput) as error:
        checked_name(name)
    assert error.value.key == "baseline_name"


def test_of_a_name_that_is_refused_nothing_is_kept(settings: Settings) -> None:
    with pytest.raises(BadInput):
        _keep(settings, "../../etc/passwd")
    assert flow.baselines(settings).empty
    assert not list(settings.home.glob("baselines*/*"))


@pytest.mark.parametrize(
    "name", ["2021/2022", "قبل الخطة الانتقالية", "هێڵی بنەڕەتی\u200cیەکەم", "Round 3 (June)", "a" * 80]
)
def test_a_name_in_any_script_is_taken_as_it_is(name: str) -> None:
    assert checked_name(f"  {name} ") == name


def test_a_baseline_of_the_sample_is_not_compared_with_real_data(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    flow.keep_baseline(settings, flow.load(settings), "Sample")
    flow.ingest(write(tmp_path / "a.csv", row(**DAYS)), settings)
    with pytest.raises(BadInput) as error:
        flow.baseline_side(settings, flow.load(settings), "Sample")
    assert error.value.key == "baseline_sample"
