"""Why two activities may, or may not, be the same work: one row for each reason, with its points."""

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching import measures
from csomap.matching.reasons import REASONS
from csomap.matching.reasons_work import area_answer
from csomap.matching.told import NONE, Rules

KEY = ["overlap_id", "org_a", "org_b", "activity_a", "activity_b"]
RANKED = ["kind", "days", "strength"]
PAIR = ["overlap_id", "org_a", "org_b"]
_PARTS = ("answer", "value", "value_a", "value_b")
_KEPT = [
    *(
        "activity_id",
        "organisation_type",
        "service",
        "function",
        "population_group",
        "characteristic",
        "pcode",
    ),
    *("site", "latitude", "longitude", "start", "end", "open_start", "open_end", "status", "funder"),
    *("programme_organisation", "project_id", "targeted", "reached", "value_usd"),
]
START = "start"  # the reason that holds the base points


def sides(pairs: ir.Table, activities: ir.Table) -> ir.Table:
    """Return the pairs with both activities side by side: their columns as a_ and b_.

    pairs: KEY columns, kind, days and more; activities: what `levels.clipped` returns. a_named, b_named: the
    programme organisations and funders of each.
    """
    slim = once(activities.select(*_KEPT), "slim").mutate(
        named=_.programme_organisation + ";" + _.funder,
    )
    a, b = (slim.view().rename(lambda name, side=side: f"{side}_{name}") for side in "ab")
    both = pairs.join(a, pairs.activity_a == a.a_activity_id)
    joined = both.join(b, both.activity_b == b.b_activity_id)
    return joined.select(*sorted(set(joined.columns) - {"a_activity_id", "b_activity_id"}))


def weighed(sides: ir.Table, needs: ir.Table, rules: Rules) -> ir.Table:
    """Return KEY, kind, days, strength, and of each reason its answer, values and points, in columns.

    sides: what `sides` and `compared.compared` return, with cell_pcode and cell_group ("" outside of a cell),
    given_need (persons in need), has_given (it takes the place of `needs`) and by_sector; needs: pcode,
    population_group, indicator, people_in_need (persons). Points are those of rules.yml; the strength is
    their sum, cut to 0 to 100.
    """
    measured = once(_with_needs(measures.measured(sides), needs), "measured")
    both = once(measured.mutate(area_answer=area_answer(measured, rules)), "both")
    answers = {
        f"{name}__{part}": value
        for name, reason in REASONS.items()
        for part, value in zip(_PARTS, reason(both, rules), strict=True)
    }
    told = once(both.select(*KEY, "kind", "days", **answers), "told")
    points = {
        f"{name}__points": _points(told[f"{name}__answer"], rules["points"].get(name, {})) for name in REASONS
    }
    pointed = once(told.mutate(**points), "pointed")
    total = reduce(lambda one, two: one + two, (pointed[name] for name in points)) + rules["base"]
    return pointed.mutate(strength=ibis.greatest(ibis.least(total, 100), 0))


def _with_needs(both: ir.Table, needs: ir.Table) -> ir.Table:
    """The figure of the cell's area and group; of two activities in no cell, of the wider place and group."""
    place = ibis.cases((_.cell_pcode != "", _.cell_pcode), (_.inside, _.wider), else_=NONE)
    group = ibis.ifelse(_.cell_group == "", _.population_value, _.cell_group)
    asked = both.mutate(need_pcode=place, need_group=group)
    found = asked.left_join(
        needs, [asked.need_pcode == needs.pcode, asked.need_group == needs.population_group]
    ).drop("pcode", "population_group")
    return found.mutate(
        need=ibis.ifelse(_.has_given, _.given_need, _.people_in_need),
        indicator=ibis.cases((~_.has_given, _.indicator), (_.given_need.notnull(), "given"), else_="unknown"),
    )


def _points(answer: ir.StringValue, points: Mapping[str, int]) -> ir.IntegerValue:
    return answer.cases(*points.items(), else_=0).cast("int64") if points else ibis.literal(0, "int64")


def strongest(weighed: ir.Table) -> ir.Table:
    """Return of each two organisations of an overlap the activities that speak most, of the kind that counts
    first: KEY, days (most that two of their activities of this kind share), pair_count.

    weighed: KEY and RANKED columns.
    """
    rank = _.kind.cases(("overlap", 0), ("joint", 1), else_=2)
    order = [rank, _.strength.desc(), _.days.desc(), _.activity_a, _.activity_b]
    told = weighed.mutate(
        nth=ibis.row_number().over(group_by=PAIR, order_by=order),
        pair_count=_.count().over(group_by=PAIR),
        days=_.days.max().over(group_by=[*PAIR, "kind"]),
    )
    return told.filter(_.nth == 0).select(*KEY, "days", "pair_count")


def reasons(weighed: ir.Table, base: int) -> ir.Table:
    """Return EVIDENCE columns: a row for each pair and reason, the base points first."""
    empty = dict.fromkeys(("value", "value_a", "value_b"), NONE)
    start = weighed.select(
        *KEY,
        reason=ibis.literal(START),
        answer=ibis.literal("base"),
        **empty,
        points=ibis.literal(base).cast("int64"),
    )
    each = [
        weighed.select(
            *KEY,
            reason=ibis.literal(name),
            **{part: _[f"{name}__{part}"] for part in _PARTS},
            points=_[f"{name}__points"],
        )
        for name in REASONS
    ]
    return ibis.union(start, *each)
