"""Cells to raw rows: text becomes dates and numbers, and what cannot be read is told, never guessed."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from csomap.importers import dates, numbers
from csomap.importers.body import Body
from csomap.importers.cells import NOT_GIVEN, each, has_no_value, letter
from csomap.importers.dates import Period
from csomap.importers.layout import Layout
from csomap.importers.numbers import Number
from csomap.importers.problems import NOTE, REJECTED, Problems
from csomap.tables.schemas import RAW, columns, valid

Days = tuple[dt.date, dt.date]
Found = TypeVar("Found", Number, Period)
Span = tuple[dt.date | None, dt.date | None, bool]

_NUMBERS: dict[str, Callable[[str], Number]] = {
    "latitude": numbers.read_latitude,
    "longitude": numbers.read_longitude,
    "targeted": numbers.read_amount,
    "reached": numbers.read_amount,
    "value_usd": numbers.read_amount,
}
_NOT_TEXT = {"source_row", "start", "end", "end_is_stated", "other", "rejected", *_NUMBERS}
_TEXTS = [name for name in columns(RAW) if name not in _NOT_TEXT]
_LIST_SEPARATORS = re.compile("[;؛]")


def read(layout: Layout, period: Days | None, problems: Problems) -> tuple[pd.DataFrame, list[str]]:
    """Return the raw rows (RAW) of a sheet and the headers that no field takes.

    `period` dates the rows that have no date of their own. Rows with a fault that only their
    author can mend stay, marked as rejected; every fault goes to `problems`.
    """
    body = Body(layout, problems)
    content: dict[str, object] = {"source_row": body.numbers}
    content |= {field: _texts(body, field) for field in _TEXTS}
    content |= {field: _amounts(body, field) for field in _NUMBERS}
    content |= _dated(body, period)
    unmapped = body.unmapped()
    content["other"] = _other(body, unmapped)
    frame = pd.DataFrame(content, index=range(len(body.numbers)))
    _tell_nameless(frame, layout, problems)
    frame["rejected"] = frame["source_row"].isin(list(problems.rejected))
    return valid(RAW, frame), [body.name(index) for index in unmapped]


def _texts(body: Body, field: str) -> list[str]:
    layout = body.layout
    if field not in layout.columns:
        return [layout.profile.constants.get(field, "")] * len(body.numbers)
    texts = body.texts(layout.columns[field], REJECTED, REJECTED)
    return each(texts, _list if layout.profile.columns[field].kind == "list" else _given)


def _given(text: str) -> str:
    """Return the text, or "" where it only says that there is nothing to say: N/A, -."""
    return "" if text.casefold() in NOT_GIVEN else text


def _list(text: str) -> str:
    return ";".join(sorted({_given(item.strip()) for item in _LIST_SEPARATORS.split(text)} - {""}))


def _amounts(body: Body, field: str) -> pd.Series:
    found = _parsed(body, field, _NUMBERS[field], Number(), NOTE)
    return pd.Series([number.value for number in found], dtype=float)


def _parsed(body: Body, field: str, read: Callable[[str], Found], nothing: Found, effect: str) -> list[Found]:
    if field not in body.layout.columns:
        return [nothing] * len(body.numbers)
    texts = body.texts(body.layout.columns[field], REJECTED, effect)
    found = each(texts, lambda text: nothing if has_no_value(text) else read(text))
    header = body.layout.header(field)
    for number, text, item in zip(body.numbers, texts, found, strict=True):
        if item.fault:
            body.problems.add(number, header, text, item.fault, effect, item.hint)
    return found


def _dated(body: Body, period: Days | None) -> dict[str, object]:
    month = body.layout.profile.month_is_report
    starts = _parsed(body, "start", dates.read_month if month else dates.read, Period(), REJECTED)
    ends = _parsed(body, "end", dates.read, Period(), REJECTED)
    alone = "end" not in body.layout.columns
    spans = [_span(start, end, alone) for start, end in zip(starts, ends, strict=True)]
    _tell_reversed(body, spans)
    if period:
        undated = [start == end == Period() for start, end in zip(starts, ends, strict=True)]
        spans = [(*period, False) if empty else span for span, empty in zip(spans, undated, strict=True)]
    return {
        "start": _days([span[0] for span in spans]),
        "end": _days([span[1] for span in spans]),
        "end_is_stated": [span[2] for span in spans],
    }


def _span(start: Period, end: Period, month_alone: bool) -> Span:
    """Return first day, last day and whether the end is stated; a report of one month states none."""
    if start.is_month and (month_alone or start == end):
        return start.first, start.last, False
    return start.first, end.last, end.last is not None


def _days(days: list[dt.date | None]) -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(days, dtype=object))).astype("datetime64[us]")


def _tell_reversed(body: Body, spans: list[Span]) -> None:
    for number, (start, end, _) in zip(body.numbers, spans, strict=True):
        if start and end and start > end:
            told = f"{start.isoformat()} > {end.isoformat()}"
            body.problems.add(number, body.layout.header("start"), told, "start_after_end", REJECTED)


def _tell_nameless(frame: pd.DataFrame, layout: Layout, problems: Problems) -> None:
    named = frame[["source_row", "organisation", "organisation_acronym"]]
    for number, name, acronym in named.itertuples(index=False):
        if not any(letter.isalnum() for letter in name + acronym):
            problems.add(number, layout.header("organisation"), name, "organisation_missing", REJECTED)


def _other(body: Body, unmapped: list[int]) -> list[str]:
    values = [body.texts(index, NOTE, NOTE) for index in unmapped]
    names = [body.name(index) for index in unmapped]
    # Two columns of one name must not hide each other.
    names = [f"{n} ({letter(i)})" if names.count(n) > 1 else n for i, n in zip(unmapped, names, strict=True)]
    if not values:
        return [""] * len(body.numbers)
    stated = ({n: v for n, v in zip(names, row, strict=True) if v} for row in zip(*values, strict=True))
    return [json.dumps(row, ensure_ascii=False) if row else "" for row in stated]
