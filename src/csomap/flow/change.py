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


@dataclass(frozen=True)
class Side:
    """One side of a comparison: data, and its window (days, both inclusive; None: that of the query)."""

    data: Data
    start: dt.date | None = None
    end: dt.date | None = None

    def asked(self, query: Query) -> Query:
        """Return the query for this side, its levels at least as fine as its filters."""
        own = query.but(start=self.start, end=self.end) if self.start else query
        return finest(window(self.data, own.checked()))


def find_change(before: Side, now: Side, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return CHANGE: a row for each area and service of the query, silent ones too.

    Raises BadInput for a query that does not hold together, and where a side has no date.
    """
    questions = [(side.data, side.asked(query)) for side in (before, now)]
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


def find_present(data: Data, query: Query) -> pd.DataFrame:
    """Return pcode, service, organisation: who is counted in each cell of the coverage of a query."""
    asked = finest(window(data, query))

    def expression(activities: ir.Table, services: ir.Table) -> ir.Table:
        window_of = presence.asked(activities, asked)
        return change.present(window_of, services, area_level=asked.area_level)

    who = (asked.organisation_type, asked.population)
    return run(
        expression,
        memo=("present", asked.area_level, asked.start, asked.end, *who),
        activities=data.activities[_LOOKED_AT],
        services=asked_services(asked).drop(columns="svc_chain"),
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


def usual_sides(data: Data, query: Query) -> tuple[Side, Side] | None:
    """Return the window before the query's beside it if anything is reported there, else its two halves.

    None where there is but one month to compare. Raises BadInput if no report has a date.
    """
    seen = window(data, query)
    first, last = pd.Period(seen.start, "M"), pd.Period(seen.end, "M")
    months = (last - first).n + 1
    earlier = _side(data, first - months, first - 1)
    if _touches(data, first - months, first - 1):
        return earlier, _side(data, first, last)
    if months < 2:
        return None
    middle = first + months // 2
    return _side(data, first, middle - 1), _side(data, middle, last)


def _side(data: Data, first: pd.Period, last: pd.Period) -> Side:
    return Side(data, first.start_time.date(), last.end_time.date())


def _touches(data: Data, first: pd.Period, last: pd.Period) -> bool:
    """Say whether anything that is told with a date lies in some months."""
    rows = data.reports[~data.reports["status"].isin(known.NOT_ACTIVE)]
    start, end = rows["start"].fillna(rows["end"]), rows["end"].fillna(rows["start"])
    return bool(((start <= last.end_time) & (end >= first.start_time)).any())
