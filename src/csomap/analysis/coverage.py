"""Who is where in a window of months, and where nobody is: one row for each area and service."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.analysis.presence import located, month_of
from csomap.tables import schemas
from csomap.tables.query import AreaLevel

CELL = ["area", "svc"]


def coverage(
    window: ir.Table,
    areas: ir.Table,
    services: ir.Table,
    regions: ir.Table | None = None,
    *,
    area_level: AreaLevel,
    thin_continuity: float,
) -> ir.Table:
    """Return one row for each area and service, silent ones too (semantics 4).

    window: activities with first, last, meant and group_at (`presence`); areas: area, area_name,
    area_chain (array of the area and all above it), population_group, indicator, people_in_need
    (persons, null = unknown), thin_per_100k, months (of the window); services: service, svc,
    svc_at, svc_chain, wanted (the rows to make); regions: pcode, region, where areas are regions.
    Returns COVERAGE columns.
    """
    everything = located(window, area_level, regions)
    steps = services.select("service", "svc", "svc_at")
    present = everything.filter(_.meant).left_join(steps, "service").drop("service_right")
    counted = present.filter(_.svc_at & _.area_at & _.group_at)
    rows = areas.cross_join(services.filter(_.wanted).select("svc", "svc_chain"))
    for part in (_counts(counted), _months(counted), _loose(rows, present)):
        rows = rows.left_join(part, CELL, rname="{name}_part").drop("area_part", "svc_part")
    told = everything.filter(_.area_at).select("area").distinct().mutate(told=ibis.literal(True))
    filled = _filled(rows.left_join(told, "area", rname="{name}_told"))
    scored = _shares(_judged(filled, thin_continuity)).mutate(pcode=_.area, service=_.svc)
    return scored.select(schemas.columns(schemas.COVERAGE))


def _counts(counted: ir.Table) -> ir.Table:
    people = {
        f"{name}_{how}": value
        for name in ("targeted", "reached")
        for how, value in (("max", _[name].max()), ("sum", _[f"{name}_sum"].sum()))
    }
    return counted.group_by(CELL).agg(
        organisations=_.organisation.nunique(),
        cso_count=_.organisation.nunique(where=_.organisation_type == "cso"),
        activities=_.activity_id.nunique(),
        **people,
    )


def _months(counted: ir.Table) -> ir.Table:
    first, last = month_of(counted["first"]), month_of(counted["last"])
    after = ibis.range(0, last - first + 1, 1).unnest()
    spread = counted.select(*CELL, "organisation", first=first, after=after)
    each = spread.select(*CELL, "organisation", month=_["first"] + _.after).distinct()
    return each.group_by(CELL).agg(org_months=_.count(), months_active=_.month.nunique())


def _loose(rows: ir.Table, present: ir.Table) -> ir.Table:
    """Count what is known only more coarsely and could be in each row: one key for each activity."""
    coarse = present.filter(~(_.svc_at & _.area_at & _.group_at))
    only_area = _.svc_at & _.group_at & ~_.area_at
    keyed = coarse.group_by(one_svc=_.svc, one_area=_.area).agg(
        unspecified=_.activity_id.nunique(), unlocated=_.activity_id.nunique(where=only_area)
    )
    reached = rows.mutate(one_svc=_.svc_chain.unnest()).mutate(one_area=_.area_chain.unnest())
    met = reached.select(*CELL, "one_svc", "one_area").join(keyed, ["one_svc", "one_area"])
    return met.group_by(CELL).agg(unspecified=_.unspecified.sum(), unlocated=_.unlocated.sum())


def _filled(rows: ir.Table) -> ir.Table:
    counts = [
        "organisations",
        "cso_count",
        "activities",
        "months_active",
        "org_months",
        "unspecified",
        "unlocated",
    ]
    filled = rows.mutate(**{name: _[name].fill_null(0) for name in counts})
    return filled.mutate(
        continuity=_.months_active / _.months,
        organisations_per_100k=_.organisations / _.people_in_need.nullif(0) * 100_000,
    )


def _judged(rows: ir.Table, thin_continuity: float) -> ir.Table:
    thin = (
        (_.organisations == 1)
        | (_.continuity < thin_continuity)
        | (_.organisations_per_100k < _.thin_per_100k).fill_null(False)
    )
    return rows.mutate(
        status=ibis.cases(
            ((_.activities == 0) & (_.unspecified > 0), "unknown"),
            ((_.activities == 0) & _.told.isnull(), "no_data"),
            (_.activities == 0, "gap"),
            (thin, "thin"),
            else_="covered",
        )
    )


def _shares(rows: ir.Table) -> ir.Table:
    need = _.people_in_need.sum().over(group_by="svc")
    presence = _.org_months.sum().over(group_by="svc")
    shares = rows.mutate(
        need_share=ibis.ifelse(
            (need == 0) & _.people_in_need.notnull(), 0.0, _.people_in_need / need.nullif(0)
        ),
        presence_share=ibis.ifelse(presence == 0, 0.0, _.org_months / presence.nullif(0)),
    )
    return shares.mutate(gap_score=_.need_share - _.presence_share)
