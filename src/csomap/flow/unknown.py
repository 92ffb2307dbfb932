"""How much is not known: how completely organisations report, and the holes in what they do."""

import datetime as dt
from functools import partial

import pandas as pd

from csomap.analysis import presence, reporting, unknown
from csomap.analysis.org_months import told_areas
from csomap.engine import run
from csomap.flow.live import Data
from csomap.flow.questions import window
from csomap.matching.levels import clipped, filtered
from csomap.settings import rules
from csomap.tables import fairness_schemas, known, schemas
from csomap.tables.places import areas_within, level_of
from csomap.tables.query import AreaLevel, Query
from csomap.tables.wanted import days, wanted

_DATED = ["organisation", "status", "start", "end", "end_is_stated"]
_FILTERED = ["organisation", "organisation_type", "service", "population_group", "pcode", "status"]
_MEANT = [*_FILTERED, "final_id", "site_key", "start", "end", "end_is_stated", "characteristic"]
_IN_REPORTS = ("service", "group", "dates", "ends")


def find_reporting(data: Data, query: Query) -> pd.DataFrame:
    """Return REPORTING: the organisations that pass the filters, those that usually report first.

    A month counts as told whatever its report speaks of: an organisation that reports on another service or
    place is not silent. Raises BadInput if no report has a date.
    """
    asked = window(data, query.checked())
    newest = known.newest_month(data.reports, data.as_of)
    first, last = asked.start, asked.end
    if newest is None or first is None or last is None:
        return schemas.none(fairness_schemas.REPORTING)
    told = run(
        partial(reporting.told_months, newest=newest),
        memo=("told_months", newest),
        reports=data.reports[_DATED],
    )
    meant = _organisations(data, query)
    kept = told if meant is None else told[told["organisation"].isin(meant)]
    return reporting.completeness(kept, first, last, newest, **rules()["reporting"])


def _organisations(data: Data, query: Query) -> set[str] | None:
    """Return who does something that passes the filters, whenever; None where there are no filters."""
    if not any(_filters(query)):
        return None
    found = run(
        lambda activities, **asked: filtered(activities, **asked).select("organisation").distinct(),
        memo="who",
        activities=data.activities[_FILTERED],
        **wanted(query),
    )
    return set(found["organisation"])


def _filters(query: Query) -> tuple[str, ...]:
    return query.finest_service, query.population, query.place, query.organisation_type


def find_unknown(data: Data, query: Query) -> pd.DataFrame:
    """Return UNKNOWN: the holes in what could be meant by the query, each as missing of how many.

    unlocated counts activities at the query's area level, without those whose place is never shown finer;
    service, group, dates and ends count reports, both those that are, or could be, what is asked; months
    those of the window of which no such report tells; silent_months the months of organisations that usually
    report (`find_reporting`); silent_1 to silent_3 the areas without any report of any sector; waiting the
    rows that wait for a person. Raises BadInput if no report has a date.
    """
    asked = window(data, query.checked())
    holes = [*_unsaid(data, asked), *_silent_months(data, asked), *_silent_areas(data, asked)]
    holes.append(("waiting", data.waiting, data.waiting + len(data.reports)))
    rows = pd.DataFrame(holes, columns=["what", "missing", "of"])
    share = rows["missing"] / rows["of"].where(rows["of"] > 0)
    return schemas.valid(fairness_schemas.UNKNOWN, rows.assign(share=share.astype(float)))


def _unsaid(data: Data, query: Query) -> list[tuple[str, int, int]]:
    """Return what is left unsaid by the reports that are, or could be, what is asked."""
    meant = run(
        lambda reports, **asked: filtered(reports.filter(~reports.status.isin(known.NOT_ACTIVE)), **asked),
        memo="meant",
        reports=data.reports[_MEANT],
        **wanted(query, coarser=True),
    )
    counted = run(
        lambda reports, **window_: unknown.unsaid(clipped(reports, **window_), query.area_level),
        memo=("unsaid", query.area_level),
        reports=meant,
        **days(query),
    ).iloc[0]
    holes = [(what, int(counted[what]), int(counted["reports"])) for what in _IN_REPORTS]
    return [
        ("unlocated", int(counted["unlocated"]), int(counted["activities"])),
        *holes,
        ("months", *_months_without(meant, query)),
    ]


def _silent_months(data: Data, query: Query) -> list[tuple[str, int, int]]:
    rows = find_reporting(data, query)
    usual = rows[rows["usual"]]
    expected = int(usual["expected"].sum())
    return [("silent_months", expected - int(usual["told"].sum()), expected)]


def _months_without(meant: pd.DataFrame, query: Query) -> tuple[int, int]:
    """Count the months of the window of which no such report tells, and all months."""
    last = query.end or dt.date.max
    told = run(partial(reporting.told_months, newest=last), memo=("told_months", last), reports=meant[_DATED])
    window_ = pd.period_range(query.start, query.end, freq="M")
    asked = [month.year * 12 + month.month - 1 for month in window_]
    return len(set(asked) - set(told["month"])), len(asked)


def _silent_areas(data: Data, query: Query) -> list[tuple[str, int, int]]:
    seen = run(
        lambda activities, **window_: presence.in_window(activities, **window_).select("pcode"),
        memo="in_window",
        activities=data.activities[["pcode", "start", "end"]],
        **days(query),
    )
    return [_silent(seen, query, level) for level in _levels(query)]


def _silent(seen: pd.DataFrame, query: Query, level: AreaLevel) -> tuple[str, int, int]:
    told = run(partial(told_areas, area_level=level), memo=("told", level), window=seen)
    areas = areas_within(level, query.place)
    return f"silent_{level}", len(set(areas) - set(told["area"])), len(areas)


def _levels(query: Query) -> list[AreaLevel]:
    """Return the levels inside the query's place at which areas are named, coarsest first."""
    own = level_of(query.place) if query.place else "1"
    levels: list[AreaLevel] = ["1", "2"]
    return [level for level in levels if level >= own] or ["3"]
