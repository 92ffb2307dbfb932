"""From activities to answers: each table of the contract for one query."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd

from csomap.analysis import presence
from csomap.analysis.coverage import coverage
from csomap.analysis.questions import (
    asked_areas,
    asked_needs,
    asked_services,
    asked_severity,
    finest,
)
from csomap.engine import run
from csomap.errors import BadInput
from csomap.flow.active import active
from csomap.flow.blocks import has_codes, overlaps_of, trees
from csomap.flow.live import Data
from csomap.flow.near import pairs_near
from csomap.flow.verdicts import judged
from csomap.matching import pairs
from csomap.matching.grouped import possible_by_cell
from csomap.settings import rules
from csomap.tables import known, schemas
from csomap.tables.places import check_place, regions
from csomap.tables.query import Query

# What coverage asks of activities, and what it counts by: they have twice as many columns, and a million of
# them are to be moved.
_KEPT = (
    *("organisation", "organisation_type", "service", "pcode"),
    *("targeted", "targeted_sum", "reached", "reached_sum"),
)
_ASKED = (*_KEPT, "population_group", "status", "start", "end")
_COUNTED = (*_KEPT, "first", "last", "meant", "group_at")
# What filters ask of activities, and what tells how finely they are known
_OPENED = (
    *("service", "pcode", "site_key", "population_group"),
    *("organisation_type", "status", "start", "end"),
)


def _checked(query: Query) -> Query:
    check_place(query.place)
    return query.checked()


def opening(data: Data, query: Query) -> Query:
    """Return the query at the finest levels at which enough of its activities are known (rules.yml)."""
    share = rules()["pages"]["known_share"]
    kept = active(data.activities[list(_OPENED)], query)
    return query.but(
        service_level=known.finest_service(kept, share),
        area_level=known.finest_area(kept, share, query.population),
    )


def find_active(data: Data, query: Query, *, coarser: bool = False) -> pd.DataFrame:
    """Return what is active and passes the filters (ACTIVITIES), periods clipped to the query's.

    With `coarser`, also what is known only above the filters and could be in them.
    """
    return active(data.activities, query, coarser=coarser)


def find_overlaps(data: Data, query: Query) -> pd.DataFrame:
    """Return OVERLAPS, most organisations and longest first, with what people said of them (see `judged`)."""
    _checked(query)
    seen = find_active(data, query)
    coarser = find_active(data, query, coarser=True) if has_codes(query) else seen
    found = overlaps_of(seen, coarser, query)
    order = ["org_count", "days", "overlap_id"]
    return judged(data, query, found.sort_values(order, ascending=[False, False, True], ignore_index=True))


def card(data: Data, overlap: "pd.Series[Any]", query: Query) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the activities (ACTIVITIES) and the pairs (PAIRS) behind one row of the overlaps."""
    ids = overlap["activity_ids"].split(";")
    members = data.activities[data.activities["activity_id"].isin(ids)].reset_index(drop=True)
    found = _pairs(active(members, query), query)
    return members, found[found["grade"] == "confirmed"].reset_index(drop=True)


def _pairs(activities: pd.DataFrame, query: Query) -> pd.DataFrame:
    found = run(
        partial(pairs.pairs, area_level=query.area_level, min_days=query.min_days),
        memo=("pairs", query.area_level, query.min_days),
        activities=activities,
        **trees(query),
    )
    return schemas.valid(schemas.PAIRS, found)


def find_pairs(data: Data, query: Query) -> pd.DataFrame:
    """Return PAIRS in the order of their activities; with `query.near_km` also those near each other."""
    _checked(query)
    seen = find_active(data, query)
    found = _pairs(seen, query)
    if query.near_km is not None:
        found = pd.concat([found, pairs_near(seen, query).drop(columns="km")], ignore_index=True)
    return found.sort_values(["activity_a", "activity_b"], ignore_index=True)


def find_possible(data: Data, query: Query) -> pd.DataFrame:
    """Return what is only possible, by the cell of the coarser activity (see matching.grouped)."""
    return possible_by_cell(find_pairs(data, query.but(near_km=None)), data.activities, query)


def reports_of(data: Data, activity_ids: Iterable[str]) -> pd.DataFrame:
    """Return the reports (REPORTS) that the activities were made of: the way back to the source rows."""
    return data.reports[data.reports["final_id"].isin(set(activity_ids))].drop(columns="final_id")


def window(data: Data, query: Query) -> Query:
    """Return the query with its window: the 12 months that end with the newest reported month.

    Raises BadInput if no report has a date.
    """
    if query.start and query.end:
        return query
    newest = known.newest_month(data.reports, data.as_of)
    if newest is None:
        raise BadInput("no_dates")
    if query.start:
        return query.but(end=max(known.last_day(newest), known.last_day(query.start)))
    first, last = known.year_ending(query.end or newest)
    return query.but(start=first, end=query.end or last)


def find_coverage(data: Data, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return COVERAGE: a row for each area and service of the query, silent ones too."""
    asked = finest(window(data, _checked(query)))
    areas, measures = asked_areas(asked, lang), asked_needs(data.needs, asked)
    return _coverage(data, asked, {"areas": areas, "needs": measures})


def find_severity(data: Data, query: Query) -> pd.DataFrame:
    """Return area, service, severity (1 to 5), date, source where somebody told how severe the needs are.

    Rows of the areas and services of the query for which one is known; see `analysis.needs.severity`.
    """
    return asked_severity(data.needs, finest(_checked(query)))


def find_regions(data: Data, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return COVERAGE for the regions of geo/regions.csv, the first column named region.

    Raises BadInput for a query with a place: regions are compared over the whole country.
    """
    if query.place:
        raise BadInput("regions_place")
    asked = finest(window(data, _checked(query)).but(area_level="1"))
    known = regions()
    areas, measures = asked_areas(asked, lang, known), asked_needs(data.needs, asked, known)
    found = _coverage(data, asked, {"areas": areas, "needs": measures, "regions": known})
    return found.rename(columns={"pcode": "region"})


def _coverage(data: Data, query: Query, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    seen = run(
        lambda activities, **asked: presence.asked(activities, **asked).select(*_COUNTED),
        memo="asked",
        activities=data.activities[list(_ASKED)],
        **presence.values(query),
    )
    found = run(
        partial(
            coverage,
            area_level=query.area_level,
            thin_continuity=rules()["coverage"]["thin_continuity"],
        ),
        memo=("coverage", query.area_level),
        window=seen,
        services=asked_services(query),
        **tables,
    )
    return schemas.valid(schemas.COVERAGE, found).sort_values(["pcode", "service"], ignore_index=True)
