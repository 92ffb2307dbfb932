"""Areas side by side: who is there, how much, and what is known of them."""

import pandas as pd

from csomap.tables import taxonomy
from csomap.tables.places import area_name, areas_within, level_of
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query
from csomap.ui import answers
from csomap.ui.view import View

MEASURES = ("organisations", "activities", "organisations_per_100k", "overlaps", "status")
_SILENT = ("no_data", "unknown")


def asked_service(query: Query) -> Query:
    """Return the query with the service level of its finest filter: one row an area."""
    code = query.finest_service
    return query.but(service_level=taxonomy.load("services").level(code) if code else "sector")


def offered_levels(query: Query) -> list[AreaLevel]:
    """Return the levels at which areas can be compared inside the query's place, coarsest first."""
    own = level_of(query.place) if query.place else "1"
    return [level for level in ("1", "2") if level >= own] or ["3"]


def offered_measures(query: Query, found: pd.DataFrame, opened: Query) -> list[str]:
    """Return those of MEASURES that can be told: a status needs a service, a rate a number of people, and
    overlaps are counted where pages do not open (`opened`) at the level of the sector."""
    known = {
        "organisations_per_100k": bool(found["organisations_per_100k"].notna().any()),
        "overlaps": opened.service_level != "sector",
        "status": bool(query.finest_service),
    }
    return [one for one in MEASURES if known.get(one, True)]


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
    return covered if query.finest_service else _all_sectors(view, query, level, covered)


def values(areas: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return pcode, value of one of MEASURES; an area of which nothing is known has no number."""
    if measure == "status":
        return areas.assign(value=areas["status"])[["pcode", "value"]]
    known = areas[measure].astype(float).where(~areas["status"].isin(_SILENT))
    return areas.assign(value=known)[["pcode", "value"]]


def names_of(view: View, query: Query, level: AreaLevel) -> dict[str, str]:
    """Return the names of the areas of a level inside the query's place."""
    return {code: area_name(code, view.lang) for code in areas_within(level, query.place)}


def _all_sectors(view: View, query: Query, level: AreaLevel, covered: pd.DataFrame) -> pd.DataFrame:
    areas = covered.drop_duplicates("pcode").set_index("pcode")
    present = answers.active(view, query)
    located = present[present["pcode"].str.len() >= PCODE_LENGTH[level]]
    grouped = located.groupby(located["pcode"].str[: PCODE_LENGTH[level]])
    counted = grouped.agg(organisations=("organisation", "nunique"), activities=("activity_id", "nunique"))
    whole = counted.reindex(areas.index).fillna(0).astype(int)
    per_head = whole["organisations"] / areas["people_in_need"] * 100_000
    return areas.assign(
        organisations=whole["organisations"],
        activities=whole["activities"],
        months_active=float("nan"),  # told for each sector only
        organisations_per_100k=per_head,
        status=_status(covered).where(whole["activities"] == 0, ""),
    ).reset_index()


def _status(covered: pd.DataFrame) -> "pd.Series[str]":
    """Return, by area, no_data, unknown or "" over all its sectors."""
    found = covered.groupby("pcode")["status"].agg(set)
    return found.map(lambda kinds: next((kind for kind in _SILENT if kinds == {kind}), ""))
