"""Who was where for how many months: the presence behind a figure of inequality."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.analysis.presence import located, month_of
from csomap.tables.query import AreaLevel


def org_months(window: ir.Table, services: ir.Table, *, area_level: AreaLevel) -> ir.Table:
    """Return the months in which each organisation is active in each area for each service.

    window: activities with first, last, meant and group_at (`presence`); services: service, svc, svc_at.
    What is known more coarsely than the area, the service or the group is not counted (semantics 4).
    Returns svc, area, organisation, months (calendar months, 1 or more).
    """
    placed = located(window.filter(_.meant & _.group_at), area_level, None).filter(_.area_at)
    counted = placed.inner_join(services.filter(_.svc_at).select("service", "svc"), "service")
    first, last = month_of(counted["first"]), month_of(counted["last"])
    after = ibis.range(0, last - first + 1, 1).unnest()
    spread = counted.select("svc", "area", "organisation", first=first, after=after)
    each = spread.select("svc", "area", "organisation", month=_["first"] + _.after).distinct()
    return each.group_by(["svc", "area", "organisation"]).agg(months=_.count())


def told_areas(window: ir.Table, *, area_level: AreaLevel) -> ir.Table:
    """Return the areas (column area) that some report of any sector touches in the window: the others are
    silent."""
    return located(window, area_level, None).filter(_.area_at).select("area").distinct()
