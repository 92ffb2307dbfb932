"""Codes rolled up to the levels of a question, with their chains of ancestors.

"" is the root of every tree: a missing code may be anything, so it is an ancestor of all.
"""

from functools import reduce

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.tables import taxonomy
from csomap.tables.known import NOT_ACTIVE
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query

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


def active(activities: ir.Table, query: Query, *, coarser: bool = False) -> ir.Table:
    """Keep what is active and passes the filters, with periods clipped to the query's.

    Adds open_start, open_end (a missing date read as open) and dated (neither date is missing).
    """
    kept = filtered(activities.filter(~_.status.isin(NOT_ACTIVE)), query, coarser=coarser)
    return clipped(_only_asked(kept, query, coarser), query)


def filtered(activities: ir.Table, query: Query, *, coarser: bool = False) -> ir.Table:
    """Keep the codes at or below the filters of the query.

    With `coarser`, keep also the codes above them and missing ones, which could be at or below.
    """
    for wanted in _filters(query, coarser):
        activities = activities.filter(wanted)
    return activities


def _only_asked(activities: ir.Table, query: Query, coarser: bool) -> ir.Table:
    """Take the groups away that the query does not ask for: an activity may serve others beside them."""
    groups = query.groups()
    if groups is None:
        return activities
    above = taxonomy.load("population_groups").ancestors(query.population) if coarser else ()
    asked = codes(_.population_group).filter(lambda code: code.isin([*groups, *above]))
    return activities.mutate(population_group=asked.join(";").fill_null(""))


def _filters(query: Query, coarser: bool) -> list[ir.BooleanValue]:
    wanted = []
    services, groups = query.services(), query.groups()
    if services is not None:
        above = taxonomy.load("services").ancestors(query.finest_service)
        wanted.append(_.service.isin((*services, *above, "") if coarser else services))
    if groups is not None:
        above = taxonomy.load("population_groups").ancestors(query.population)
        wanted.append(_any_group((*groups, *above) if coarser else groups, coarser))
    if query.place:
        inside = _.pcode.startswith(query.place)
        around = [query.place[:length] for length in (0, *PCODE_LENGTH.values())]
        wanted.append(inside | _.pcode.isin(around) if coarser else inside)
    if query.organisation_type:
        wanted.append(_.organisation_type == query.organisation_type)
    return wanted


def _any_group(groups: tuple[str, ...], unknown_too: bool) -> ir.BooleanValue:
    shared = codes(_.population_group).intersect(ibis.array(list(groups))).length() > 0
    return shared | (_.population_group == "") if unknown_too else shared


def clipped(activities: ir.Table, query: Query) -> ir.Table:
    """Clip periods to the query's; adds open_start, open_end and dated as `active` does."""
    first = ibis.date(str(query.start)) if query.start else FIRST_DAY
    last = ibis.date(str(query.end)) if query.end else LAST_DAY
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
