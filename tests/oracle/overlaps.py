"""Longest runs of two or more organisations in one cell (section 3)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any, NamedTuple

from .asked import Params, could_pass, kept
from .pairs import function_relation, has_dates, kind, known_days, same_site
from .trees import (
    Activity,
    ancestors,
    join,
    place_ancestors,
    place_is_at,
    position,
    rolled_place,
    rolled_service,
    service_is_at,
    split,
)


class Cell(NamedTuple):
    """One service for one group in one place."""

    service: str
    group: str
    characteristic: str
    place: str


@dataclass
class Run:
    """Days on end in one cell, and who is active in them."""

    cell: Cell
    days: list[date]
    members: list[Activity]


def overlaps(activities: list[Activity], params: Params) -> list[dict[str, Any]]:
    """Return the rows of the overlaps, without `overlap_id` and `verdict`."""
    candidates = could_pass(activities, params)
    return [row(run, candidates, params) for run in overlap_runs(activities, params)]


def overlap_runs(activities: list[Activity], params: Params) -> list[Run]:
    """Return the runs that the rows are made of."""
    found: dict[Any, Run] = {}
    for cell, members in cells(kept(activities, params), params).items():
        for function in function_cells(members, params):
            compatible = [a for a in members if holds(function, a["function"], params)]
            for run in runs(cell, compatible, params):
                ids = tuple(sorted(a["activity_id"] for a in run.members))
                found.setdefault((cell, run.days[0], run.days[-1], ids), run)
    return [run for run in found.values() if is_overlap(run, params)]


def cells(active: list[Activity], params: Params) -> dict[Cell, list[Activity]]:
    """Put each activity that is known finely enough in a cell per group and characteristic."""
    found = defaultdict(list)
    for a in active:
        service = rolled_service(a["service"], params.service_level, params.trees)
        place = rolled_place(a, params.area_level)
        if not service_is_at(service, params.service_level, params.trees):
            continue
        if not place_is_at(place, params.area_level) or not has_dates(a) or not known_days(a, params):
            continue
        for group in split(a["population_group"]):
            for characteristic in split(a["characteristic"]) or {""}:
                found[Cell(service, group, characteristic, place)].append(a)
    return found


def function_cells(members: list[Activity], params: Params) -> set[str]:
    """Return the most specific known functions of a cell, or the unknown one if there is no other."""
    known = {a["function"] for a in members if a["function"]}
    above = {coarser for function in known for coarser in ancestors(function, params.trees.functions)}
    return known - above or {""}


def holds(cell: str, function: str, params: Params) -> bool:
    """Tell whether a function cell holds a function: itself, one above it, or an unknown one."""
    return function in {"", cell, *ancestors(cell, params.trees.functions)}


def runs(cell: Cell, members: list[Activity], params: Params) -> list[Run]:
    """Return the longest runs of days with at least two organisations, long enough to count."""
    days_of = {a["activity_id"]: known_days(a, params) for a in members}
    organisations = defaultdict(set)
    for a in members:
        for day in days_of[a["activity_id"]]:
            organisations[day].add(a["organisation"])
    crowded = {day for day, who in organisations.items() if len(who) >= 2}
    return [
        Run(cell, days, [a for a in members if days_of[a["activity_id"]] & set(days)])
        for days in consecutive(crowded)
        if len(days) >= params.min_days
    ]


def consecutive(days: set[date]) -> list[list[date]]:
    """Cut days into lists of days on end."""
    found: list[list[date]] = []
    for day in sorted(days):
        if found and found[-1][-1] == day - timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def partners(run: Run, params: Params) -> list[tuple[Activity, Activity]]:
    """Return the pairs of different organisations with a day in common within the run."""
    days = {a["activity_id"]: known_days(a, params) & set(run.days) for a in run.members}
    return [
        (a, b)
        for a, b in combinations(run.members, 2)
        if a["organisation"] != b["organisation"] and days[a["activity_id"]] & days[b["activity_id"]]
    ]


def is_overlap(run: Run, params: Params) -> bool:
    """Tell whether a run holds more than joint work and chains."""
    return any(kind(a, b) == "overlap" for a, b in partners(run, params))


def row(run: Run, candidates: list[Activity], params: Params) -> dict[str, Any]:
    """Return one row of the overlaps."""
    organisations = {a["organisation"] for a in run.members}
    funders_known = all(split(a["funder"]) for a in run.members)
    beside = partners(run, params)
    return {
        "service": run.cell.service,
        "population_group": run.cell.group,
        "characteristic": run.cell.characteristic,
        "pcode": run.cell.place,
        "start": run.days[0],
        "end": run.days[-1],
        "days": len(run.days),
        "org_count": len(organisations),
        "org_ids": join(organisations),
        "activity_count": len(run.members),
        "activity_ids": join({a["activity_id"] for a in run.members}),
        "same_site": shared(
            any(same_site(a, b) == "yes" for a, b in beside), all(a["site"].strip() for a in run.members)
        ),
        "cso_count": len({a["organisation"] for a in run.members if a["organisation_type"] == "cso"}),
        "funders_known": "yes" if funders_known else "no",
        "same_funder": shared(any(split(a["funder"]) & split(b["funder"]) for a, b in beside), funders_known),
        "possible_count": sum(could_fall_into(a, run, params) for a in candidates),
    }


def shared(by_some: bool, all_known: bool) -> str:
    """Return yes, no or unknown."""
    if by_some:
        return "yes"
    return "no" if all_known else "unknown"


def could_fall_into(a: Activity, run: Run, params: Params) -> bool:
    """Tell whether an activity of another organisation could be part of the run."""
    if a["organisation"] in {member["organisation"] for member in run.members}:
        return False
    if function_relation(a["function"], told_function(run, params), params.trees) == "different":
        return False
    if (a["start"] or date.min) > run.days[-1] or (a["end"] or date.max) < run.days[0]:
        return False
    where = positions(a, run.cell, params)
    return "outside" not in where and "coarser" in where


def told_function(run: Run, params: Params) -> str:
    """Return the most specific function that a member names, or the unknown one."""
    named = {member["function"] for member in run.members} - {""}
    return max(named, key=lambda f: len(ancestors(f, params.trees.functions)), default="")


def positions(a: Activity, cell: Cell, params: Params) -> list[str]:
    """Say for each dimension whether an activity is inside the cell, coarser or outside."""
    trees = params.trees
    service = rolled_service(a["service"], params.service_level, trees)
    place = rolled_place(a, params.area_level)
    return [
        position(service, cell.service, lambda c: ancestors(c, trees.services)),
        position(place, cell.place, place_ancestors),
        group_position(a, cell, params),
        characteristic_position(a, cell),
        "inside" if has_dates(a) else "coarser",
    ]


def group_position(a: Activity, cell: Cell, params: Params) -> str:
    """Say whether the groups name the cell's group, hold it, or neither."""
    groups = split(a["population_group"])
    if cell.group in groups:
        return "inside"
    return "coarser" if not groups or groups & set(ancestors(cell.group, params.trees.groups)) else "outside"


def characteristic_position(a: Activity, cell: Cell) -> str:
    """Say whether the characteristics name the cell's; none means everybody, so it is coarser."""
    stated = split(a["characteristic"])
    if cell.characteristic in (stated or {""}):
        return "inside"
    return "outside" if stated else "coarser"
