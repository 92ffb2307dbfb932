"""Who is where in a window of months, and where nobody is: one row for each area and service."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.analysis.presence import in_window, located, month_of, placed
from csomap.tables import schemas
from csomap.tables.query import Query

CELL = ["area", "svc"]


def coverage(
    activities: ir.Table,
    areas: ir.Table,
    services: ir.Table,
    query: Query,
    *,
    thin_continuity: float,
    thin_per_100k: float,
    regions: ir.Table | None = None,
) -> ir.Table:
    """Return one row for each area and service, silent ones too (semantics 4).

    activities: ACTIVITIES columns; areas: area, area_name, area_chain (array of the area and all
    above it), indicator, people_in_need (persons, null = unknown); services: service, svc, svc_at,
    svc_chain, wanted (the rows to make); regions: pcode, region, where the areas are regions.
    The window is query.start to query.end. Returns COVERAGE columns, area first.
    """
    window = in_window(activities, query)
    present = placed(window, query, services.select("service", "svc", "svc_at"), regions)
    counted = present.filter(_.svc_at & _.area_at & _.group_at)
    rows = areas.cross_join(services.filter(_.wanted).select("svc", "svc_chain"))
    parts = (_counts(counted), _months(counted), _loose(rows, present))
    for part in parts:
        rows = rows.left_join(part, CELL, rname="{name}_part").drop("area_part", "svc_part")
    rows = rows.left_join(_told(window, query, regions), "area", rname="{name}_told")
    judged = _judged(_filled(rows, query), thin_continuity, thin_per_100k)
    return _shares(judged).mutate(
        pcode=_.area, service=_.svc, population_group=ibis.literal(query.population)
    ).select(schemas.columns(schemas.COVERAGE))


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
    months = ibis.range(month_of(counted["first"]), month_of(counted["last"]) + 1, 1).unnest()
    each = counted.select(*CELL, "organisation", month=months).distinct()
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


def _told(window: ir.Table, query: Query, regions: ir.Table | None) -> ir.Table:
    """Areas that some report of any sector names."""
    named = located(window, query, regions).filter(_.area_at)
    return named.select("area").distinct().mutate(told=ibis.literal(True))


def _filled(rows: ir.Table, query: Query) -> ir.Table:
    assert query.start and query.end, "coverage needs a window"
    months = (query.end.year - query.start.year) * 12 + query.end.month - query.start.month + 1
    counts = (
        "organisations cso_count activities months_active org_months unspecified unlocated".split()
    )
    filled = rows.mutate(**{name: _[name].fill_null(0) for name in counts}, months=ibis.literal(months))
    return filled.mutate(
        continuity=_.months_active / _.months,
        organisations_per_100k=_.organisations / _.people_in_need.nullif(0) * 100_000,
    )


def _judged(rows: ir.Table, thin_continuity: float, thin_per_100k: float) -> ir.Table:
    thin = (
        (_.organisations == 1)
        | (_.continuity < thin_continuity)
        | (_.organisations_per_100k < thin_per_100k).fill_null(False)
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
        need_share=ibis.ifelse((need == 0) & _.people_in_need.notnull(), 0.0, _.people_in_need / need.nullif(0)),
        presence_share=ibis.ifelse(presence == 0, 0.0, _.org_months / presence.nullif(0)),
    )
    return shares.mutate(gap_score=_.need_share - _.presence_share)
