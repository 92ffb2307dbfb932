"""What ends next, who stopped reporting, and who could take over."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from csomap.analysis import endings, handover
from csomap.engine import run
from csomap.flow.live import Data
from csomap.flow.outlook import Asked, asked_of, later
from csomap.settings import rules
from csomap.tables import schemas
from csomap.tables.query import AreaLevel, Query
from csomap.tables.transition_schemas import COMING_GAPS, ENDINGS, HANDOVER

_ORDER = ["horizon_months", "ends", "pcode", "service", "population_group", "org_ids_leaving"]
_AHEAD = 12  # months that the timeline tells


def find_coming_gaps(data: Data, query: Query) -> pd.DataFrame:
    """Return COMING_GAPS: what falls to zero in the next months by stated ends, and who stopped reporting.

    The filters choose whose work may end, and nothing ends where others go on; who stays and who could take
    over is looked for among all activities. A period is no filter here: `query.as_of` says from which day on,
    by default the last day of the newest reported month. Raises BadInput if no report has a date, and for the
    area level site.
    """
    asked = asked_of(data, query)
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
    asked = asked_of(data, query)
    months = row["horizon_months"]
    one = pd.DataFrame(
        {
            "nth": [0],
            "svc": [row["service"]],
            "area": [row["pcode"]],
            "group": [row["population_group"]],
            "day": [asked.as_of if pd.isna(months) else later(asked.as_of, int(months))],
            "org_ids_leaving": [row["org_ids_leaving"]],
        }
    )
    found = _handover(asked, one)
    heard = found["told"].mask(found["told"] > asked.newest, asked.newest)
    told = found.assign(
        where=found["where"].map(dict(enumerate(handover.WHERE))),
        same_population=found["same"].map(dict(enumerate(handover.SAME))),
        local=found["is_local"].map({True: "yes", False: "no"}),
        last_month=heard.dt.strftime("%Y-%m").fillna(""),
    )
    return schemas.valid(HANDOVER, told)


def find_endings(data: Data, query: Query) -> pd.DataFrame:
    """Return ENDINGS: how much of what goes on on the day asked for ends in which of the next 12 months.

    Every month has a row, then what ends later and what states no end; 0 where there is none.
    """
    asked = asked_of(data, query)
    until = later(asked.as_of, _AHEAD)
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


def _by_month(activities: ir.Table, services: ir.Table, days: ir.Table, *, level: AreaLevel) -> ir.Table:
    return endings.by_month(endings.standing(activities, services, level), days)


def _ending(asked: Asked) -> pd.DataFrame:
    """Return svc, area, group, horizon_months, day, ends, org_ids_leaving, kind; the filters choose who
    leaves, but nothing ends where anybody goes on."""
    days, level = _days(asked.as_of), asked.query.area_level
    found = run(
        partial(endings.ending, area_level=level),
        memo=("ending", level),
        activities=asked.everyone,
        services=asked.services,
        days=days,
    )
    cell = [*endings.CELL, "horizon_months", "day", "ends"]
    if asked.is_filtered:
        meant = run(
            partial(endings.going_on, area_level=level),
            memo=("going_on", level),
            activities=asked.seen,
            services=asked.services,
            days=days[["as_of"]].head(1),
        )
        found = found.merge(meant, on=[*endings.CELL, "organisation"])
    named = found.groupby(cell)["organisation"].agg(_listed).rename("org_ids_leaving")
    return named.reset_index().assign(kind="ending")


def _days(as_of: pd.Timestamp) -> pd.DataFrame:
    """Return as_of, horizon_months and the day so many months later, a row for each horizon of the rules."""
    horizons = list(rules()["transitions"]["horizons"])
    days = [later(as_of, months) for months in horizons]
    return pd.DataFrame({"as_of": as_of, "horizon_months": horizons, "day": days})


def _stopped(asked: Asked) -> pd.DataFrame:
    """Return the same columns; who reports other groups there, or what could be the same, has not stopped,
    whatever the filters."""
    level = asked.query.area_level
    question = partial(endings.stopped, area_level=level)
    tables = {"services": asked.services, "limit": asked.limit}
    silent = run(question, memo=("stopped", level), activities=asked.perhaps, **tables)
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


def _handover(asked: Asked, rows: pd.DataFrame) -> pd.DataFrame:
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
    return rows["nth"].map(cells).astype("str").fillna("")


def _listed(organisations: Sequence[str]) -> str:
    return ";".join(sorted(set(organisations)))
