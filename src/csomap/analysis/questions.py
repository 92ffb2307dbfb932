"""The rows that a question asks for: areas with their people in need, and services."""

import pandas as pd

from csomap.analysis.needs import needs, people_in_need
from csomap.errors import BadInput
from csomap.settings import rules
from csomap.tables import taxonomy
from csomap.tables.places import area_name, areas_within, check_place, level_of
from csomap.tables.query import AREA_LEVELS, SERVICE_LEVELS, Query
from csomap.tables.steps import area_chain, service_steps

_STATUS_ORDER = ("gap", "no_data", "unknown", "thin")


def finest(query: Query) -> Query:
    """Return the query with levels at least as fine as its filters: a filter finer than the level would be lost.

    Raises BadInput for a place that is not known, and for the area level site, which has no list of areas.
    """
    check_place(query.place)
    if query.area_level == "site":
        raise BadInput("no_site_coverage")
    service_level, area_level = query.service_level, query.area_level
    if query.finest_service:
        own = taxonomy.load("services").level(query.finest_service)
        service_level = max(service_level, own, key=SERVICE_LEVELS.index)
    if query.place:
        area_level = max(area_level, level_of(query.place), key=AREA_LEVELS.index)
    return query.but(service_level=service_level, area_level=area_level)


def asked_areas(query: Query, lang: str, regions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the areas of the query's level and place, or the regions (region, pcode).

    area, area_name, area_chain, population_group, indicator, people_in_need, thin_per_100k, months.
    """
    members = None
    if regions is None:
        areas = areas_within(query.area_level, query.place)
        chains = [area_chain(area) for area in areas]
    else:
        members = regions.groupby("region")["pcode"].agg(list).to_dict()
        areas = list(members)
        chains = [["", area] for area in areas]
    indicators = rules()["needs"]["indicator"]
    counted = people_in_need(needs(), areas, query.population, indicators, members)
    return counted.assign(
        area_name=[area_name(area, lang) for area in areas],
        area_chain=chains,
        population_group=query.population,
        thin_per_100k=_thin(query, counted["indicator"], regions is None),
        months=_months(query),
    )


def _thin(query: Query, indicator: "pd.Series[str]", by_level: bool) -> float:
    """Return the threshold of rules.yml for the indicator at this area level; 0 where it has none."""
    limits = rules()["coverage"]["thin_per_100k"] if by_level else {}
    return float(limits.get(indicator.iloc[0], {}).get(query.area_level, 0.0)) if len(indicator) else 0.0


def _months(query: Query) -> int:
    """Return the calendar months that the window touches."""
    first, last = pd.Period(query.start, "M"), pd.Period(query.end, "M")
    return int((last - first).n) + 1


def asked_services(query: Query) -> pd.DataFrame:
    """Return service, svc, svc_at, svc_chain of every code, and wanted: the rows that the query asks for."""
    steps = service_steps(query.service_level)
    inside = query.services()
    at_level = (steps["service"] == steps["svc"]) & steps["svc_at"]
    return steps.assign(wanted=at_level if inside is None else at_level & steps["service"].isin(inside))


def ranked(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return what is not covered (COVERAGE columns), largest gap score first; without scores by status."""
    gaps = coverage[coverage["status"] != "covered"]
    order = gaps.assign(rank=gaps["status"].map(_STATUS_ORDER.index))
    by = ["gap_score", "rank", "pcode", "service"]
    if gaps["gap_score"].isna().all():
        by = ["rank", "pcode", "service"]
    ascending = [name != "gap_score" for name in by]
    return order.sort_values(by, ascending=ascending, ignore_index=True).drop(columns="rank")
