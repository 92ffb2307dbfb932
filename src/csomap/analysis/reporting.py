"""How completely organisations report: month by month, from their first report on."""

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from csomap.analysis.presence import month_of
from csomap.tables import fairness_schemas, schemas
from csomap.tables.known import NOT_ACTIVE


def told_months(reports: ir.Table, newest: dt.date) -> ir.Table:
    """Return organisation, month (months since year 0), ends for each month that one of its reports covers.

    reports: REPORTS columns; a report with one date covers the month of that date, without any none; what
    is planned or cancelled tells of no month, nor does a stated end of what lies after `newest` (the
    newest month that is reported). ends: a stated end lies in that month.
    """
    day = ibis.coalesce(_.start, _.end)
    whole = _.start.notnull() & _.end.notnull()
    dated = reports.filter(~_.status.isin(NOT_ACTIVE) & (_.organisation != "") & day.notnull())
    known = dated.mutate(first=day, last=ibis.ifelse(whole, _.end, day))
    first, last = month_of(known["first"]), month_of(known["last"])
    stated = known.end_is_stated & known.end.notnull()
    until = ibis.least(last, newest.year * 12 + newest.month - 1)
    after = ibis.range(0, until - first + 1, 1).unnest()
    spread = known.filter(first <= until).select(
        "organisation", first=first, after=after, last=last, stated=stated
    )
    months = spread.mutate(month=_["first"] + _.after)
    ends = (_.stated & (_.month == _["last"])).any()
    return months.group_by(["organisation", "month"]).agg(ends=ends)


def completeness(
    told: pd.DataFrame,
    start: dt.date,
    end: dt.date,
    newest: dt.date,
    *,
    least_months: int,
    usual: float,
) -> pd.DataFrame:
    """Return REPORTING: how many of the months from its first report on each organisation tells of.

    told: as `told_months`. expected = months of the window [start, end] from the organisation's first told
    month to `newest`, or to its last stated end where nothing is told after it; completeness = told /
    expected; usual where expected >= least_months and completeness >= usual (rules.yml). Who has no month to
    tell of, or ended before the window, is left out.
    """
    begin, last = _month(start), min(_month(end), _month(newest))
    asked = pd.DataFrame(
        [
            _of_one(str(organisation), {int(month) for month in own["month"]}, begin, until)
            for organisation, own in told.groupby("organisation")
            if max(own["month"].min(), begin) <= (until := min(last, _until(own, last)))
        ],
        columns=["org_id", "first_month", "expected", "told", "silent_months"],
    )
    share = asked["told"].astype(float) / asked["expected"].astype(float)
    often = (asked["expected"] >= least_months) & (share >= usual)
    rows = asked.assign(completeness=share, usual=often)
    order = ["usual", "completeness", "expected", "org_id"]
    ranked = rows.sort_values(order, ascending=[False, True, False, True], ignore_index=True)
    return schemas.valid(fairness_schemas.REPORTING, ranked)


def _until(own: pd.DataFrame, last: int) -> int:
    """Return the month until which one organisation is expected to report: who said that it ends, ended."""
    newest = int(own["month"].max())
    return newest if bool(own.loc[own["month"] == newest, "ends"].any()) else last


def _of_one(organisation: str, months: set[int], begin: int, last: int) -> tuple[object, ...]:
    first = min(months)
    expected = range(max(first, begin), last + 1)
    silent = [month for month in expected if month not in months]
    named = ";".join(_named(month) for month in silent)
    return organisation, _named(first), len(expected), len(expected) - len(silent), named


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _named(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
