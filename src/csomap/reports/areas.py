"""Areas side by side: who is there, how much, and what is known of them."""

import pandas as pd

from csomap.reports.coverage_words import SILENT
from csomap.tables import taxonomy
from csomap.tables.places import level_of
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query

FALLBACK = "health"  # the sector that is told of where none is chosen
MEASURES = ("organisations", "activities", "organisations_per_100k", "overlaps", "status")


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


def values(areas: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return pcode, value of one of MEASURES; an area of which nothing is known has no number."""
    if measure == "status":
        return areas.assign(value=areas["status"])[["pcode", "value"]]
    known = areas[measure].astype(float).where(~areas["status"].isin(SILENT))
    return areas.assign(value=known)[["pcode", "value"]]


def all_sectors(present: pd.DataFrame, level: AreaLevel, covered: pd.DataFrame) -> pd.DataFrame:
    """Return the areas of COVERAGE by sector with all sectors taken together.

    present: the ACTIVITIES that are active with the filters. status is "no_data" for an area of which
    nothing at all is reported, "unknown" for one that coarser reports may mean, else "".
    """
    areas = covered.drop_duplicates("pcode").set_index("pcode")
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
    return found.map(lambda kinds: next((kind for kind in SILENT if kinds == {kind}), ""))
