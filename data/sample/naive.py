"""A plain reading of the rules of overlap at the default levels, slow and short on purpose.

It reads coded rows (the columns of the sample, with codes for words) and says which cells overlap.
"""

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from itertools import combinations
from typing import Any, NamedTuple

from world import taxonomy, topic

Row = dict[str, str]
Activity = dict[str, Any]
KEY = (
    "activity_id",
    "organisation",
    "project_id",
    "service",
    "function",
    "population_group",
    "characteristic",
    "pcode",
    "site",
)
DAY = dt.timedelta(days=1)


class Overlap(NamedTuple):
    """A run of days in one cell, and who is active in it."""

    service: str
    population_group: str
    characteristic: str
    pcode: str
    start: str
    end: str
    organisations: str


def period(start: str, end: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day; a month as a start is its first day, as an end its last."""
    first = dt.date.fromisoformat(start if len(start) == 10 else f"{start}-01") if start else None
    if len(end) != 7:
        return first, dt.date.fromisoformat(end) if end else None
    year, month = map(int, end.split("-"))
    return first, dt.date(year, month, monthrange(year, month)[1])


def split(cell: str) -> set[str]:
    return set(cell.split(";")) - {""}


def activities(rows: list[Row]) -> list[Activity]:
    """Return the reports joined while they are unbroken; without an end a report stays alone."""
    groups = defaultdict(list)
    for row in rows:
        start, end = period(row["start"], row["end"])
        groups[tuple(row[name] for name in KEY)].append({**row, "start": start, "end": end})
    return [activity for group in groups.values() for activity in _unbroken(group)]


def _unbroken(group: list[Activity]) -> list[Activity]:
    found = [report for report in group if not report["end"]]
    last: Activity | None = None
    for report in sorted((r for r in group if r["end"]), key=lambda r: (r["start"], r["end"])):
        if last and report["start"] <= last["end"] + DAY:
            last["end"] = max(last["end"], report["end"])
        else:
            last = dict(report)
            found.append(last)
    return found


def overlaps(rows: list[Row]) -> set[Overlap]:
    """Return every overlap at topic and district level, of one day or more."""
    cells = defaultdict(list)
    for activity in activities(rows):
        for cell in _cells(activity):
            cells[cell].append(activity)
    return {Overlap(*cell, *run) for cell, members in cells.items() for run in _runs(members)}


def _cells(activity: Activity) -> list[tuple[str, str, str, str]]:
    fine = topic(activity["service"]) and len(activity["pcode"]) >= 8 and activity["end"]
    if not fine or activity["status"] in ("planned", "cancelled"):
        return []
    return [
        (topic(activity["service"]), group, trait, activity["pcode"][:8])
        for group in sorted(split(activity["population_group"]))
        for trait in sorted(split(activity["characteristic"]) or {""})
    ]


def _runs(members: list[Activity]) -> set[tuple[str, str, str]]:
    functions = {a["function"] for a in members} - {""} or {""}
    found = set()
    for function in functions:
        agreeing = [a for a in members if a["function"] in ("", function, _above(function))]
        found |= {_told(run) for run in _crowded(agreeing) if _counts(run[2])}
    return found


def _above(function: str) -> str:
    return taxonomy("functions")[function]["parent"] if function else ""


def _crowded(members: list[Activity]) -> list[tuple[dt.date, dt.date, list[Activity]]]:
    days = defaultdict(set)
    for a in members:
        for n in range((a["end"] - a["start"]).days + 1):
            days[a["start"] + n * DAY].add(a["organisation"])
    crowded = sorted(day for day, who in days.items() if len(who) > 1)
    firsts = [day for day in crowded if day - DAY not in set(crowded)]
    lasts = [day for day in crowded if day + DAY not in set(crowded)]
    return [
        (first, last, [a for a in members if a["start"] <= last and a["end"] >= first])
        for first, last in zip(firsts, lasts, strict=True)
    ]


def _counts(members: list[Activity]) -> bool:
    """Tell whether two of them are neither one project nor one chain."""
    return any(
        a["organisation"] != b["organisation"]
        and a["start"] <= b["end"]
        and b["start"] <= a["end"]
        and kind(a, b) == "overlap"
        for a, b in combinations(members, 2)
    )


def kind(a: Activity, b: Activity) -> str:
    """Return joint, chain or overlap."""
    if a["project_id"] and a["project_id"] == b["project_id"]:
        return "joint"
    named = [split(x["programme_organisation"]) | split(x["funder"]) for x in (a, b)]
    return "chain" if b["organisation"] in named[0] or a["organisation"] in named[1] else "overlap"


def _told(run: tuple[dt.date, dt.date, list[Activity]]) -> tuple[str, str, str]:
    first, last, members = run
    who = ";".join(sorted({a["organisation"] for a in members}))
    return first.isoformat(), last.isoformat(), who


def differences(a: Activity, b: Activity) -> set[str]:
    """Return every dimension in which two activities fail to be a confirmed overlap, by its name."""
    found = {_service(a, b), _population(a, b), _characteristic(a, b), _area(a, b), _time(a, b)}
    if a["organisation"] == b["organisation"]:
        found.add("same_organisation")
    if a["function"] and b["function"] and a["function"] != b["function"]:
        found.add("function")
    if {a["status"], b["status"]} & {"planned", "cancelled"}:
        found.add("status")
    if kind(a, b) != "overlap":
        found.add(kind(a, b))
    return found - {""}


def _service(a: Activity, b: Activity) -> str:
    topics = {topic(x["service"]) for x in (a, b)}
    if "" in topics:
        return "service_coarser"
    return "service" if len(topics) > 1 else ""


def _population(a: Activity, b: Activity) -> str:
    one, two = split(a["population_group"]), split(b["population_group"])
    if not one or not two:
        return "population_unknown"
    if one & two:
        return ""
    return "population_nested" if one & _wider(two) or two & _wider(one) else "population"


def _wider(groups: set[str]) -> set[str]:
    above = {taxonomy("population_groups")[group]["parent"] for group in groups} - {""}
    return above | _wider(above) if above else set()


def _characteristic(a: Activity, b: Activity) -> str:
    one, two = split(a["characteristic"]), split(b["characteristic"])
    if one & two or not one | two:
        return ""
    return "characteristic" if one and two else "characteristic_one_stated"


def _area(a: Activity, b: Activity) -> str:
    if min(len(a["pcode"]), len(b["pcode"])) < 8:
        return "area_coarser"
    return "area" if a["pcode"][:8] != b["pcode"][:8] else ""


def _time(a: Activity, b: Activity) -> str:
    if not a["end"] or not b["end"]:
        return "end_missing"
    return "" if a["start"] <= b["end"] and b["start"] <= a["end"] else "time"
