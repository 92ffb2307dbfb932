"""Codes rolled up to the levels of a question, with their chains of ancestors.

"" is the root of every tree: a missing code may be anything, so it is an ancestor of all.
"""

from functools import reduce
from typing import TypeAlias

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.tables import taxonomy
from csomap.tables.known import NOT_ACTIVE
from csomap.tables.query import PCODE_LENGTH, AreaLevel
from csomap.tables.wanted import Value

Wanted: TypeAlias = ir.Value | Value  # known now, or when the question is asked
_NO_CODES = ibis.literal([], type="array<string>")
FIRST_DAY = ibis.date("0001-01-01")
LAST_DAY = ibis.date("9998-12-31")


def codes(cell: ir.StringValue) -> ir.ArrayValue:
    """Return the codes of a list cell as an array; empty for ""."""
    return ibis.ifelse(cell == "", _NO_CODES, cell.split(";"))


def rolled(activities: ir.Table, steps: ir.Table, level: AreaLevel) -> ir.Table:
    """Add svc, svc_at, svc_chain, area, area_at, area_chain.

    steps: every service code at the service level (`tables.steps.service_steps`); `level` is the
    area level.
    """
    at_service = activities.left_join(steps, "service").drop("service_right")
    return at_service.mutate(**_area(level)).mutate(area_chain=area_chain(_.area))


def _area(level: AreaLevel) -> dict[str, ir.Value]:
    if level == "site":
        named = (_.site_key != "") & (_.pcode != "")
        return {"area": ibis.ifelse(named, _.pcode + "|" + _.site_key, _.pcode), "area_at": named}
    length = PCODE_LENGTH[level]
    return {"area": _.pcode.substr(0, length), "area_at": _.pcode.length() >= length}


def area_chain(area: ir.StringValue) -> ir.ArrayValue:
    """Return an area with all that lie above it, "" included; a site is pcode|name."""
    pcode = ibis.ifelse(area.contains("|"), area.substr(0, area.find("|")), area)
    above = [pcode.substr(0, length) for length in PCODE_LENGTH.values()]
    return ibis.array([ibis.literal(""), *above, area]).unique()


def active(
    activities: ir.Table, *, first: Wanted = FIRST_DAY, last: Wanted = LAST_DAY, **filters: Wanted
) -> ir.Table:
    """Keep what is active and passes the filters (see `filtered`), its periods clipped by two days.

    Adds open_start, open_end (a missing date read as open) and dated (neither date is missing).
    """
    kept = filtered(activities.filter(~_.status.isin(NOT_ACTIVE)), **filters)
    return clipped(_only_asked(kept, filters.get("groups")), first=first, last=last)


def filtered(
    activities: ir.Table,
    *,
    services: Wanted | None = None,
    groups: Wanted | None = None,
    place: Wanted | None = None,
    around: Wanted | None = None,
    organisation_type: Wanted | None = None,
) -> ir.Table:
    """Keep the activities that pass the filters (`tables.wanted`)."""
    wanted: list[ir.BooleanValue] = []
    if services is not None:
        wanted.append(_.service.isin(services))
    if groups is not None:
        named = codes(_.population_group).intersect(groups).length() > 0
        wanted.append(named | _.population_group.isin(groups))
    if place is not None:
        inside = _.pcode.startswith(place)
        wanted.append(inside if around is None else inside | _.pcode.isin(around))
    if organisation_type is not None:
        wanted.append(_.organisation_type == organisation_type)
    return activities.filter(*wanted) if wanted else activities


def _only_asked(activities: ir.Table, groups: Wanted | None) -> ir.Table:
    """Take the groups away that the query does not ask for: an activity may serve others beside them."""
    if groups is None:
        return activities
    told = codes(_.population_group).filter(lambda code: code.isin(groups))
    return activities.mutate(population_group=told.join(";").fill_null(""))


def clipped(activities: ir.Table, *, first: Wanted = FIRST_DAY, last: Wanted = LAST_DAY) -> ir.Table:
    """Clip periods to those between two days; adds open_start, open_end and dated as `active` does."""
    open_reading = activities.mutate(
        open_start=ibis.greatest(_.start.fill_null(first), first),
        open_end=ibis.least(_.end.fill_null(last), last),
    ).filter(_.open_start <= _.open_end)
    known = open_reading.mutate(
        start=ibis.ifelse(_.start.isnull(), ibis.null("date"), _.open_start),
        end=ibis.ifelse(_.end.isnull(), ibis.null("date"), _.open_end),
    )
    return known.mutate(dated=_.start.notnull() & _.end.notnull())


def with_functions(activities: ir.Table) -> ir.Table:
    """Add function_above: the parent of the function, "" for a main function or an unknown one."""
    tree = taxonomy.load("functions")
    parents = {code: tree.parent(code) for code in tree.codes if tree.parent(code)}
    return activities.mutate(function_above=_.function.cases(*parents.items(), else_=""))


def functions_agree(both: ir.Table, one: str, two: str) -> ir.BooleanValue:
    """True unless both functions are known and neither is the other or its parent.

    `one` and `two` are the prefixes of the columns function and function_above in `both`.
    """
    first, second = both[f"{one}function"], both[f"{two}function"]
    return (
        (first == "")
        | (second == "")
        | (first == second)
        | (first == both[f"{two}function_above"])
        | (second == both[f"{one}function_above"])
    )


def digest(*parts: ibis.Deferred) -> ibis.Deferred:
    """Return the MD5 of the parts, kept apart by a character that no text holds."""
    return reduce(lambda one, two: one + "\x1f" + two, parts).hexdigest("md5")
