"""What ends next and who stopped reporting, and who could take over: a naive reading of section 4."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .asked import is_active
from .trees import (
    Activity,
    Trees,
    ancestors,
    place_code,
    place_is_at,
    rolled_place,
    rolled_service,
    service_is_at,
    split,
)

Row = dict[str, Any]
Cell = tuple[str, str, str]
LOCAL = ("cso", "government", "academic", "private")
HORIZONS = (3, 6, 12)


@dataclass(frozen=True)
class EndingParams:
    """The day, the newest month (its first day), the levels, and who lies beside whom."""

    trees: Trees
    as_of: date
    newest: date
    service_level: str = "topic"
    area_level: int = 2
    beside: dict[str, set[str]] = field(default_factory=dict)


def coming_gaps(passing: list[Activity], everyone: list[Activity], params: EndingParams) -> list[Row]:
    """Return the rows; `passing` are the activities that the filters keep, their groups already cut: they say
    what may end; it ends where nobody at all is left."""
    rows = []
    for months in HORIZONS:
        day = later(params.as_of, months)
        for cell in sorted({cell for a in passing for cell in cells_of(a, params)}):
            there = [a for a in passing if cell in cells_of(a, params)]
            now = [a for a in there if goes_on(a, params.as_of)]
            others = [a for a in everyone if cell in cells_of(a, params)]
            if now and not [a for a in others if goes_on(a, day)]:
                ends = max(a["end"] for a in others if goes_on(a, params.as_of))
                rows.append(row(cell, months, day, ends, {a["organisation"] for a in now}, "ending"))
    rows += stopped(passing, everyone, params)
    return [told | around(told, everyone, params) for told in rows]


def row(cell: Cell, months: int | None, day: date, ends: date, leaving: set[str], kind: str) -> Row:
    """Return what is known of a row before anybody looks who else is there."""
    service, pcode, group = cell
    return {
        "pcode": pcode, "service": service, "population_group": group, "horizon_months": months,
        "ends": ends, "org_ids_leaving": ";".join(sorted(leaving)), "kind": kind, "day": day,
    }  # fmt: skip


def stopped(passing: list[Activity], everyone: list[Activity], params: EndingParams) -> list[Row]:
    """Return who was silent for more than two months, neither here nor in what the filters leave out."""
    silent = silent_ones(passing, params)
    overall = silent_ones(everyone, params)
    return [
        row((service, pcode, ""), None, params.as_of, month_end(overall[key]), {org}, "stopped_reporting")
        for key in sorted(silent)
        if key in overall and not [a for a in everyone if may_be(a, key, params)]
        for org, service, pcode in [key]
    ]


def may_be(a: Activity, key: tuple[str, str, str], params: EndingParams) -> bool:
    """Tell whether a report of the last months is coarser than what an organisation gave, and could be it."""
    org, service, pcode = key
    if a["organisation"] != org or not is_active(a) or not (a["start"] or a["end"]) or where(a, params):
        return False
    told = rolled_service(a["service"], params.service_level, params.trees)
    above = {"", service, *ancestors(service, params.trees.services)}
    is_new = months_between(a["end"] or a["start"], params.newest) <= 2
    return is_new and told in above and pcode.startswith(rolled_place(a, params.area_level))


def silent_ones(activities: list[Activity], params: EndingParams) -> dict[tuple[str, str, str], date]:
    """Return the newest reported day of each organisation, service and area that fell silent."""
    found = {}
    for key in {(a["organisation"], *place) for a in activities for place in where(a, params)}:
        own = [a for a in activities if key in {(a["organisation"], *place) for place in where(a, params)}]
        newest = max(a["end"] or a["start"] for a in own)
        ends_stated = {a["end"] for a in own if a["end_is_stated"]}
        if months_between(newest, params.newest) > 2 and newest not in ends_stated:
            found[key] = newest
    return found


def where(a: Activity, params: EndingParams) -> list[tuple[str, str]]:
    """Return service and area of an activity if both are known at the levels, and a date is known."""
    if not is_active(a) or not (a["start"] or a["end"]):
        return []
    service = rolled_service(a["service"], params.service_level, params.trees)
    code = place_code(a, params.area_level)
    rolled = rolled_place(a, params.area_level)
    known = service_is_at(service, params.service_level, params.trees) and len(code) >= len(rolled)
    return [(service, rolled)] if known and place_is_at(rolled, params.area_level) else []


def cells_of(a: Activity, params: EndingParams) -> set[Cell]:
    """Return the cells of an activity: one for each group, "" where none is stated."""
    return {(*place, group) for place in where(a, params) for group in split(a["population_group"]) or {""}}


def goes_on(a: Activity, day: date) -> bool:
    """Tell whether an activity is active on a day, if only stated ends end it."""
    if not is_active(a):
        return False
    begins = a["start"] or (a["end"] and a["end"].replace(day=1))
    return bool(begins) and begins <= day and not (a["end_is_stated"] and a["end"] < day)


def around(told: Row, everyone: list[Activity], params: EndingParams) -> Row:
    """Return who stays in the area and who could take over, best first."""
    giving = [a for a in everyone if is_giving(a, told, params)]
    stays = {a["organisation"] for a in giving if rolled_place(a, params.area_level) == told["pcode"]}
    taking = takers(giving, told, params)
    return {
        "org_ids_staying": ";".join(sorted(stays)),
        "candidates": ";".join(each["org_id"] for each in taking),
        "handover": taking,
    }


def is_giving(a: Activity, told: Row, params: EndingParams) -> bool:
    """Tell whether somebody is known to give the service on the day of a row: no silent one is."""
    service = rolled_service(a["service"], params.service_level, params.trees)
    if service != told["service"] or not a["pcode"] or not goes_on(a, told["day"]):
        return False
    return a["end_is_stated"] or months_between(a["end"] or a["start"], params.newest) <= 2


def takers(giving: list[Activity], told: Row, params: EndingParams) -> list[Row]:
    """Return the organisations that could take over a row, with their reasons, in order."""
    found = []
    for org in {a["organisation"] for a in giving} - split(told["org_ids_leaving"]):
        own = [(nearness(a, told["pcode"], params), a) for a in giving if a["organisation"] == org]
        near = [distance for distance, _ in own if distance is not None]
        if near:
            there = [a for distance, a in own if distance == min(near)]
            found.append(taker(org, min(near), there, told, params))
    order: Callable[[Row], Any] = lambda r: (  # noqa: E731
        r["where"], r["same"], not r["is_local"], -r["activities"], r["org_id"],
    )  # fmt: skip
    return [each | {"rank": n} for n, each in enumerate(sorted(found, key=order), start=1)]


def taker(org: str, distance: int, there: list[Activity], told: Row, params: EndingParams) -> Row:
    """Return one candidate; all is told of the nearest place."""
    return {
        "org_id": org,
        "where": distance,
        "same": min(same(told["population_group"], a, params) for a in there),
        "is_local": there[0]["organisation_type"] in LOCAL,
        "activities": len(there),
        "last": last_told(there, params),
    }


def last_told(there: list[Activity], params: EndingParams) -> date | None:
    """Return the newest day of what has begun by the newest month; nothing of what only begins later."""
    newest = month_end(params.newest)
    begun = [a for a in there if (a["start"] or a["end"].replace(day=1)) <= newest]
    return min(max(a["end"] or a["start"] for a in begun), newest) if begun else None


def nearness(a: Activity, pcode: str, params: EndingParams) -> int | None:
    """Return 0 for here, 1 for beside, 2 for the same governorate, nothing for farther away."""
    code = rolled_place(a, params.area_level)
    if code == pcode:
        return 0
    if code in params.beside.get(pcode, set()):
        return 1
    return 2 if code[:5] == pcode[:5] else None


def same(group: str, a: Activity, params: EndingParams) -> int:
    """Return 0 for the same group, 1 for not known or nested, 2 for another."""
    groups, parents = split(a["population_group"]), params.trees.groups
    if not group or not groups:
        return 1
    if group in groups:
        return 0
    nested = any(g in ancestors(group, parents) or group in ancestors(g, parents) for g in groups)
    return 1 if nested else 2


def later(day: date, months: int) -> date:
    """Return the day so many months later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, number)
        except ValueError:
            continue
    return date(day.year + years, month + 1, day.day)


def months_between(one: date, other: date) -> int:
    """Return how many months the month of `one` is before that of `other`."""
    return (other.year - one.year) * 12 + other.month - one.month


def month_end(day: date) -> date:
    """Return the last day of a month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
