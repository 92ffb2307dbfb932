"""Activities of different places that work near each other: what a border between districts hides."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching.levels import functions_agree, rolled
from csomap.matching.pairs import compared, judged, ready
from csomap.tables import schemas
from csomap.tables.query import AreaLevel

SPOT = ["area", "longitude", "latitude"]


def spots(activities: ir.Table, steps: ir.Table, *, area_level: AreaLevel) -> ir.Table:
    """Return the distinct places of work (SPOT: area at the area level, degrees) that can be near others."""
    placed = rolled(activities, steps, area_level).filter(_.area != "")
    return placed.filter(_.longitude.notnull() & _.latitude.notnull()).select(SPOT).distinct()


def near_pairs(
    activities: ir.Table,
    steps: ir.Table,
    groups: ir.Table,
    near: ir.Table,
    *,
    area_level: AreaLevel,
    min_days: int,
) -> ir.Table:
    """Return the pairs that only their distance makes: their areas differ and nothing else does.

    activities, steps, groups: as for `pairs`; near: every two spots that lie near each other (`geo.near`:
    SPOT columns with _a and _b, km). Returns PAIRS columns, area_relation near, and km.
    """
    all_of_them = once(ready(activities, steps, groups, area_level), "ready")
    met = once(_met(all_of_them, near), "met")
    both = compared(met, all_of_them)
    both = both.filter(functions_agree(both, "a_", "b_"))
    return judged(both, min_days, ibis.literal("near")).select(*schemas.columns(schemas.PAIRS), "km")


def _met(activities: ir.Table, near: ir.Table) -> ir.Table:
    """Activities of two organisations at two near spots, whose services are equal or one above the other."""
    kept = ["svc", "svc_chain", "area_chain", "organisation", "open_start", "open_end"]
    told = activities.select(*SPOT, *kept, id="activity_id")
    # Worked out first: a backend that is free to choose compares all activities with all others before.
    one = once(near.join(told.rename(lambda name: f"{name}_a"), [f"{name}_a" for name in SPOT]), "one_end")
    two = one.join(told.rename(lambda name: f"{name}_b"), [f"{name}_b" for name in SPOT])
    return two.filter(
        (_.organisation_a != _.organisation_b)
        & (_.open_start_a <= _.open_end_b)
        & (_.open_start_b <= _.open_end_a)
        & (_.svc_chain_a.contains(_.svc_b) | _.svc_chain_b.contains(_.svc_a))
        & ~(_.area_chain_a.contains(_.area_b) | _.area_chain_b.contains(_.area_a))
    ).select(a_activity_id=ibis.least(_.id_a, _.id_b), b_activity_id=ibis.greatest(_.id_a, _.id_b), km="km")
