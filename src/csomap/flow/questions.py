"""From activities to answers: each table of the contract for one query."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd

from csomap.analysis import presence
from csomap.analysis.coverage import coverage
from csomap.analysis.questions import asked_areas, asked_services, finest, ranked
from csomap.engine import run
from csomap.errors import BadInput
from csomap.flow.blocks import has_codes, overlaps_of, trees
from csomap.flow.evidence import find_evidence
from csomap.flow.live import Data
from csomap.flow.near import pairs_near
from csomap.flow.verdicts import judged
from csomap.matching import pairs
from csomap.matching.grouped import possible_by_cell
from csomap.matching.levels import active, filtered
from csomap.settings import rules
from csomap.tables import known, schemas
from csomap.tables.places import check_place, regions
from csomap.tables.query import Query

TABLES = (
    *("reports", "activities", "overlaps", "pairs", "evidence", "coverage", "gaps", "regions"),
    "organisations",
)
# What the analysis carries and the tables of semantics 5 do not name.
_NOT_TOLD = {"final_id", "site_key", "review", "end_is_stated", "targeted_sum", "reached_sum"}


def analyse(data: Data, table: str, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return one of TABLES for a query; columns as in the schema of that name.

    Raises BadInput for a table, code or level that does not exist.
    """
    makers = {
        "reports": lambda: _listed(data.reports, query, _NOT_TOLD),
        "activities": lambda: _listed(data.activities, query, _NOT_TOLD - {"end_is_stated"}),
        "overlaps": lambda: find_overlaps(data, query),
        "pairs": lambda: find_pairs(data, query),
        "evidence": lambda: find_evidence(data, query, find_overlaps(data, query)).reasons,
        "coverage": lambda: find_coverage(data, query, lang),
        "gaps": lambda: ranked(find_coverage(data, query, lang)),
        "regions": lambda: find_regions(data, query, lang),
        "organisations": lambda: _organisations(data, query),
    }
    if table not in makers:
        raise BadInput("table_unknown", value=table, known=", ".join(TABLES))
    _checked(query)
    return makers[table]()


def _checked(query: Query) -> Query:
    check_place(query.place)
    return query.checked()


def _organisations(data: Data, query: Query) -> pd.DataFrame:
    """Return everybody, or those who do something that passes the filters."""
    if query == Query(
        service_level=query.service_level,
        area_level=query.area_level,
        min_days=query.min_days,
        near_km=query.near_km,
    ):
        return data.organisations
    seen = set(_listed(data.activities, query, set())["organisation"])
    return data.organisations[data.organisations["org_id"].isin(seen)].reset_index(drop=True)


def _listed(rows: pd.DataFrame, query: Query, hidden: set[str]) -> pd.DataFrame:
    """Return reports or activities that pass the filters and touch the query's days, without `hidden`."""
    kept = run(lambda rows: filtered(rows, query), rows=rows)
    if query.start:
        kept = kept[~(kept["end"] < pd.Timestamp(query.start))]
    if query.end:
        kept = kept[~(kept["start"] > pd.Timestamp(query.end))]
    shown = kept.drop(columns=list(hidden), errors="ignore")
    return shown.sort_values(["source_id", "source_row"], ignore_index=True)


def opening(data: Data, query: Query) -> Query:
    """Return the query at the finest levels at which enough of its activities are known (rules.yml)."""
    share = rules()["pages"]["known_share"]
    kept = find_active(data, query)
    return query.but(
        service_level=known.finest_service(kept, share),
        area_level=known.finest_area(kept, share, query.population),
    )


def find_active(data: Data, query: Query, *, coarser: bool = False) -> pd.DataFrame:
    """Return what is active and passes the filters (ACTIVITIES), periods clipped to the query's.

    With `coarser`, also what is known only above the filters and could be in them.
    """
    return run(lambda activities: active(activities, query, coarser=coarser), activities=data.activities)


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
    found = _pairs(run(lambda activities: active(activities, query), activities=members), query)
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
    return _coverage(data, asked, {"areas": asked_areas(asked, lang)})


def find_regions(data: Data, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return COVERAGE for the regions of geo/regions.csv, the first column named region.

    Raises BadInput for a query with a place: regions are compared over the whole country.
    """
    if query.place:
        raise BadInput("regions_place")
    asked = finest(window(data, _checked(query)).but(area_level="1"))
    areas = asked_areas(asked, lang, regions())
    found = _coverage(data, asked, {"areas": areas, "regions": regions()})
    return found.rename(columns={"pcode": "region"})


def _coverage(data: Data, query: Query, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    seen = run(lambda activities: presence.asked(activities, query), activities=data.activities)
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
