"""One question of what ends next: its levels, its days, and the activities that it is about."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from csomap.analysis import handover
from csomap.analysis.questions import finest
from csomap.engine import run
from csomap.errors import BadInput
from csomap.flow.active import active
from csomap.flow.live import Data
from csomap.settings import rules
from csomap.tables import known
from csomap.tables.places import check_place
from csomap.tables.query import Query
from csomap.tables.steps import service_steps

# An activity has three times as many columns, and a million of them are to be moved.
_USED = [
    *("activity_id", "organisation", "organisation_type", "service", "population_group", "pcode"),
    *("status", "start", "end", "end_is_stated"),
]


@dataclass(frozen=True)
class Asked:
    """One question: its levels, its days, and the activities that it is about."""

    data: Data
    query: Query
    as_of: pd.Timestamp
    newest: pd.Timestamp

    @property
    def since(self) -> pd.Timestamp:
        """The first day of the months in which a report is new enough."""
        return self.newest.replace(day=1) - pd.DateOffset(months=_silent_months())

    @cached_property
    def seen(self) -> pd.DataFrame:
        """What passes the filters."""
        return _active(self.data, self.query)

    @cached_property
    def everyone(self) -> pd.DataFrame:
        """Whoever does this kind of work: a filter on a place must not hide who works beside it."""
        return _active(self.data, self._of_services) if self.is_filtered else self.seen

    @cached_property
    def perhaps(self) -> pd.DataFrame:
        """What is, or could be, this kind of work: reports on a sector may speak of any service in it."""
        return _active(self.data, self._of_services, coarser=True)

    @property
    def _of_services(self) -> Query:
        asked = self.query
        return Query(sector=asked.sector, topic=asked.topic, service=asked.service)

    @property
    def is_filtered(self) -> bool:
        return bool(self.query.place or self.query.population or self.query.organisation_type)

    @property
    def services(self) -> pd.DataFrame:
        return service_steps(self.query.service_level)

    @property
    def limit(self) -> pd.DataFrame:
        """The day from which a report is new enough, and the last one that can have been reported."""
        return pd.DataFrame({"since": [self.since], "newest": [self.newest]})

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


def day_asked(data: Data, query: Query) -> dt.date:
    """Return the day from which what ends next is looked at; raises BadInput if no report has a date."""
    newest = known.newest_month(data.reports, data.as_of)
    if newest is None:
        raise BadInput("no_dates")
    return query.as_of or known.last_day(newest)


def asked_of(data: Data, query: Query) -> Asked:
    """Return the question at the finest levels at which it has areas and services; raises as `day_asked`."""
    check_place(query.place)
    levelled = finest(query.checked())
    as_of = day_asked(data, query)
    newest = pd.Timestamp(day_asked(data, query.but(as_of=None)))
    return Asked(data, levelled, pd.Timestamp(as_of), newest)


def _silent_months() -> int:
    return int(rules()["transitions"]["silent_months"])


def later(day: pd.Timestamp, months: int) -> pd.Timestamp:
    """Return the day so many months later; the last day of a shorter month."""
    return day + pd.DateOffset(months=months)


def _active(data: Data, query: Query, *, coarser: bool = False) -> pd.DataFrame:
    whole = query.but(start=None, end=None)
    return active(data.activities[_USED], whole, coarser=coarser)
