"""What ends next, who stopped reporting, and who could take over."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from csomap.analysis import endings, handover
from csomap.analysis.questions import finest
from csomap.engine import run
from csomap.errors import BadInput
from csomap.flow.live import Data
from csomap.matching.levels import active
from csomap.settings import rules
from csomap.tables import known, schemas
from csomap.tables.places import check_place
from csomap.tables.query import AreaLevel, Query
from csomap.tables.steps import service_steps
from csomap.tables.transition_schemas import COMING_GAPS, ENDINGS, HANDOVER

_ORDER = ["horizon_months", "ends", "pcode", "service", "population_group", "org_ids_leaving"]
# An activity has three times as many columns, and a million of them are to be moved.
_USED = [
    *("activity_id", "organisation", "organisation_type", "service", "population_group", "pcode"),
    *("status", "start", "end", "end_is_stated"),
]
_AHEAD = 12  # months that the timeline tells


@dataclass(frozen=True)
class _Asked:
    """One question: its levels, its days, and the activities that it is about."""

    data: Data
    query: Query
    as_of: pd.Timestamp
    since: pd.Timestamp

    @cached_property
    def seen(self) -> pd.DataFrame:
        """What passes the filters."""
        return _active(self.data, self.query)

    @cached_property
    def everyone(self) -> pd.DataFrame:
        """Whoever does this kind of work: a filter on a place must not hide who works beside it."""
        asked = self.query
        of_services = Query(sector=asked.sector, topic=asked.topic, service=asked.service)
        return _active(self.data, of_services) if self.is_filtered else self.seen

    @property
    def is_filtered(self) -> bool:
        return bool(self.query.place or self.query.population or self.query.organisation_type)

    @property
    def services(self) -> pd.DataFrame:
        return service_steps(self.query.service_level)

    @property
    def limit(self) -> pd.DataFrame:
        return pd.DataFrame({"since": [self.since]})

    @cached_property
    def given(self) -> pd.DataFrame:
        """Who is known to give which service where."""
        level = self.query.area_level
        return run(
            partial(handover.giving, area_level=level, local=rules()["transitions"]["local"]),
            memo=("giving", level),
            activities=self.everyone,
            services=self.services,
            limit=self.limit,
        )


def find_coming_gaps(data: Data, query: Query) -> pd.DataFrame:
    """Return COMING_GAPS: what falls to zero in the next months by stated ends, and who stopped reporting.

    The filters choose what may end; who stays and who could take over is looked for among all activities.
    A period is no filter here: `query.as_of` says from which day on, by default the last day of the newest
    reported month. Raises BadInput if no report has a date, and for the area level site.
    """
    asked = _asked(data, query)
    rows = pd.concat([_ending(asked), _stopped(asked)], ignore_index=True).assign(
        nth=lambda rows: range(len(rows))
    )
    stays = run(handover.staying, memo="staying", rows=_keyed(rows), given=asked.given)
    ranked = _handover(asked, rows)
    told = rows.assign(
        org_ids_staying=_joined(rows, stays.sort_values("organisation"), "organisation"),
        candidates=_joined(rows, ranked, "org_id"),
    )
    named = told.rename(columns={"svc": "service", "area": "pcode", "group": "population_group"})
    return schemas.valid(COMING_GAPS, named).sort_values(_ORDER, ignore_index=True)


def find_handover(data: Data, query: Query, row: "pd.Series[Any]") -> pd.DataFrame:
    """Return HANDOVER for one row of COMING_GAPS of the same query: who could take over, best first."""
    asked = _asked(data, query)
    months = row["horizon_months"]
    one = pd.DataFrame(
        {
            "nth": [0],
            "svc": [row["service"]],
            "area": [row["pcode"]],
            "group": [row["population_group"]],
            "day": [asked.as_of if pd.isna(months) else _later(asked.as_of, int(months))],
            "org_ids_leaving": [row["org_ids_leaving"]],
        }
    )
    found = _handover(asked, one)
    newest = asked.since + pd.DateOffset(months=_silent() + 1, days=-1)
    told = found.assign(
        where=found["where"].map(dict(enumerate(handover.WHERE))),
        same_population=found["same"].map(dict(enumerate(handover.SAME))),
        local=found["is_local"].map({True: "yes", False: "no"}),
        last_month=found["told"].where(found["told"] <= newest, newest).dt.strftime("%Y-%m"),
    )
    return schemas.valid(HANDOVER, told)


def find_endings(data: Data, query: Query) -> pd.DataFrame:
    """Return ENDINGS: how much of what goes on on the day asked for ends in which of the next 12 months.

    Every month has a row, then what ends later and what states no end; 0 where there is none.
    """
    asked = _asked(data, query)
    until = _later(asked.as_of, _AHEAD)
    level = asked.query.area_level
    found = run(
        partial(_by_month, level=level),
        memo=("by_month", level),
        activities=asked.seen,
        services=asked.services,
        days=pd.DataFrame({"as_of": [asked.as_of], "until": [until]}),
    )
    months = pd.date_range(asked.as_of.replace(day=1), until, freq="MS")
    every = [*((month, "stated") for month in months), (pd.NaT, "later"), (pd.NaT, "not_stated")]
    rows = pd.DataFrame(every, columns=["month", "kind"]).merge(found, on=["month", "kind"], how="left")
    return schemas.valid(ENDINGS, rows.fillna({"activities": 0, "organisations": 0}))


def day_asked(data: Data, query: Query) -> dt.date:
    """Return the day from which what ends next is looked at; raises BadInput if no report has a date."""
    newest = known.newest_month(data.reports, data.as_of)
    if newest is None:
        raise BadInput("no_dates")
    return query.as_of or known.last_day(newest)


def _by_month(activities: ir.Table, services: ir.Table, days: ir.Table, *, level: AreaLevel) -> ir.Table:
    return endings.by_month(endings.standing(activities, services, level), days)


def _asked(data: Data, query: Query) -> _Asked:
    check_place(query.place)
    levelled = finest(query.checked())
    as_of = day_asked(data, query)
    newest = pd.Timestamp(day_asked(data, query.but(as_of=None))).replace(day=1)
    return _Asked(data, levelled, pd.Timestamp(as_of), newest - pd.DateOffset(months=_silent()))


def _silent() -> int:
    return int(rules()["transitions"]["silent_months"])


def _later(day: pd.Timestamp, months: int) -> pd.Timestamp:
    return day + pd.DateOffset(months=months)


def _active(data: Data, query: Query) -> pd.DataFrame:
    whole = query.but(start=None, end=None)
    return run(partial(active, query=whole), activities=data.activities[_USED])


def _ending(asked: _Asked) -> pd.DataFrame:
    """Return svc, area, group, horizon_months, day, ends, org_ids_leaving, kind."""
    horizons = list(rules()["transitions"]["horizons"])
    days = pd.DataFrame(
        {
            "as_of": asked.as_of,
            "horizon_months": horizons,
            "day": [_later(asked.as_of, months) for months in horizons],
        }
    )
    level = asked.query.area_level
    found = run(
        partial(endings.ending, area_level=level),
        memo=("ending", level),
        activities=asked.seen,
        services=asked.services,
        days=days,
    )
    cell = [*endings.CELL, "horizon_months", "day", "ends"]
    named = found.groupby(cell)["organisation"].agg(_listed).rename("org_ids_leaving")
    return named.reset_index().assign(kind="ending")


def _stopped(asked: _Asked) -> pd.DataFrame:
    """Return the same columns; who reports other groups there has not stopped, whatever the filters."""
    level = asked.query.area_level
    question = partial(endings.stopped, area_level=level)
    tables = {"services": asked.services, "limit": asked.limit}
    silent = run(question, memo=("stopped", level), activities=asked.everyone, **tables)
    if asked.is_filtered:
        key = ["svc", "area", "organisation"]
        meant = run(question, memo=("stopped", level), activities=asked.seen, **tables)
        silent = silent.merge(meant[key], on=key)
    return silent.assign(
        group="",
        horizon_months=float("nan"),
        day=asked.as_of,
        ends=silent["told"] + pd.offsets.MonthEnd(0),
        org_ids_leaving=silent["organisation"],
        kind="stopped_reporting",
    )


def _handover(asked: _Asked, rows: pd.DataFrame) -> pd.DataFrame:
    """Return nth, org_id, rank, where, same, is_local, activities, told of each row, in order of rank."""
    leaving = rows[["nth", "org_ids_leaving"]].assign(organisation=rows["org_ids_leaving"].str.split(";"))
    found = run(
        handover.handover,
        memo="handover",
        rows=_keyed(rows).assign(group=rows["group"]),
        leaving=leaving.explode("organisation")[["nth", "organisation"]],
        given=asked.given,
        scope=handover.around(asked.query.area_level),
        related=handover.same_populations(rows["group"].unique(), asked.given["population_group"].unique()),
    )
    return found.sort_values(["nth", "rank"], ignore_index=True)


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["nth", "svc", "area", "day"]]


def _joined(rows: pd.DataFrame, found: pd.DataFrame, column: str) -> "pd.Series[str]":
    """Return the texts of `column` of each row in their order, joined by ;."""
    cells = found.groupby("nth")[column].agg(";".join)
    return rows["nth"].map(cells).fillna("").astype("str")


def _listed(organisations: Sequence[str]) -> str:
    return ";".join(sorted(set(organisations)))
