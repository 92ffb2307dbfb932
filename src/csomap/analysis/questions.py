"""The rows that a question asks for: areas, services, and the people that both are measured against."""

from functools import lru_cache
from typing import cast

import pandas as pd

from csomap.analysis.needs import measured, severity, sources
from csomap.errors import BadInput
from csomap.settings import rules
from csomap.tables import taxonomy
from csomap.tables.places import area_name, areas_within, check_place, level_of
from csomap.tables.query import AREA_LEVELS, PCODE_LENGTH, SERVICE_LEVELS, AreaLevel, Query, ServiceLevel
from csomap.tables.steps import area_chain, service_steps

_REMEMBERED = 64
_STATUS_ORDER = ("gap", "no_data", "unknown", "thin")


def finest(query: Query) -> Query:
    """Return the query with levels at least as fine as its filters, which would be lost otherwise.

    The service level is no finer than what the filter has codes of: many topics have no services below them.
    Raises BadInput for a place that is not known, and for the area level site, which has no list of areas.
    """
    check_place(query.place)
    if query.area_level == "site":
        raise BadInput("no_site_coverage")
    service_level: ServiceLevel = query.service_level
    area_level: AreaLevel = query.area_level
    if query.finest_service:
        own = cast(ServiceLevel, taxonomy.load("services").level(query.finest_service))
        service_level = _with_codes(query, own, service_level)
    if query.place:
        own_area = AREA_LEVELS.index(level_of(query.place))
        area_level = AREA_LEVELS[max(AREA_LEVELS.index(area_level), own_area)]
    return query.but(service_level=service_level, area_level=area_level)


def _with_codes(query: Query, own: ServiceLevel, asked: ServiceLevel) -> ServiceLevel:
    """Return the level of the filter, or the finest below it, up to the one asked for, that has codes."""
    tree = taxonomy.load("services")
    there = {tree.level(code) for code in query.services() or ()}
    offered = SERVICE_LEVELS[SERVICE_LEVELS.index(own) : SERVICE_LEVELS.index(asked) + 1]
    return next((level for level in reversed(offered) if level in there), own)


def asked_areas(query: Query, lang: str, regions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the areas of the query's level and place, or the regions (region, pcode).

    area, area_name, area_chain, population_group, months.
    """
    if regions is None:
        areas = areas_within(query.area_level, query.place)
        chains = [area_chain(area) for area in areas]
    else:
        areas = list(_members(query, regions))
        chains = [["", area] for area in areas]
    return pd.DataFrame(
        {
            "area": areas,
            "area_name": [area_name(area, lang) for area in areas],
            "area_chain": pd.Series(chains, dtype=object),
            "population_group": query.population,
            "months": _months(query),
        }
    )


def asked_needs(table: pd.DataFrame, query: Query, regions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what each area and service of the query is measured against, by rules.yml.

    table: as `needs`. Returns area, svc, indicator ("" where there is none), people_in_need (persons; missing
    = unknown), thin_per_100k (organisations per 100,000 people; 0 where there is no threshold) for every area
    of the level, whatever the place: one service has one indicator at one level.
    """
    limits = rules()["coverage"]["thin_per_100k"] if regions is None else {}
    found = measured(
        table,
        _lines(query),
        _members(query, regions),
        query.population,
        rules()["needs"]["indicator"],
        rules()["needs"]["of_service"],
    )
    thin = {code: float(by_level.get(query.area_level, 0.0)) for code, by_level in limits.items()}
    return found.assign(thin_per_100k=found["indicator"].map(thin).fillna(0.0).astype(float))


def need_sources(
    table: pd.DataFrame, rows: pd.DataFrame, population: str, regions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return indicator, source, first, last (days) of the figures that rows are measured against.

    table: as `needs`; rows: pcode (all of one level; a region where `regions` is given: region, pcode) and
    service. Oldest first; a source of several days once, with the first and the last of them.
    """
    columns = ["indicator", "source", "first", "last"]
    if rows.empty:
        return pd.DataFrame(columns=columns)
    level = {length: level for level, length in PCODE_LENGTH.items()}.get(len(rows["pcode"].iloc[0]), "1")
    tree, stated = taxonomy.load("services"), rules()["needs"]
    lines = {str(code): [str(code), *tree.ancestors(code)] for code in rows["service"].unique()}
    areas = _members(Query(area_level=level), regions)
    told = sources(table, lines, areas, population, stated["indicator"], stated["of_service"])
    cells = rows[["pcode", "service"]].set_axis(["area", "svc"], axis="columns").drop_duplicates()
    used = told.merge(cells, on=["area", "svc"]).groupby(["indicator", "source"], as_index=False)
    return used.agg(first=("date", "min"), last=("date", "max")).sort_values(
        ["indicator", "first", "last", "source"], ignore_index=True
    )[columns]


def asked_severity(table: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return area, service, severity, date, source for the areas and services of the query (`severity`)."""
    areas = areas_within(query.area_level, query.place)
    return severity(table, _lines(query), areas, query.population)


def _members(query: Query, regions: pd.DataFrame | None) -> dict[str, list[str]]:
    """Return all areas of the level, or the regions, each with the places that it is made of."""
    if regions is None:
        return {area: [area] for area in areas_within(query.area_level)}
    return {str(region): list(rows["pcode"]) for region, rows in regions.groupby("region")}


def _lines(query: Query) -> dict[str, list[str]]:
    """Return the services that the query asks for, each with all codes above it, nearest first."""
    tree, asked = taxonomy.load("services"), asked_services(query)
    return {code: [code, *tree.ancestors(code)] for code in asked.loc[asked["wanted"], "service"]}


def _months(query: Query) -> int:
    """Return the calendar months that the window touches."""
    first, last = pd.Period(query.start, "M"), pd.Period(query.end, "M")
    return int((last - first).n) + 1


def asked_services(query: Query) -> pd.DataFrame:
    """Return service, svc, svc_at, svc_chain of every code, and wanted: the rows that the query asks for."""
    return _services(query.service_level, query.services())


@lru_cache(_REMEMBERED)
def _services(level: ServiceLevel, inside: tuple[str, ...] | None) -> pd.DataFrame:
    steps = service_steps(level)
    at_level = (steps["service"] == steps["svc"]) & steps["svc_at"]
    return steps.assign(wanted=at_level if inside is None else at_level & steps["service"].isin(inside))


def ranked(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return what is not covered (COVERAGE columns), largest gap score first; without scores by status."""
    gaps = coverage[coverage["status"] != "covered"]
    order = gaps.assign(worst=-gaps["gap_score"], rank=gaps["status"].map(_STATUS_ORDER.index))
    by = ["worst", "rank", "pcode", "service"]
    return order.sort_values(by, ignore_index=True).drop(columns=["worst", "rank"])
