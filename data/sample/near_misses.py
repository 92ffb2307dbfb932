"""The near misses: two activities that would be an overlap, were it not for one dimension."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from plan import TOPICS, TRAITS, Activity, Case, Cell, Plan, Span, month, truth

Pair = tuple[Activity, Activity]
NOTES = {
    "service": "the second gives another topic",
    "service_coarser": "the second says only Health: possible, not confirmed",
    "population": "for different groups",
    "population_nested": "displaced people beside displaced people in camps: possible",
    "population_unknown": "the second does not say for whom: possible",
    "characteristic": "for different people within the group",
    "characteristic_one_stated": "only one says for whom within the group: possible",
    "area": "the second is in a neighbouring district of the governorate",
    "area_coarser": "the second says only the governorate: possible",
    "time": "no day in common",
    "end_missing": "the first has no end: possible",
    "function": "advocacy beside direct support",
    "same_organisation": "one organisation under two spellings",
    "joint": "one project of both",
    "chain": "one is the programme organisation or funder of the other: one activity told by two",
    "status": "the second was planned or cancelled",
}
EACH = 5


def planted(plan: Plan) -> list[Case]:
    """Return every near miss, dimension by dimension."""
    return [_case(plan, name, nth) for name in CHANGES for nth in range(EACH)]


def _case(plan: Plan, name: str, nth: int) -> Case:
    cell, core = _own_cell(plan, name), plan.core()
    a, b = (replace(a, activity_id=plan.number("A")) for a in plan.crowd(cell, plan.ways(), core))
    pair = CHANGES[name](plan, cell, (a, b), nth)
    days = _days(pair, core) if name == "time" else core
    return Case(pair, (truth("near_miss", name, cell, list(pair), days, NOTES[name]),))


def _days(pair: Pair, core: Span) -> Span:
    """Return from the first start to the last end: two that never meet have no core in common."""
    ends = [span[1] or core[1] for a in pair for span in a.spans]
    return min(span[0] for a in pair for span in a.spans), max(end for end in ends if end)


def _own_cell(plan: Plan, name: str) -> Cell:
    cell = plan.cell()
    group = {"population_nested": "idp", "population": "host"}.get(name, cell.group)
    return replace(cell, group=group)


def _service(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    other = next(t for t in plan.rng.sample(list(TOPICS), len(TOPICS)) if plan.claim(t, cell.district))
    return pair[0], replace(pair[1], service=other)


def _service_coarser(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return pair[0], replace(pair[1], service="health")


def _population(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    other = ("idp_camp", "idp_out_of_camp", "returnee", "refugee")[nth % 4]
    return replace(pair[0], population_group="host"), replace(pair[1], population_group=other)


def _population_nested(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return replace(pair[0], population_group="idp"), replace(pair[1], population_group="idp_camp")


def _population_unknown(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return pair[0], replace(pair[1], population_group="")


def _characteristic(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    one, two = plan.rng.sample(TRAITS, 2)
    return replace(pair[0], characteristic=one), replace(pair[1], characteristic=two)


def _characteristic_one_stated(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return pair[0], replace(pair[1], characteristic=plan.rng.choice(TRAITS))


def _area(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    near = plan.world.neighbours(cell.district)
    return pair[0], replace(pair[1], pcode=next(d for d in near if plan.claim(cell.topic, d)))


def _area_coarser(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return pair[0], replace(pair[1], pcode=cell.district[:5])


def _time(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    """Months that alternate, or the second starts on the day after the first ends."""
    if nth % 2:
        odd, even = (tuple(month(n) for n in range(first, 9, 2)) for first in (2, 3))
        return replace(pair[0], spans=odd, told="months"), replace(pair[1], spans=even, told="months")
    last = dt.date(2025, 5, 14) + dt.timedelta(days=20 * nth)
    before, after = (dt.date(2025, 2, 3), last), (last + dt.timedelta(days=1), dt.date(2025, 11, 20))
    return replace(pair[0], spans=(before,), told="dates"), replace(pair[1], spans=(after,), told="dates")


def _end_missing(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return replace(pair[0], spans=((pair[0].spans[0][0], None),), told="dates"), pair[1]


def _function(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return replace(pair[0], function="direct_support"), replace(pair[1], function="advocacy")


def _same_organisation(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return pair[0], replace(pair[1], organisation=pair[0].organisation)


def _joint(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    project = plan.number("P")
    return replace(pair[0], project_id=project), replace(pair[1], project_id=project)


def _chain(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    if nth % 2:
        return pair[0], replace(pair[1], programme_organisation=pair[0].organisation)
    donor = plan.funder()
    return replace(pair[0], organisation=donor, funder=""), replace(pair[1], funder=donor)


def _status(plan: Plan, cell: Cell, pair: Pair, nth: int) -> Pair:
    return pair[0], replace(pair[1], status=("planned", "cancelled")[nth % 2])


CHANGES: dict[str, Callable[[Plan, Cell, Pair, int], Pair]] = {
    "service": _service,
    "service_coarser": _service_coarser,
    "population": _population,
    "population_nested": _population_nested,
    "population_unknown": _population_unknown,
    "characteristic": _characteristic,
    "characteristic_one_stated": _characteristic_one_stated,
    "area": _area,
    "area_coarser": _area_coarser,
    "time": _time,
    "end_missing": _end_missing,
    "function": _function,
    "same_organisation": _same_organisation,
    "joint": _joint,
    "chain": _chain,
    "status": _status,
}
