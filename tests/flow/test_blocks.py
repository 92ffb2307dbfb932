"""Many activities are looked at governorate by governorate; nobody sees a difference."""

from pathlib import Path

import pandas as pd
import pytest

from csomap.flow import blocks, find_overlaps, load
from csomap.flow.large_files import find_overlaps_of_file
from csomap.flow.live import Data
from csomap.settings import Settings
from csomap.tables.query import AREA_LEVELS, AreaLevel, Query


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """The sample, with every 40th activity at an unknown place."""
    found = load(Settings(tmp_path_factory.mktemp("home")))
    placeless = found.activities.index % 40 == 0
    moved = found.activities.assign(pcode=found.activities["pcode"].mask(placeless, ""))
    return Data(found.reports, moved, found.newcomers, waiting=0, is_sample=True, version="blocks")


@pytest.mark.parametrize("level", AREA_LEVELS)
def test_blocks_change_nothing(data: Data, level: AreaLevel, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Query(area_level=level)
    whole = find_overlaps(data, query)
    monkeypatch.setattr(blocks, "BLOCK", 50)
    assert len(list(blocks.blocks(data.activities, data.activities))) > 3
    pd.testing.assert_frame_equal(find_overlaps(data, query), whole)
    assert whole["possible_count"].any()


def test_a_file_gives_what_the_table_gives(
    data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 50)
    file, into = tmp_path / "activities.parquet", tmp_path / "overlaps.parquet"
    data.activities.to_parquet(file)
    find_overlaps_of_file(file, Query(), into)
    order = ["overlap_id"]
    found, expected = (
        rows.sort_values(order, ignore_index=True)
        for rows in (pd.read_parquet(into), find_overlaps(data, Query()))
    )
    pd.testing.assert_frame_equal(found, expected)


def test_a_file_without_any_place_gives_an_empty_table(data: Data, tmp_path: Path) -> None:
    file, into = tmp_path / "activities.parquet", tmp_path / "overlaps.parquet"
    data.activities.assign(pcode="").to_parquet(file)
    find_overlaps_of_file(file, Query(), into)
    assert pd.read_parquet(into).empty
