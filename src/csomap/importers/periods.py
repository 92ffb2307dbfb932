"""The days that rows tell of: from the texts of start and end to first day, last day, and what is stated."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csomap.importers import dates
from csomap.importers.body import Body
from csomap.importers.cells import has_no_value
from csomap.importers.dates import Period
from csomap.importers.problems import REJECTED
from csomap.tables.distinct import Answers

Days = tuple[dt.date, dt.date]
_PLAIN_DAY = r"^\d{4}-\d{2}-\d{2}$"


@dataclass
class _Read:
    """What one column says of time, row by row."""

    first: npt.NDArray[np.datetime64]
    last: npt.NDArray[np.datetime64]
    is_month: npt.NDArray[np.bool_]
    fault: npt.NDArray[np.bool_]

    @property
    def is_empty(self) -> npt.NDArray[np.bool_]:
        return np.isnat(self.first) & ~self.fault


def read(body: Body, period: Days | None) -> dict[str, object]:
    """Return start, end and end_is_stated of the rows of a block; `period` dates those without a date.

    A report of one month in a file without ends, or from a month to the same month, states no end.
    """
    known = body.layout.profile
    starts = _column(body, "start", dates.read_month if known.month_is_report else dates.read)
    ends = _column(body, "end", dates.read)
    if "end" not in body.fields:
        ranges = ~starts.is_month & (starts.first != starts.last)
        ends.last[ranges] = starts.last[ranges]
    one_month = starts.is_month & (_same(starts, ends) if "end" in body.fields else True)
    first, last = starts.first, np.where(one_month, starts.last, ends.last)
    stated = ~np.isnat(last) & ~_is_of_report(one_month, starts, body)
    _tell_reversed(body, first, last)
    if period:
        undated = starts.is_empty & ends.is_empty
        first, last = (
            np.where(undated, np.datetime64(day, "us"), told)
            for day, told in zip(period, (first, last), strict=True)
        )
    days = {name: day.astype("datetime64[ns]") for name, day in (("start", first), ("end", last))}
    return {**days, "end_is_stated": stated}


def _is_of_report(one_month: npt.NDArray[np.bool_], starts: _Read, body: Body) -> npt.NDArray[np.bool_]:
    """Tell where the end is that of the period reported on: nothing is said of when the work ends."""
    if body.layout.profile.end_is_report:
        return np.ones(len(one_month), dtype=bool)
    several = starts.last - starts.first > np.timedelta64(31, "D")
    return one_month & ~(several & (not body.layout.profile.month_is_report))


def _same(starts: _Read, ends: _Read) -> npt.NDArray[np.bool_]:
    days = (starts.first == ends.first) & (starts.last == ends.last)
    same: npt.NDArray[np.bool_] = days & (starts.is_month == ends.is_month) & ~ends.fault
    return same


def _column(body: Body, field: str, work: Callable[..., Period]) -> _Read:
    if field not in body.fields:
        return _spread([Period()], np.zeros(len(body.numbers), dtype=np.intp))
    found = body.texts(field, REJECTED, REJECTED)
    texts, codes = found.texts.to_pylist(), found.codes
    plain = {} if body.layout.profile.month_is_report and field == "start" else _days_of(found.texts)
    periods = [plain.get(place) or _period(text, work) for place, text in enumerate(texts)]
    where = Answers(periods, codes).where(lambda one: one.fault)
    told = [periods[code] for code in codes[where]]
    values = [texts[code] for code in codes[where]]
    body.tell(field, where, values, [one.fault for one in told], REJECTED, [one.hint for one in told])
    return _spread(periods, codes)


def _period(text: str, work: Callable[..., Period]) -> Period:
    return Period() if has_no_value(text) else work(text)


def _days_of(texts: pa.Array) -> dict[int, Period]:
    """Return by their places the texts that are plainly a day (2021-01-31), read all at once."""
    shaped = pc.if_else(pc.match_substring_regex(texts, _PLAIN_DAY), texts, None)
    days = pd.to_datetime(pd.Series(shaped.to_pandas()), format="%Y-%m-%d", errors="coerce")
    known = days[days.dt.year.between(dates.FIRST_YEAR, dates.LAST_YEAR)]
    return {int(place): Period(day, day) for place, day in zip(known.index, known.dt.date, strict=True)}


def _spread(periods: list[Period], codes: npt.NDArray[np.int64]) -> _Read:
    days = partial(np.array, dtype="datetime64[us]")
    return _Read(
        days([one.first for one in periods])[codes],
        days([one.last for one in periods])[codes],
        np.array([one.is_month for one in periods], dtype=bool)[codes],
        np.array([bool(one.fault) for one in periods], dtype=bool)[codes],
    )


def _tell_reversed(body: Body, first: npt.NDArray[np.datetime64], last: npt.NDArray[np.datetime64]) -> None:
    where = np.flatnonzero(first > last)
    told = pd.DatetimeIndex(first[where]), pd.DatetimeIndex(last[where])
    values = [f"{start:%Y-%m-%d} > {end:%Y-%m-%d}" for start, end in zip(*told, strict=True)]
    body.tell("start", where, values, "start_after_end", REJECTED)
