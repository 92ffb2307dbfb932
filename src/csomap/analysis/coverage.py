"""Who is where in a window of months, and where nobody is: one row for each area and service."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.analysis.presence import located, month_of
from csomap.engine import once
from csomap.tables import schemas
from csomap.tables.query import AreaLevel

CELL = ["area", "svc"]
OWN = [*CELL, "organisation"]
_PEOPLE = ("targeted", "reached")


def coverage(
    window: ir.Table,
    areas: ir.Table,
    services: ir.Table,
    needs: ir.Table,
    regions: ir.Table | None = None,
    *,
    area_level: AreaLevel,
    thin_continuity: float,
) -> ir.Table:
    """Return one row for each area and service, silent ones too (semantics 4).

    window: activities with first, last, meant and group_at (`presence`); areas: area, area_name,
    area_chain (array of the area and all above it), population_group, months (of the window); services:
    service, svc, svc_at, svc_chain, wanted (the rows to make); needs: area, svc, indicator, people_in_need
    (persons, null = unknown), thin_per_100k; regions: pcode, region, where areas are regions.
    Returns COVERAGE columns.
    """
    everything = located(window, area_level, regions)
    steps = services.select("service", "svc", "svc_at")
    present = everything.filter(_.meant).left_join(steps, "service").drop("service_right")
    counted = present.filter(_.svc_at & _.area_at & _.group_at)
    rows = areas.cross_join(services.filter(_.wanted).select("svc", "svc_chain"))
    for part in (needs, _counts(counted), _loose(rows, present)):
        rows = rows.left_join(part, CELL, rname="{name}_part").drop("area_part", "svc_part")
    told = everything.filter(_.area_at).select("area").distinct().mutate(told=ibis.literal(True))
    filled = _filled(rows.left_join(told, "area", rname="{name}_told"))
    scored = _shares(_judged(filled, thin_continuity)).mutate(pcode=_.area, service=_.svc)
    return scored.select(schemas.columns(schemas.COVERAGE))


def _counts(counted: ir.Table) -> ir.Table:
    """Count what is in each cell. Months are counted without spreading periods out over them, and first of
    all by organisation and first month: a million activities are many million months, and far fewer of these.
    """
    spans = once(_spans(counted), "spans")
    own = _added(spans, OWN).group_by(OWN)
    organisations = own.agg(**_summed(), is_cso=_.is_cso.max(), org_months=_.added.sum())
    found = organisations.group_by(CELL).agg(
        **_summed(), organisations=_.count(), cso_count=_.is_cso.sum(), org_months=_.org_months.sum()
    )
    anybody = spans.group_by([*CELL, "first"]).agg(last=_["last"].max())
    months = _added(anybody, CELL).group_by(CELL).agg(months_active=_.added.sum())
    return found.join(months, CELL)


def _spans(counted: ir.Table) -> ir.Table:
    """Return what each organisation does in a cell from the same month on: up to when, how much, for whom."""
    told = counted.select(
        *OWN,
        first=month_of(_["first"]),
        last=month_of(_["last"]),
        is_cso=(_.organisation_type == "cso").cast("int64"),
        activities=ibis.literal(1),
        **{f"{who}_max": _[who] for who in _PEOPLE},
        **{f"{who}_sum": _[f"{who}_sum"] for who in _PEOPLE},
    )
    return told.group_by([*OWN, "first"]).agg(**_summed(), is_cso=_.is_cso.max(), last=_["last"].max())


def _summed() -> dict[str, Any]:
    """Return how what is told of activities is put together, in whatever steps."""
    largest, added = (f"{who}_max" for who in _PEOPLE), (f"{who}_sum" for who in _PEOPLE)
    return {name: _[name].max() for name in largest} | {
        name: _[name].sum() for name in ("activities", *added)
    }


def _added(spans: ir.Table, by: list[str]) -> ir.Table:
    """Add added: the months first to last of each row that no earlier row of the same keys reaches."""
    before = ibis.window(group_by=by, order_by="first", preceding=(None, 1))
    reached = ibis.coalesce(_["last"].max().over(before), _["first"] - 1)
    after = ibis.greatest(_["first"] - 1, reached)
    return spans.mutate(added=ibis.greatest(_["last"] - after, 0))


def _loose(rows: ir.Table, present: ir.Table) -> ir.Table:
    """Count what is known only more coarsely and could be in each row: one key for each activity."""
    coarse = present.filter(~(_.svc_at & _.area_at & _.group_at))
    only_area = _.svc_at & _.group_at & ~_.area_at
    keyed = coarse.group_by(one_svc=_.svc, one_area=_.area).agg(
        unspecified=_.count(), unlocated=only_area.sum()
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
