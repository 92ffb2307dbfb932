"""Which activities stand in which cell: service, group, characteristic, place and function."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching.levels import codes, with_functions

PLACE = ["svc", "group", "trait", "area"]
_MOST_WORKS = 64  # functions of one place; the taxonomy has fewer
_KEPT = [
    *("activity_id", "organisation", "organisation_type", "project_id", "programme_organisation", "funder"),
    *("function", "function_above", "pcode", "site_key", "start", "end", "svc", "area"),
]


def cells(ready: ir.Table) -> tuple[ir.Table, ir.Table]:
    """Return the activities of cells in which several organisations work, and the places of the cells.

    ready: activities rolled up (`levels.rolled`). The first has a row for each activity and each of
    its groups, characteristics and functions, with cell, place, org (whole numbers that stand for the
    texts, which take many times longer to sort and compare), work and work_above; the second place
    and PLACE columns.
    """
    spread = once(_spread(ready), "spread")
    places = once(_places(spread), "places")
    found = once(_by_function(spread.join(places, PLACE).drop(PLACE)), "cells")
    return once(found.semi_join(_busy(found, ["cell"]), "cell"), "busy"), places


def _spread(ready: ir.Table) -> ir.Table:
    fine = with_functions(ready).filter(_.svc_at & _.area_at & _.dated & (_.population_group != ""))
    slim = once(fine.select(*_KEPT, "population_group", "characteristic"), "fine")
    numbered = slim.join(_organisations(slim), "organisation")
    groups = slim.select("population_group").distinct().mutate(group=codes(_.population_group).unnest())
    traits = slim.select("characteristic").distinct().mutate(trait=_.characteristic.split(";").unnest())
    told = numbered.join(groups, "population_group").join(traits, "characteristic")
    return told.drop("population_group", "characteristic")


def _organisations(slim: ir.Table) -> ir.Table:
    named = slim.select("organisation").distinct()
    return named.mutate(org=ibis.row_number().over(order_by="organisation"))


def _busy(rows: ir.Table, key: list[str]) -> ir.Table:
    """Return the keys under which more than one organisation stands."""
    return rows.group_by(key).agg(least=_.org.min(), most=_.org.max()).filter(_.least != _.most).select(key)


def _places(spread: ir.Table) -> ir.Table:
    return _busy(spread, PLACE).mutate(place=ibis.row_number().over(order_by=PLACE))


def _by_function(rows: ir.Table) -> ir.Table:
    """Different functions are different cells; an unknown or coarser one joins those of the cell."""
    named = rows.filter(_.function != "").select("place", work="function", work_above="function_above")
    distinct = once(named.distinct(), "works")
    above = distinct.filter(_.work_above != "").select("place", work="work_above")
    known = distinct.anti_join(above, ["place", "work"]).mutate(
        nth=ibis.row_number().over(group_by="place", order_by="work") + 1
    )
    joined = rows.left_join(known, "place", rname="{name}_known").mutate(
        cell=_.place * _MOST_WORKS + _.nth.fill_null(0),
        work=_.work.fill_null(""),
        work_above=_.work_above.fill_null(""),
    )
    fits = (_.function == "") | (_.function == _.work) | (_.function == _.work_above)
    return joined.filter(fits).drop("place_known", "nth")
