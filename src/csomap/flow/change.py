"""Two windows, two imports, or a kept baseline and now: what became of who is where."""

import datetime as dt
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import pandas as pd

from csomap.analysis import change, presence
from csomap.analysis.questions import asked_services, finest
from csomap.engine import run
from csomap.errors import BadInput
from csomap.flow.alone import load_import
from csomap.flow.baselines import baseline_named
from csomap.flow.live import Data
from csomap.flow.questions import find_coverage, window
from csomap.flow.renamed import Names
from csomap.settings import Settings, rules
from csomap.store.baselines import Baselines
from csomap.tables import known
from csomap.tables.query import Query

# Of the columns of activities, those that say who is counted where.
_LOOKED_AT = [
    *("organisation", "organisation_type", "service", "population_group", "pcode"),
    *("status", "start", "end"),
]


Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Side:
    """One side of a comparison: data, and its window (days, both inclusive; None: that of the query).

    unreported: what was asked before and after it and no report reaches; odd: the month between what was
    asked and a half of it that has no counterpart in the other half.
    """

    data: Data
    start: dt.date | None = None
    end: dt.date | None = None
    unreported: tuple[Days, ...] = ()
    odd: dt.date | None = None

    def asked(self, query: Query) -> Query:
        """Return the query for this side, its levels at least as fine as its filters."""
        own = query.but(start=self.start, end=self.end) if self.start else query
        return finest(window(self.data, own.checked()))


def find_change(before: Side, now: Side, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return CHANGE: a row for each area and service of the query, silent ones too.

    Each window is cut as `reported_side` does. Raises BadInput for a query that does not hold together,
    and where a side has no date.
    """
    sides = [reported_side(side, query) for side in (before, now)]
    questions = [(side.data, side.asked(query)) for side in sides]
    earlier, later = (find_coverage(data, asked, lang) for data, asked in questions)
    left, right = (find_present(data, asked) for data, asked in questions)
    found = change.change(earlier, later, left, right, rules()["change"]["least"])
    return found.sort_values(["pcode", "service"], ignore_index=True)


def find_usual_change(data: Data, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return CHANGE of `usual_sides`; raises BadInput where there is but one month."""
    sides = usual_sides(data, query)
    if sides is None:
        raise BadInput("change_one_month")
    return find_change(*sides, query, lang)


def find_present(data: Data, query: Query, *, coarser: bool = False) -> pd.DataFrame:
    """Return pcode, service, organisation: who is counted in each cell of the coverage of a query.

    With `coarser`, also who is in a place that is told only above the level of the query.
    """
    asked = finest(window(data, query))

    def expression(activities: ir.Table, services: ir.Table, **wanted: ir.Value) -> ir.Table:
        window_of = presence.asked(activities, **wanted)
        return change.present(window_of, services, area_level=asked.area_level, coarser=coarser)

    return run(
        expression,
        memo=("present", coarser, asked.area_level),
        activities=data.activities[_LOOKED_AT],
        services=asked_services(asked).drop(columns="svc_chain"),
        **presence.values(asked),
    )


def import_side(settings: Settings, import_id: str) -> Side:
    """Return one import alone, in the window that it reports on (at most 12 months, the newest)."""
    data = load_import(settings, import_id)
    return Side(data, *own_window(data))


def baseline_side(settings: Settings, data: Data, name: str) -> Side:
    """Return a kept baseline in its own window, its organisations as they are called in `data`.

    Raises BadInput for a name that is not kept, and for a baseline of the fictional sample beside real data.
    """
    held = baseline_named(settings, name)
    told = held.answer
    if told["is_sample"] != data.is_sample:
        raise BadInput("baseline_sample", name=name)
    frozen, names = Baselines(settings).activities(held), Names(data)
    now = {one: names.now(one) for one in frozen["organisation"].unique()}
    activities = frozen.assign(organisation=frozen["organisation"].map(now).astype("str"))
    part = replace(
        data,
        reports=activities,
        activities=activities,
        names=told["sources"],
        as_of=dt.date.fromisoformat(told["as_of"]),
        version=f"baseline-{told['file']}-{data.version}",
    )
    return Side(part, dt.date.fromisoformat(told["start"]), dt.date.fromisoformat(told["end"]))


def own_window(data: Data) -> tuple[dt.date, dt.date]:
    """Return the months that data reports on, at most the 12 newest; raises BadInput without a date."""
    seen = window(data, Query())
    days = data.activities["start"].fillna(data.activities["end"]).dropna()
    first = max(days.min().date().replace(day=1), seen.start or dt.date.min)
    return first, seen.end or known.last_day(first)


def reported_side(side: Side, query: Query) -> Side:
    """Return a side in its own window or that of the query, cut to the months that its data reports on.

    Months that nobody reported are no months without presence. A window of which nothing is reported stays:
    every area is silent in it. Raises BadInput as `find_change`.
    """
    asked = side.asked(query)
    first = known.oldest_month(side.data.reports, side.data.as_of)
    newest = known.newest_month(side.data.reports, side.data.as_of)
    if not (asked.start and asked.end and first and newest):
        return side
    last = known.last_day(newest)
    start, end = max(asked.start, first), min(asked.end, last)
    if start > end:
        return replace(side, start=asked.start, end=asked.end)
    day = dt.timedelta(days=1)
    cut = ((asked.start, start - day), (end + day, asked.end))
    left = tuple(days for days in cut if days[0] <= days[1])
    return replace(side, start=start, end=end, unreported=(*side.unreported, *left))


def usual_sides(data: Data, query: Query) -> tuple[Side, Side] | None:
    """Return the window before the query's beside it if it is reported from its first month on, else halves.

    The window is cut to reported months. Of an odd number of months the first is left out (`odd`): the halves
    are equally long. None where there is but one month to compare. Raises BadInput if no report has a date.
    """
    seen = reported_side(Side(data), query)
    first, last = pd.Period(seen.start, "M"), pd.Period(seen.end, "M")
    months = (last - first).n + 1
    oldest = known.oldest_month(data.reports, data.as_of)
    if oldest is not None and pd.Period(oldest, "M") <= first - months:
        return _in(Side(data), first - months, first - 1), _in(seen, first, last)
    if months < 2:
        return None
    middle = last - months // 2
    odd = first.start_time.date() if months % 2 else None
    earlier = _in(replace(seen, odd=odd), first + months % 2, middle)
    return earlier, _in(Side(data), middle + 1, last)


def _in(side: Side, first: pd.Period, last: pd.Period) -> Side:
    return replace(side, start=first.start_time.date(), end=last.end_time.date())
