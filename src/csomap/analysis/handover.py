"""Who could take over a service that somebody leaves: near, for the same people, and from Iraq first."""

from collections.abc import Collection, Iterable

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from csomap.analysis.endings import standing
from csomap.tables import taxonomy
from csomap.tables.neighbours import neighbours
from csomap.tables.places import areas_within
from csomap.tables.query import PCODE_LENGTH, AreaLevel

WHERE = ("here", "beside", "governorate")
SAME = ("yes", "unknown", "no")


def giving(
    activities: ir.Table,
    services: ir.Table,
    limit: ir.Table,
    *,
    area_level: AreaLevel,
    local: Collection[str],
) -> ir.Table:
    """Return who is known to give which service where, and between which days.

    activities: ACTIVITIES columns; limit: one row with the days `since` and `newest`. An activity that states
    no end counts only with a report since then: others may have stopped. Returns activity_id, organisation,
    population_group, svc, area (coarser where the place is), area_at, begins, lasts, told (missing where it
    begins after `newest`: nobody reported work yet), is_local (type is in `local`).
    """
    known = standing(activities, services, area_level).filter(_.svc_at & (_.area != "")).cross_join(limit)
    alive = known.filter(_.end_is_stated | (_.told >= _.since))
    columns = ("activity_id", "organisation", "population_group", "svc", "area", "area_at")
    told = ibis.ifelse(_.begins <= _.newest, _.told, ibis.null("date"))
    return alive.mutate(told=told, is_local=_.organisation_type.isin(list(local))).select(
        *columns, "begins", "lasts", "told", "is_local"
    )


def staying(rows: ir.Table, given: ir.Table) -> ir.Table:
    """Return nth, organisation: who gives the service in the same area on the day of each row.

    rows: nth, svc, area, day; given: as `giving` returns it.
    """
    there = rows.join(given.filter(_.area_at), ["svc", "area"])
    return there.filter((_.begins <= _.day) & (_.lasts >= _.day)).select("nth", "organisation").distinct()


def handover(
    rows: ir.Table, leaving: ir.Table, given: ir.Table, scope: ir.Table, related: ir.Table
) -> ir.Table:
    """Return who could take over each row, ranked: nearest first, then for the same people, then local.

    rows: nth, svc, area, group, day; leaving: nth, organisation, who is no candidate; given: as `giving`;
    scope: `around`; related: `same_populations`. All that is told of a candidate is of the nearest place
    where it gives the service on that day. Returns nth, org_id, rank, where, same, is_local, activities,
    told (newest reported day).
    """
    near = rows.join(scope, "area").drop("area")
    met = near.join(given, [near.svc == given.svc, near.other == given.area], rname="{name}_given")
    there = met.filter((_.begins <= _.day) & (_.lasts >= _.day)).anti_join(leaving, ["nth", "organisation"])
    known = there.join(related, ["group", "population_group"])
    nearest = known.group_by(["nth", "organisation"]).agg(nearest=_.where.min())
    at_best = known.join(nearest, ["nth", "organisation"]).filter(_.where == _.nearest)
    told = at_best.group_by(["nth", "organisation"]).agg(
        where=_.where.min(),
        same=_.same.min(),
        is_local=_.is_local.max(),
        activities=_.activity_id.nunique(),
        told=_.told.max(),
    )
    order = [_.where, _.same, _.is_local.desc(), _.activities.desc(), _.organisation]
    ranked = told.mutate(rank=ibis.row_number().over(group_by="nth", order_by=order) + 1)
    return ranked.rename(org_id="organisation")


def around(level: AreaLevel) -> pd.DataFrame:
    """Return area, other, where (place in WHERE) of each area of a level: itself, its neighbours, and the
    rest of its governorate with what is known only more coarsely in it."""
    areas = areas_within(level)
    rows = [(area, *each) for area in areas for each in _around(area, areas)]
    return pd.DataFrame(rows, columns=["area", "other", "where"])


def _around(area: str, areas: Collection[str]) -> Iterable[tuple[str, int]]:
    governorate = area[: PCODE_LENGTH["1"]]
    within = {other for other in areas if other.startswith(governorate)}
    coarser = {each[:length] for each in within for length in PCODE_LENGTH.values() if length < len(area)}
    rest = within | coarser
    beside = set(neighbours(area))
    yield area, WHERE.index("here")
    yield from ((other, WHERE.index("beside")) for other in sorted(beside))
    yield from ((other, WHERE.index("governorate")) for other in sorted(rest - beside - {area}))


def same_populations(groups: Iterable[str], cells: Iterable[str]) -> pd.DataFrame:
    """Return group, population_group, same (place in SAME) for every group and cell of codes."""
    told = [
        (group, cell, SAME.index(same_population(group, cell))) for group in groups for cell in set(cells)
    ]
    return pd.DataFrame(told, columns=["group", "population_group", "same"])


def same_population(group: str, cell: str) -> str:
    """Say whether work for the groups of `cell` is for `group`: yes, no, or unknown.

    As the relation of populations (semantics 3): same is yes; nested, or none stated, is unknown.
    """
    others = cell.split(";") if cell else []
    if not group or not others:
        return "unknown"
    if group in others:
        return "yes"
    above = taxonomy.load("population_groups").ancestors
    nested = any(group in above(other) or other in above(group) for other in others)
    return "unknown" if nested else "no"
