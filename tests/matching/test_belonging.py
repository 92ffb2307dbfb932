"""The activities that could belong to an overlap are exactly those that its possible_count counts."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.engine import run
from csomap.matching.belonging import could_belong
from csomap.matching.levels import active
from csomap.settings import Settings
from csomap.tables.query import Query
from csomap.tables.wanted import wanted


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> flow.Data:
    home: Path = tmp_path_factory.mktemp("home")
    return flow.load(Settings(home))


@pytest.mark.parametrize("area", ["1", "2", "3", "site"])
@pytest.mark.parametrize("service", ["sector", "topic", "service"])
def test_as_many_could_belong_as_are_counted(sample: flow.Data, service: str, area: str) -> None:
    query = Query(service_level=service, area_level=area)  # type: ignore[arg-type]
    candidates = run(active, activities=sample.activities, **wanted(query, coarser=True))
    for _, row in flow.find_overlaps(sample, query).iterrows():
        members = sample.activities[sample.activities["activity_id"].isin(row["activity_ids"].split(";"))]
        found = could_belong(candidates, row, members, query)
        assert len(found) == row["possible_count"], row["overlap_id"]
