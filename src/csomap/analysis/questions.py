"""The rows that a question asks for: areas with their people in need, and services."""

import pandas as pd

from csomap.analysis.needs import needs, people_in_need
from csomap.errors import BadInput
from csomap.settings import rules
from csomap.tables import taxonomy
from csomap.tables.places import area_name, areas_within, check_place, level_of
from csomap.tables.query import AREA_LEVELS, SERVICE_LEVELS, AreaLevel, Query, ServiceLevel
from csomap.tables.steps import area_chain, service_steps

_STATUS_ORDER = ("gap", "no_data", "unknown", "thin")


def finest(query: Query) -> Query:
    """Return the query with levels at least as fine as its filters, which would be lost otherwise.

    Raises BadInput for a place that is not known, and for the area level site, which has no list of areas.
    """
    check_place(query.place)
    if query.area_level == "site":
        raise BadInput("no_site_coverage")
    service_level: ServiceLevel = query.service_level
    area_level: AreaLevel = query.area_level
    if query.finest_service:
        own = taxonomy.load("services").level(query.finest_service)
        service_level = SERVICE_LEVELS[max(SERVICE_LEVELS.index(service_level), SERVICE_LEVELS.index(own))]
    if query.place:
        own_area = AREA_LEVELS.index(level_of(query.place))
        area_level = AREA_LEVELS[max(AREA_LEVELS.index(area_level), own_area)]
    return query.but(service_level=service_level, area_level=area_level)


def asked_areas(query: Query, lang: str, regions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the areas of the query's level and place, or the regions (region, pcode).

    area, area_name, area_chain, population_group, indicator, people_in_need, thin_per_100k, months.
    """
    members: dict[str, list[str]] | None = None
    if regions is None:
        areas = areas_within(query.area_level, query.place)
        chains = [area_chain(area) for area in areas]
    else:
        members = {str(region): list(rows["pcode"]) for region, rows in regions.groupby("region")}
        areas = list(members)
        chains = [["", area] for area in areas]
    indicators = rules()["needs"]["indicator"]
    counted = people_in_need(needs(), areas, query.population, indicators, members)
    return counted.assign(
        area_name=[area_name(area, lang) for area in areas],
        area_chain=pd.Series(chains, dtype=object),
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
    order = gaps.assign(worst=-gaps["gap_score"], rank=gaps["status"].map(_STATUS_ORDER.index))
    by = ["worst", "rank", "pcode", "service"]
    return order.sort_values(by, ignore_index=True).drop(columns=["worst", "rank"])
