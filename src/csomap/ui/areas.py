"""Areas side by side: who is there, how much, and what is known of them."""

import pandas as pd

from csomap.reports.areas import all_sectors, asked_service, offered_levels, offered_measures, values
from csomap.tables.places import area_name, areas_within
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query
from csomap.ui import answers
from csomap.ui.view import View

__all__ = [
    "asked_service",
    "by_area",
    "names_of",
    "offered_levels",
    "offered_measures",
    "values",
    "with_overlaps",
]


def with_overlaps(view: View, found: pd.DataFrame, level: AreaLevel) -> pd.DataFrame:
    """Return the areas and overlaps: how many of them count there, as the page of overlaps opens."""
    rows = answers.overlaps(view, answers.opening(view))
    places = rows.loc[rows["is_counted"], "pcode"].str[: PCODE_LENGTH[level]]
    return found.assign(overlaps=found["pcode"].map(places.value_counts()).fillna(0).astype(int))


def by_area(view: View, query: Query, level: AreaLevel) -> pd.DataFrame:
    """Return pcode, area_name, organisations, activities, months_active, months, people_in_need,
    organisations_per_100k, status of every area of a level inside the query's place.

    Without a service filter the sectors are taken together; status is then "no_data" for an area of which
    nothing at all is reported, "unknown" for one that coarser reports may mean, else "".
    """
    covered = answers.coverage(view, asked_service(query).but(area_level=level))
    return covered if query.finest_service else all_sectors(answers.active(view, query), level, covered)


def names_of(view: View, query: Query, level: AreaLevel) -> dict[str, str]:
    """Return the names of the areas of a level inside the query's place."""
    return {code: area_name(code, view.lang) for code in areas_within(level, query.place)}
