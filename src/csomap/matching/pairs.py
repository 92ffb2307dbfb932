"""Activity beside activity: every relation of semantics 3, for the drill-down."""

import ibis
import ibis.expr.types as ir
from ibis import _

from csomap.engine import once
from csomap.matching.levels import codes, functions_agree, rolled, with_functions
from csomap.tables import schemas
from csomap.tables.query import AreaLevel


def pairs(
    activities: ir.Table, steps: ir.Table, groups: ir.Table, *, area_level: AreaLevel, min_days: int
) -> ir.Table:
    """Return every two activities of different organisations that are, or may be, the same work.

    activities: what `levels.active` keeps; steps: services at the service level; groups: population
    groups with all above them (`tables.steps`). Returns PAIRS columns (days in days). Grows with
    the square of a crowd: what people see first is built by `overlaps`.
    """
    all_of_them = once(ready(activities, steps, groups, area_level), "ready")
    both = compared(_candidates(all_of_them), all_of_them)
    both = both.filter(functions_agree(both, "a_", "b_"))
    return judged(both, min_days, _tree_relation(both, "area")).select(schemas.columns(schemas.PAIRS))


def ready(activities: ir.Table, steps: ir.Table, groups: ir.Table, level: AreaLevel) -> ir.Table:
    """Return the activities with all that their relations are judged by."""
    table = with_functions(rolled(activities, steps, level))
    above = (
        table.select("population_group", group=codes(_.population_group).unnest())
        .distinct()
        .join(groups, [("group", "code")])
        .select("population_group", group_above=_.above.unnest())
        .group_by("population_group")
        .agg(groups_above=_.group_above.collect())
    )
    joined = table.left_join(above, "population_group").drop("population_group_right")
    return joined.mutate(
        groups=codes(_.population_group),
        groups_above=_.groups_above.fill_null(ibis.literal([], type="array<string>")),
        characteristics=codes(_.characteristic),
        fine=_.svc_at & _.area_at,
    )


def _candidates(ready: ir.Table) -> ir.Table:
    """Pairs with a day in common whose service and area are equal or one above the other, by equality joins.

    Fine activities (both codes at the level) meet on equal codes; a coarse one meets whatever has
    its two codes in its chains; two coarse ones may also be coarser on one side each.
    """
    fine, coarse = ready.filter(_.fine), ready.filter(~_.fine)
    below = ready.mutate(svc=_.svc_chain.unnest()).mutate(area=_.area_chain.unnest())
    high_service = coarse.mutate(area=_.area_chain.unnest())
    high_area = coarse.mutate(svc=_.svc_chain.unnest())
    met = ibis.union(_met(fine, fine), _met(coarse, below), _met(high_service, high_area))
    return once(met.distinct(), "candidates")


def _met(left: ir.Table, right: ir.Table) -> ir.Table:
    kept = {"svc": "svc", "area": "area", "id": "activity_id", "org": "organisation"}
    spans = {"start": "open_start", "end": "open_end"}
    one, two = left.select(**kept, **spans), right.select(**kept, **spans)
    joined = one.join(two, ["svc", "area"], rname="b_{name}").filter(
        (_.org != _.b_org) & (_.start <= _.b_end) & (_.b_start <= _.end)
    )
    return joined.select(a_activity_id=ibis.least(_.id, _.b_id), b_activity_id=ibis.greatest(_.id, _.b_id))


def compared(met: ir.Table, activities: ir.Table) -> ir.Table:
    """Return the two activities side by side (a_, b_) of each row of met: a_activity_id, b_activity_id."""
    a, b = activities.view(), activities.view()
    beside = met.join(a.rename(lambda name: f"a_{name}"), "a_activity_id")
    return beside.join(b.rename(lambda name: f"b_{name}"), "b_activity_id")


