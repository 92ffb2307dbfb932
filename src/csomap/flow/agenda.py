"""What a meeting looks at after the overlaps: the biggest gaps of its area, and what falls to zero soon."""

import pandas as pd

from csomap.analysis.questions import finest
from csomap.flow.live import Data
from csomap.flow.questions import opening
from csomap.settings import rules
from csomap.tables.places import level_of
from csomap.tables.query import AREA_LEVELS, Query

_TOLD = ("gap", "thin")
_SILENT = ("no_data", "unknown")


def gap_query(data: Data, query: Query) -> Query:
    """Return the query at which a meeting looks at gaps: a country by its governorates, a governorate by its
    districts, services at the level at which pages open."""
    return finest(opening(data, query).but(area_level=_below(query.place, coarsest=0)))


def coming_query(data: Data, query: Query) -> Query:
    """Return the query at which a meeting looks ahead: by districts, or one level below a smaller area."""
    return finest(opening(data, query).but(area_level=_below(query.place, coarsest=1)))


def biggest_gaps(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ranked COVERAGE that a room looks at: first where nobody is, then where few are."""
    rows = [ranked[ranked["status"] == status] for status in _TOLD]
    return pd.concat(rows).head(rules()["meetings"]["most_gaps"]).reset_index(drop=True)


def silent_areas(ranked: pd.DataFrame) -> int:
    """Count the rows of which nobody knows whether they are gaps: silence is not zero."""
    return int(ranked["status"].isin(_SILENT).sum())


def next_endings(coming: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of COMING_GAPS that end first, each service, place and group once."""
    ending = coming[coming["kind"] == "ending"]
    first = ending.sort_values(["horizon_months", "ends"], kind="stable")
    once = first.drop_duplicates(["pcode", "service", "population_group"])
    return once.head(rules()["meetings"]["most_gaps"]).reset_index(drop=True)


def _below(place: str, *, coarsest: int) -> str:
    """Return the area level below a place; sub-districts have none below them that has a list of areas."""
    areas = AREA_LEVELS[:3]
    return areas[min(areas.index(level_of(place)) + 1, len(areas) - 1)] if place else areas[coarsest]
