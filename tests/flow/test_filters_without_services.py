"""A filter without anything finer below it answers at the level that it has."""

import pytest

from csomap import flow
from csomap.flow.tables import TABLES
from csomap.settings import Settings
from csomap.tables.query import Query

HOLLOW = Query(sector="wash", service_level="service", area_level="1")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> flow.Data:
    return flow.load(Settings(tmp_path_factory.mktemp("home")))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sector", ["wash", "multi_sector_development"])
def test_every_table_is_made_for_a_sector_without_services(data: flow.Data, table: str, sector: str) -> None:
    asked = HOLLOW.but(sector=sector)
    found = flow.analyse(data, table, flow.window(data, asked))
    if table in ("coverage", "gaps"):
        assert len(found), "the sector itself, or its topics"
