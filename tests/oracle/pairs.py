"""Two activities side by side (section 3)."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

from .asked import Params, kept
from .distance import is_near
from .trees import (
    SERVICE_LEVELS,
    Activity,
    Ancestors,
    Trees,
    ancestors,
    normal_site,
    place_ancestors,
    place_is_at,
    rolled_place,
    rolled_service,
    service_is_at,
    split,
)

GRADED = ("service", "population", "characteristic", "area", "time")


def pairs(activities: list[Activity], params: Params) -> list[dict[str, Any]]:
    """Return every pair of active activities of two organisations that may be the same work."""
    active = sorted(kept(activities, params), key=lambda a: a["activity_id"])
    found = []
    for a, b in combinations(active, 2):
        told = relations(a, b, params)
        if a["organisation"] != b["organisation"] and "different" not in told.values():
            found.append(pair(a, b, told, params))
    return found


def pair(a: Activity, b: Activity, told: dict[str, Any], params: Params) -> dict[str, Any]:
    """Return one row of the pairs."""
    return {
        "activity_a": a["activity_id"],
        "activity_b": b["activity_id"],
        "org_a": a["organisation"],
        "org_b": b["organisation"],
        "kind": kind(a, b),
        "grade": "confirmed" if all(told[name] == "same" for name in GRADED) else "possible",
        "service": coarser_service(a, b, params),
        **{f"{name}_relation": told[name] for name in GRADED},
        "days": told["days"],
        "same_site": told["same_site"],
    }


def relations(a: Activity, b: Activity, params: Params) -> dict[str, Any]:
    """Return the relation of a and b in each dimension, the days in common and `same_site`.

    `function` is `different` or `not_judged`; it does not enter the grade.
    """
    return {
        "service": service_relation(a, b, params),
        "area": area_relation(a, b, params),
        "population": population_relation(a, b, params.trees),
        "characteristic": characteristic_relation(a, b),
        "function": function_relation(a["function"], b["function"], params.trees),
        "time": time_relation(a, b, params),
        "days": common_days(a, b, params) if has_dates(a) and has_dates(b) else None,
        "same_site": same_site(a, b),
    }


def has_dates(activity: Activity) -> bool:
    """Tell whether both dates are known."""
    return bool(activity["start"] and activity["end"])


def tree_relation(a: str, b: str, above: Ancestors, is_at_level: bool) -> str:
    """Return the relation of two rolled codes; `is_at_level` speaks of the finer one."""
    if not a or not b:
        return "unknown"
    if a == b:
        return "same" if is_at_level else "nested"
    return "nested" if a in above(b) or b in above(a) else "different"


def service_relation(a: Activity, b: Activity, params: Params) -> str:
    """Return the relation of two services rolled up to the level."""
    trees, level = params.trees, params.service_level
    x, y = rolled_service(a["service"], level, trees), rolled_service(b["service"], level, trees)
    return tree_relation(x, y, lambda c: ancestors(c, trees.services), service_is_at(x, level, trees))


def area_relation(a: Activity, b: Activity, params: Params) -> str:
    """Return the relation of two places rolled up to the level."""
    x, y = rolled_place(a, params.area_level), rolled_place(b, params.area_level)
    told = tree_relation(x, y, place_ancestors, place_is_at(x, params.area_level))
    asked = told == "different" and params.near_km is not None
    return "near" if asked and is_near(a, b, params.near_km) else told


def population_relation(a: Activity, b: Activity, trees: Trees) -> str:
    """Return the relation of two sets of population groups."""
    x, y = split(a["population_group"]), split(b["population_group"])
    if not x or not y:
        return "unknown"
    if x & y:
        return "same"
    above_x = {above for code in x for above in ancestors(code, trees.groups)}
    above_y = {above for code in y for above in ancestors(code, trees.groups)}
    return "nested" if x & above_y or y & above_x else "different"


def characteristic_relation(a: Activity, b: Activity) -> str:
    """Return the relation of two sets of characteristics: none means everybody."""
    x, y = split(a["characteristic"]), split(b["characteristic"])
    if x & y or (not x and not y):
        return "same"
    return "different" if x and y else "nested"


def function_relation(a: str, b: str, trees: Trees) -> str:
    """Return `different` where both are known and neither holds the other."""
    if not a or not b or a == b:
        return "not_judged"
    related = a in ancestors(b, trees.functions) or b in ancestors(a, trees.functions)
    return "not_judged" if related else "different"


def time_relation(a: Activity, b: Activity, params: Params) -> str:
    """Return the relation of two periods; a missing date is taken as open."""
    if common_days(a, b, params) < params.min_days:
        return "different"
    return "same" if has_dates(a) and has_dates(b) else "unknown"


def common_days(a: Activity, b: Activity, params: Params) -> int:
    """Count the days on which both are active, missing dates read as open."""
    if has_dates(a) and has_dates(b):
        return len(known_days(a, params) & known_days(b, params))
    starts = [x["start"] or date.min for x in (a, b)] + [params.from_ or date.min]
    ends = [x["end"] or date.max for x in (a, b)] + [params.to or date.max]
    return max(0, (min(ends) - max(starts)).days + 1)


def known_days(activity: Activity, params: Params) -> set[date]:
    """Return the days of an activity with both dates, within the window."""
    length = (activity["end"] - activity["start"]).days + 1
    days = {activity["start"] + timedelta(days=n) for n in range(length)}
    return {d for d in days if (params.from_ or d) <= d <= (params.to or d)}


def same_site(a: Activity, b: Activity) -> str:
    """Return yes, no or unknown: same name and same place."""
    x, y = normal_site(a["site"]), normal_site(b["site"])
    if not x or not y:
        return "unknown"
    if x != y:
        return "no"
    if not a["pcode"] or not b["pcode"]:
        return "unknown"
    if a["pcode"] == b["pcode"]:
        return "yes"
    nested = a["pcode"] in place_ancestors(b["pcode"]) or b["pcode"] in place_ancestors(a["pcode"])
    return "unknown" if nested else "no"


def kind(a: Activity, b: Activity) -> str:
    """Return joint (one project), chain (one activity told by two) or overlap."""
    if a["project_id"] and a["project_id"] == b["project_id"]:
        return "joint"
    return "chain" if names(a, b["organisation"]) or names(b, a["organisation"]) else "overlap"


def names(activity: Activity, organisation: str) -> bool:
    """Tell whether an activity names the organisation as its programme organisation or funder."""
    return organisation in split(activity["programme_organisation"]) | split(activity["funder"])


def coarser_service(a: Activity, b: Activity, params: Params) -> str:
    """Return the rolled service of the coarser one, "" where one has none."""
    level, trees = params.service_level, params.trees
    codes = [rolled_service(x["service"], level, trees) for x in (a, b)]
    return "" if "" in codes else min(codes, key=lambda c: SERVICE_LEVELS.index(trees.levels[c]))
