"""Many activities are looked at governorate by governorate; nobody sees a difference."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from csomap.errors import BadInput
from csomap.flow import blocks, find_overlaps, load
from csomap.flow.large_files import find_overlaps_of_file
from csomap.flow.live import Data
from csomap.settings import Settings
from csomap.tables.query import AREA_LEVELS, AreaLevel, Query
from tests.flow.forms import act, data
from tests.matching import naive
from tests.oracle import cases

pytestmark = pytest.mark.turns(3)
FEW = 50  # activities in a block


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """The sample, with every 40th activity at an unknown place."""
    found = load(Settings(tmp_path_factory.mktemp("home")))
    placeless = found.activities.index % 40 == 0
    moved = found.activities.assign(pcode=found.activities["pcode"].mask(placeless, ""))
    return Data(found.reports, moved, found.newcomers, waiting=0, is_sample=True, version="blocks")


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", FEW)


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values("overlap_id", ignore_index=True)


@pytest.mark.parametrize("level", AREA_LEVELS)
def test_blocks_change_nothing(sample: Data, level: AreaLevel, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Query(area_level=level)
    whole = find_overlaps(sample, query)
    monkeypatch.setattr(blocks, "BLOCK", FEW)
    assert len(list(blocks.blocks(sample.activities, sample.activities))) > 3
    pd.testing.assert_frame_equal(find_overlaps(sample, query), whole)
    assert whole["possible_count"].any()


@pytest.mark.parametrize("query", [Query(population="idp"), Query(sector="health"), Query(place="IQG15")])
def test_blocks_change_nothing_below_a_filter(
    sample: Data, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = find_overlaps(sample, query)
    monkeypatch.setattr(blocks, "BLOCK", 5)
    pd.testing.assert_frame_equal(find_overlaps(sample, query), whole)
    assert not whole.empty


@pytest.mark.parametrize(("service_level", "area_level"), cases.LEVELS)
def test_drawn_worlds_in_blocks_are_what_the_naive_reading_says(
    service_level: str, area_level: int | str, small_blocks: None
) -> None:
    for stack in cases.stacks(service_level, area_level, 3 * cases.WORLDS, "blocks"):
        naive.check(naive.OVERLAPS, stack)


# What has no place is counted for all blocks at once.


def counted(*others: dict[str, Any]) -> list[int]:
    """Return what could belong to the run of a and b from 10 to 20 January, looked at in blocks of one."""
    meeting = [act(name, "01-10", "01-20") for name in ("a1", "b1")]
    return find_overlaps(data(*meeting, *others), Query())["possible_count"].tolist()


@pytest.fixture
def blocks_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 1)


@pytest.mark.usefixtures("blocks_of_one")
@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("01-01", "01-09", 0), ("01-01", "01-10", 1), ("01-20", "01-31", 1), ("01-21", "01-31", 0),
        ("01-12", "01-13", 1), ("01-01", "01-31", 1), ("", "01-09", 0), ("", "01-10", 1), ("01-20", "", 1),
        ("01-21", "", 0), ("", "", 1),
    ],
)  # fmt: skip
def test_what_has_no_place_could_belong_if_it_shares_a_day(start: str, end: str, count: int) -> None:
    assert counted(act("c1", start, end, pcode="")) == [count]


@pytest.mark.usefixtures("blocks_of_one")
def test_what_has_no_place_is_counted_once_however_many_of_the_codes_it_names() -> None:
    other = act("c1", "01-01", "01-31", pcode="", population_group="idp;idp_camp", characteristic="")
    camp = [act(name, "01-10", "01-20", population_group="idp_camp") for name in ("a1", "b1")]
    assert find_overlaps(data(*camp, other), Query())["possible_count"].tolist() == [1]


@pytest.mark.usefixtures("blocks_of_one")
def test_what_an_organisation_of_the_run_does_elsewhere_could_not_belong() -> None:
    own = act("a2", "01-01", "01-31", pcode="", organisation="a")
    assert counted(own, act("c1", "01-01", "01-31", pcode="")) == [1]


@pytest.mark.usefixtures("blocks_of_one")
def test_what_has_no_place_and_is_other_work_could_not_belong() -> None:
    assert counted(act("c1", "01-01", "01-31", pcode="", population_group="host")) == [0]


# From a file to a file.


def test_a_file_gives_what_the_table_gives(sample: Data, tmp_path: Path, small_blocks: None) -> None:
    folder = tmp_path / "it's here"
    folder.mkdir()
    file, into = folder / "activities.parquet", folder / "overlaps.parquet"
    shuffled = sample.activities.sample(frac=1, random_state=1)
    shuffled.to_parquet(file, row_group_size=37)
    find_overlaps_of_file(file, Query(), into)
    pd.testing.assert_frame_equal(in_order(pd.read_parquet(into)), in_order(find_overlaps(sample, Query())))
    assert sorted(folder.iterdir()) == [file, into], "the blocks are gone"


@pytest.mark.parametrize("has_filters", [False, True])
@pytest.mark.parametrize("area_level", AREA_LEVELS)
def test_drawn_worlds_in_a_file_are_what_the_table_gives(
    area_level: AreaLevel, has_filters: bool, tmp_path: Path, small_blocks: None
) -> None:
    level = area_level if area_level == "site" else int(area_level)
    plain, _, filtered = cases.stacks("topic", level, 3 * cases.WORLDS, "file")
    stack = filtered if has_filters else plain
    told = naive.data([row for world in stack.apart() for row in world])
    file, into, query = tmp_path / "a.parquet", tmp_path / "o.parquet", naive.query(stack.params)
    told.activities.to_parquet(file)
    find_overlaps_of_file(file, query, into)
    found, expected = in_order(pd.read_parquet(into)), in_order(find_overlaps(told, query))
    pd.testing.assert_frame_equal(found, expected)
    assert expected["possible_count"].any() or has_filters


def test_a_file_without_any_place_gives_an_empty_table(sample: Data, tmp_path: Path) -> None:
    file, into = tmp_path / "activities.parquet", tmp_path / "overlaps.parquet"
    sample.activities.assign(pcode="").to_parquet(file)
    find_overlaps_of_file(file, Query(), into)
    assert pd.read_parquet(into).empty
    assert list(pd.read_parquet(into)) == list(find_overlaps(sample, Query()))


def test_a_file_of_something_else_leaves_nothing_behind(tmp_path: Path) -> None:
    file, into = tmp_path / "activities.parquet", tmp_path / "overlaps.parquet"
    pd.DataFrame({"goats": [1]}).to_parquet(file)
    with pytest.raises(Exception, match="activity_id"):
        find_overlaps_of_file(file, Query(), into)
    with pytest.raises(BadInput):
        find_overlaps_of_file(file, Query(min_days=0), into)
    assert list(tmp_path.iterdir()) == [file]
