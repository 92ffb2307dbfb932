"""Activities in a window of months, each put at the area and service of a question."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.tables.known import NOT_ACTIVE
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query
from csomap.tables.wanted import Value, days, wanted


def values(query: Query) -> dict[str, Value]:
    """Return what `asked` wants to know of a query."""
    kept, perhaps = wanted(query), wanted(query, coarser=True)
    named = {name: kept[name] for name in ("organisation_type", "groups") if name in kept}
    return days(query) | named | ({"perhaps": perhaps["groups"]} if "groups" in kept else {})


def asked(activities: ir.Table, *, first: ir.DateValue, last: ir.DateValue, **filters: ir.Value) -> ir.Table:
    """Return the activities between two days with first, last, meant and group_at (see `values`)."""
    return meant(in_window(activities, first=first, last=last), **filters)


def in_window(activities: ir.Table, *, first: ir.DateValue, last: ir.DateValue) -> ir.Table:
    """Return the activities with a known month between two days.

    Adds first and last (days, clipped to the window). An activity with one date counts in the
    month of that date only, one without any date counts nowhere (semantics 2.2).
    """
    one = ibis.coalesce(_.start, _.end)
    whole = _.start.notnull() & _.end.notnull()
    known = activities.filter(one.notnull()).mutate(
        first=ibis.ifelse(whole, _.start, one), last=ibis.ifelse(whole, _.end, one)
    )
    inside = known.filter((_.first <= last) & (_.last >= first))
    return inside.mutate(first=ibis.greatest(_.first, first), last=ibis.least(_.last, last))


def month_of(day: ir.DateValue) -> ir.IntegerValue:
    """Return months since year 0, so that consecutive months differ by one."""
    return (day.year() * 12 + day.month() - 1).cast("int64")


def meant(
    window: ir.Table,
    *,
    organisation_type: ir.StringValue | None = None,
    groups: ir.ArrayValue | None = None,
    perhaps: ir.ArrayValue | None = None,
) -> ir.Table:
    """Add meant (active, of the type of organisation and perhaps of the groups that are asked for) and
    group_at (surely of these groups); a report that is not meant still says that its area is not silent."""
    kept = ~_.status.isin(NOT_ACTIVE)
    if organisation_type is not None:
        kept = kept & (_.organisation_type == organisation_type)
    if groups is None:
        return window.mutate(meant=kept, group_at=ibis.literal(True))
    named = _.population_group.split(";")
    inside = named.intersect(groups).length() > 0
    return window.mutate(meant=kept & (named.intersect(perhaps).length() > 0), group_at=inside)


def located(activities: ir.Table, level: AreaLevel, regions: ir.Table | None) -> ir.Table:
    """Add area and area_at: the p-code at the area level, or the region (pcode of a governorate, region).

    A place that is known only more coarsely keeps its own code; "" is unknown.
    """
    if regions is None:
        length = PCODE_LENGTH[level]
        return activities.mutate(area=_.pcode.substr(0, length), area_at=_.pcode.length() >= length)
    joined = activities.mutate(governorate=_.pcode.substr(0, 5)).left_join(
        regions.select(governorate="pcode", area="region"), "governorate", rname="{name}_region"
    )
    return joined.mutate(area=_.area.fill_null(""), area_at=_.area.notnull())
