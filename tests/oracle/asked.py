"""What is asked: levels, shortest time, window and filters (section 3)."""

from dataclasses import dataclass
from datetime import date

from .trees import Activity, Ancestors, Trees, ancestors, join, place_ancestors, position, split


@dataclass(frozen=True)
class Params:
    """How finely to look, how long is long enough, the window, and what alone is looked at."""

    trees: Trees
    service_level: str = "topic"
    area_level: int | str = 2
    min_days: int = 1
    from_: date | None = None
    to: date | None = None
    service: str = ""
    population: str = ""
    place: str = ""
    organisation_type: str = ""
    near_km: float | None = None


def is_active(activity: Activity) -> bool:
    """Tell whether the work takes or took place at all."""
    return activity["status"] not in ("planned", "cancelled")


def kept(activities: list[Activity], params: Params) -> list[Activity]:
    """Return what is active and passes the filters, of its groups only those that pass."""
    return [a | {"population_group": groups(a, params)} for a in activities if passes(a, params)]


def passes(a: Activity, params: Params) -> bool:
    """Tell whether an activity is active and its codes are at or below those that are asked for."""
    return (
        is_active(a)
        and params.organisation_type in ("", a["organisation_type"])
        and params.service in ("", a["service"], *ancestors(a["service"], params.trees.services))
        and params.place in ("", a["pcode"], *place_ancestors(a["pcode"]))
        and (not params.population or bool(groups(a, params)))
    )


def groups(a: Activity, params: Params) -> str:
    """Return the groups of an activity at or below the one that is asked for."""
    parents, wanted = params.trees.groups, params.population
    return join({g for g in split(a["population_group"]) if wanted in ("", g, *ancestors(g, parents))})


def could_pass(activities: list[Activity], params: Params) -> list[Activity]:
    """Return what is active and passes the filters, or might if it were known better."""
    services = params.trees.services
    return [
        a
        for a in activities
        if is_active(a)
        and params.organisation_type in ("", a["organisation_type"])
        and within(a["service"], params.service, lambda code: ancestors(code, services))
        and within(a["pcode"], params.place, place_ancestors)
    ]


def within(code: str, wanted: str, above: Ancestors) -> bool:
    """Tell whether a code is, or could turn out to be, at or below the one that is asked for."""
    return not wanted or position(code, wanted, above) != "outside"
