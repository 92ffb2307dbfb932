"""A row for every area and service, silent ones too (section 4)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .asked import is_active
from .trees import Activity, Trees, ancestors, place_ancestors, position, split

Month = tuple[int, int]
Row = dict[str, Any]


@dataclass(frozen=True)
class CoverageParams:
    """The window, the group if one is asked for, needs by area and service, the threshold for thin."""

    trees: Trees
    from_: date
    to: date
    population_group: str = ""
    needs: Mapping[tuple[str, str], float | None] = field(default_factory=dict)
    thin_per_100k: float | None = None


def coverage(
    activities: list[Activity], areas: list[str], services: list[str], params: CoverageParams
) -> list[Row]:
    """Return the coverage of the areas by the services; shares are of the totals of a service."""
    heard = [(a, active_months(a, params)) for a in activities]
    heard = [(a, months) for a, months in heard if months]
    rows = []
    for service in services:
        of_service = [row(area, service, heard, params) for area in areas]
        add_shares(of_service)
        rows += of_service
    return rows


def days_between(start: date, end: date) -> list[date]:
    """Return all days of a period, both ends in."""
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def active_months(a: Activity, params: CoverageParams) -> set[Month]:
    """Return the months of the window with a day that is known to be active."""
    if a["start"] and a["end"]:
        days = days_between(a["start"], a["end"])
    else:
        days = [day for day in (a["start"], a["end"]) if day]
    return {(d.year, d.month) for d in days if params.from_ <= d <= params.to}


def row(area: str, service: str, heard: list[tuple[Activity, set[Month]]], params: CoverageParams) -> Row:
    """Return one row, without its shares."""
    counted, unspecified, unlocated = [], 0, 0
    for a, months in heard:
        where = positions(a, area, service, params)
        if not is_active(a) or "outside" in where.values():
            continue
        if "coarser" not in where.values():
            counted.append((a, months))
        else:
            unspecified += 1
            unlocated += where["service"] == where["group"] == "inside"
    silent = not any(position(a["pcode"], area, place_ancestors) == "inside" for a, _ in heard)
    told: Row = {"pcode": area, "service": service, "population_group": params.population_group}
    told |= numbers(counted, params) | people([a for a, _ in counted])
    told |= {"unspecified": unspecified, "unlocated": unlocated}
    told["people_in_need"] = params.needs.get((area, service))
    told["organisations_per_100k"] = per_100k(told["organisations"], told["people_in_need"])
    return told | {"status": status(told, silent, params)}


def positions(a: Activity, area: str, service: str, params: CoverageParams) -> dict[str, str]:
    """Say for service, place and group whether an activity is inside the row, coarser or outside."""
    return {
        "service": position(a["service"], service, lambda c: ancestors(c, params.trees.services)),
        "place": position(a["pcode"], area, place_ancestors),
        "group": group_position(a, params),
    }


def group_position(a: Activity, params: CoverageParams) -> str:
    """Say whether one of the groups is at or below the one asked for, else above it, else neither."""
    if not params.population_group:
        return "inside"
    where = {
        position(code, params.population_group, lambda c: ancestors(c, params.trees.groups))
        for code in split(a["population_group"]) or {""}
    }
    return next(word for word in ("inside", "coarser", "outside") if word in where)


def numbers(counted: list[tuple[Activity, set[Month]]], params: CoverageParams) -> Row:
    """Return who is there and in how many months."""
    months_of: dict[str, set[Month]] = defaultdict(set)
    for a, months in counted:
        months_of[a["organisation"]] |= months
    window = {(d.year, d.month) for d in days_between(params.from_, params.to)}
    months_active = {month for months in months_of.values() for month in months}
    return {
        "organisations": len(months_of),
        "cso_count": len({a["organisation"] for a, _ in counted if a["organisation_type"] == "cso"}),
        "activities": len(counted),
        "months_active": len(months_active),
        "months": len(window),
        "continuity": len(months_active) / len(window),
        "org_months": sum(len(months) for months in months_of.values()),
    }


def people(counted: list[Activity]) -> Row:
    """Return the largest and the summed people, empty where nobody reports any."""
    told: Row = {}
    for column in ("targeted", "reached"):
        largest = [a[column] for a in counted if a[column] is not None]
        sums = [a[f"{column}_sum"] for a in counted if a[f"{column}_sum"] is not None]
        told[f"{column}_max"] = max(largest) if largest else None
        told[f"{column}_sum"] = sum(sums) if sums else None
    return told


def per_100k(organisations: int, people_in_need: float | None) -> float | None:
    """Return organisations per 100,000 people in need, empty where nobody is known to be."""
    return organisations / people_in_need * 100_000 if people_in_need else None


def status(told: Row, silent: bool, params: CoverageParams) -> str:
    """Return what the row says: no_data, unknown, gap, thin or covered."""
    if not told["activities"]:
        if told["unspecified"]:
            return "unknown"
        return "no_data" if silent else "gap"
    rate, threshold = told["organisations_per_100k"], params.thin_per_100k
    too_few = rate is not None and threshold is not None and rate < threshold
    return "thin" if told["organisations"] == 1 or told["continuity"] < 0.5 or too_few else "covered"


def add_shares(rows: list[Row]) -> None:
    """Add the shares of the totals over the areas of one service."""
    total_need = sum(r["people_in_need"] for r in rows if r["people_in_need"] is not None)
    total_months = sum(r["org_months"] for r in rows)
    for r in rows:
        need = r["people_in_need"]
        r["presence_share"] = share(r["org_months"], total_months)
        r["need_share"] = None if need is None else share(need, total_need)
        r["gap_score"] = None if need is None else r["need_share"] - r["presence_share"]


def share(part: float, total: float) -> float:
    """Return the share of a total, 0 of a total of 0."""
    return part / total if total else 0.0
