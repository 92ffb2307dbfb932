"""Which sectors the data speaks of at all: a list that never asks for a sector says nothing about it."""

import pandas as pd

from csomap.flow.live import Data
from csomap.tables import taxonomy
from csomap.tables.query import Query


def unnamed_sectors(data: Data) -> tuple[str, ...]:
    """Return the sectors that no report names, in the order of the taxonomy."""
    services = taxonomy.load("services")
    named = {services.at_level(code, "sector") for code in data.reports["service"].unique() if code}
    return tuple(code for code in services.codes if services.level(code) == "sector" and code not in named)


def only_named(data: Data, query: Query, covered: pd.DataFrame) -> pd.DataFrame:
    """Return COVERAGE without `unnamed_sectors`, unless the query asks for a sector."""
    if query.finest_service:
        return covered
    services = taxonomy.load("services")
    sector = covered["service"].map({code: services.at_level(code, "sector") for code in services.codes})
    return covered[~sector.isin(unnamed_sectors(data))].reset_index(drop=True)