def judged(both: ir.Table, min_days: int, area_relation: ir.StringValue) -> ir.Table:
    """Return PAIRS columns for activities side by side, without those whose relations differ."""
    related = both.mutate(
        service_relation=_tree_relation(both, "svc"),
        area_relation=area_relation,
        population_relation=_population_relation(both),
        characteristic_relation=_characteristic_relation(both),
        open_days=_days(_.a_open_start, _.a_open_end, _.b_open_start, _.b_open_end),
        days=_days(_.a_start, _.a_end, _.b_start, _.b_end),
    )
    timed = related.mutate(time_relation=_time_relation(min_days)).filter(
        (_.population_relation != "different")
        & (_.characteristic_relation != "different")
        & (_.time_relation != "different")
    )
    return timed.mutate(
        org_a=_.a_organisation,
        org_b=_.b_organisation,
        activity_a=_.a_activity_id,
        activity_b=_.b_activity_id,
        kind=_kind(),
        grade=_grade(),
        service=ibis.ifelse(_.a_svc_chain.contains(_.b_svc), _.b_svc, _.a_svc),
        same_site=_same_site(),
    )


def _tree_relation(both: ir.Table, code: str) -> ir.StringValue:
    one, two = both[f"a_{code}"], both[f"b_{code}"]
    fine = both[f"a_{code}_at"] & both[f"b_{code}_at"]
    return ibis.cases(((one == "") | (two == ""), "unknown"), (fine, "same"), else_="nested")


def _share(one: ir.ArrayValue, two: ir.ArrayValue) -> ir.BooleanValue:
    return one.intersect(two).length() > 0


def _population_relation(both: ir.Table) -> ir.StringValue:
    one, two = both.a_groups, both.b_groups
    above = _share(one, both.b_groups_above) | _share(two, both.a_groups_above)
    return ibis.cases(
        ((one.length() == 0) | (two.length() == 0), "unknown"),
        (_share(one, two), "same"),
        (above, "nested"),
        else_="different",
    )


def _characteristic_relation(both: ir.Table) -> ir.StringValue:
    one, two = both.a_characteristics, both.b_characteristics
    none_one, none_two = one.length() == 0, two.length() == 0
    return ibis.cases(
        ((none_one & none_two) | _share(one, two), "same"),
        (none_one | none_two, "nested"),
        else_="different",
    )


def _days(start_a: ir.Value, end_a: ir.Value, start_b: ir.Value, end_b: ir.Value) -> ir.Value:
    """Return the days in common, both ends included; 0 or less if there are none, null if unknown."""
    last, first = ibis.least(end_a, end_b), ibis.greatest(start_a, start_b)
    known = start_a.notnull() & end_a.notnull() & start_b.notnull() & end_b.notnull()
    return ibis.ifelse(known, last.delta(first, unit="day") + 1, ibis.null("int64"))


def _time_relation(min_days: int) -> ir.StringValue:
    return ibis.cases(
        (_.days >= min_days, "same"),
        (_.days.isnull() & (_.open_days >= min_days), "unknown"),
        else_="different",
    )


def _kind() -> ir.StringValue:
    joint = (_.a_project_id != "") & (_.a_project_id == _.b_project_id)
    chain = _names(_, "a_", "b_") | _names(_, "b_", "a_")
    return ibis.cases((joint, "joint"), (chain, "chain"), else_="overlap")


def _names(both: ibis.Deferred, one: str, two: str) -> ir.BooleanValue:
    """True if `one` names the organisation of `two` as its programme or funder organisation."""
    named = both[f"{one}programme_organisation"] + ";" + both[f"{one}funder"]
    return (";" + named + ";").contains(";" + both[f"{two}organisation"] + ";")


def _grade() -> ir.StringValue:
    relations = (
        _.service_relation,
        _.area_relation,
        _.population_relation,
        _.characteristic_relation,
        _.time_relation,
    )
    same = ibis.and_(*[relation == "same" for relation in relations])
    return ibis.ifelse(same, "confirmed", "possible")


def _same_site() -> ir.StringValue:
    nested = _.a_pcode.startswith(_.b_pcode) | _.b_pcode.startswith(_.a_pcode)
    return ibis.cases(
        ((_.a_site_key == "") | (_.b_site_key == ""), "unknown"),
        (_.a_site_key != _.b_site_key, "no"),
        ((_.a_pcode == _.b_pcode) & (_.a_pcode != ""), "yes"),
        (nested, "unknown"),
        else_="no",
    )
