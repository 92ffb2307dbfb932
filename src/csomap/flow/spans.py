"""The reports of one activity when its first or last day is moved."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from csomap.errors import BadInput


def moved(reports: Sequence[Mapping[str, Any]], ends: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Return the reports with what to set in each (`set`), whether it leaves (`gone`) and `is_last`.

    reports: start, end (days, or none) and whatever names them. ends: start and end as YYYY-MM-DD, those
    that change; an end counts as stated. A report outside the new days leaves, one across an end is cut,
    and the first and the last reach to it. Where both ends move past every report, the last one moves along.
    Raises BadInput if nothing would be left.
    """
    first, last = _day(ends.get("start")), _day(ends.get("end"))
    told = [{**one, "set": {}, "gone": _is_outside(one, first, last)} for one in reports]
    kept = [one for one in told if not one["gone"]] or (_newest(told) if first and last else [])
    if not kept:
        raise BadInput("activity_days")
    begins, ceases = min(map(_start, kept)), max(map(_end, kept))
    for one in kept:
        if "start" in ends and (first is None or _start(one) < first or _start(one) == begins):
            one["set"]["start"] = ends["start"]
        if "end" in ends and (last is None or _end(one) > last or _end(one) == ceases):
            one["set"] |= {"end": ends["end"], "end_is_stated": last is not None}
    for one in told:
        one["is_last"] = not one["gone"] and _end(one) == ceases
    return told


def outside(reports: Sequence[Mapping[str, Any]], ends: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Return those of the reports that lie outside the new days, as `moved` returns what leaves."""
    first, last = _day(ends.get("start")), _day(ends.get("end"))
    gone = {"set": {}, "gone": True, "is_last": False}
    return [{**one, **gone} for one in reports if _is_outside(one, first, last)]


def _is_outside(one: Mapping[str, Any], first: pd.Timestamp | None, last: pd.Timestamp | None) -> bool:
    return (first is not None and _end(one) < first) or (last is not None and _start(one) > last)


def _newest(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    newest = [one for one in told if _end(one) == max(map(_end, told))]
    for one in newest:
        one["gone"] = False
    return newest


def _day(text: str | None) -> pd.Timestamp | None:
    return pd.Timestamp(text) if text else None


def _start(one: Mapping[str, Any]) -> pd.Timestamp:
    return pd.Timestamp.min if pd.isna(one["start"]) else one["start"]


def _end(one: Mapping[str, Any]) -> pd.Timestamp:
    return pd.Timestamp.max if pd.isna(one["end"]) else one["end"]
