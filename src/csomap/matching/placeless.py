"""How many activities without a place could fall into each overlap: all overlaps swept at once.

An activity without a place may be anywhere, so each would meet the runs of every cell. Counting those
that began and those that ended before a day costs n log n instead.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching.levels import functions_agree
from csomap.matching.possible import PEOPLE, TOLD, by_people, with_people_above

_WORK = ["svc", "group", "trait", "told", "told_above"]
_BEGINS, _FIRST, _LAST, _ENDS = 1, 0, 2, 3  # in this order within a day


def placeless_counts(runs: ir.Table, placeless: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """Return nth and placeless_count: what `possible.possible_counts` counts of activities without a place.

    runs: nth (a number for each), service, population_group, characteristic, start, end, org_ids of
    OVERLAPS, told, told_above; placeless: active activities without a place, rolled up; steps, groups
    as for `overlaps`. Runs that meet none are left out.
    """
    named = runs.rename(svc="service", group="population_group", trait="characteristic")
    asked = once(named.select(*_WORK).distinct().mutate(ask=ibis.row_number().over(order_by=_WORK)), "asked")
    asking = once(named.join(asked, _WORK).select("nth", "ask", "start", "end", "org_ids"), "asking")
    fits = once(_fitting(asked, placeless, steps, groups), "fits")
    counts = ibis.union(_swept(asking, fits), _of_its_own(asking, fits))
    return counts.group_by("nth").agg(placeless_count=_.n.sum()).filter(_.placeless_count > 0)


def _fitting(asked: ir.Table, placeless: ir.Table, steps: ir.Table, groups: ir.Table) -> ir.Table:
    """The activities that fit each question but for their dates, each once."""
    reached = with_people_above(asked, steps, groups).select("ask", *PEOPLE, **TOLD)
    met = reached.join(by_people(placeless), PEOPLE)
    agreeing = met.filter(functions_agree(met, "told_", ""))
    return agreeing.select("ask", "activity_id", "organisation", "open_start", "open_end").distinct()


def _swept(asking: ir.Table, fits: ir.Table) -> ir.Table:
    """Those that began until the last day of each run less those that ended before its first."""
    nobody = ibis.null("int64")
    marks = ibis.union(
        fits.select("ask", day="open_start", turn=_BEGINS, nth=nobody),
        fits.select("ask", day="open_end", turn=_ENDS, nth=nobody),
        asking.select("ask", "nth", day="start", turn=_FIRST),
        asking.select("ask", "nth", day="end", turn=_LAST),
    )
    sofar = ibis.window(group_by="ask", order_by=[_.day, _.turn], preceding=None, following=0)
    begun, ended = (_.turn == _BEGINS).cast("int64"), (_.turn == _ENDS).cast("int64")
    counted = marks.mutate(begun=begun.sum().over(sofar), ended=ended.sum().over(sofar))
    asked = counted.filter(_.nth.notnull())
    return asked.select("nth", n=ibis.ifelse(_.turn == _LAST, _.begun, -_.ended))


def _of_its_own(asking: ir.Table, fits: ir.Table) -> ir.Table:
    """Less one for each activity of a run's own organisations."""
    own = asking.mutate(organisation=_.org_ids.split(";").unnest())
    met = own.join(fits.drop("activity_id"), ["ask", "organisation"])
    inside = met.filter((_.open_start <= _.end) & (_.open_end >= _.start))
    return inside.select("nth", n=ibis.literal(-1, "int64"))
