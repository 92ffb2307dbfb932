"""The overlaps that are planted: two or more organisations, one cell, days in common."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from plan import TOPICS, TRAITS, Activity, Case, Cell, Plan, Span, month, months, truth

NOTES = {
    "two_organisations": "same topic, group, district and days",
    "same_site": "at the same site",
    "sub_districts": "in two sub-districts of one district",
    "district_and_sub_district": "one named the district only, the other a sub-district of it",
    "services_of_one_topic": "two different services under one topic",
    "topic_and_service": "one named the topic only, the other a service under it",
    "monthly_both": "both told month by month",
    "monthly_and_dates": "one told month by month, the other with a stated end",
    "three_organisations": "three at once; the run is every day on which two of them are there",
    "four_organisations": "A beside B, then C beside D, joined by A and C: one run",
    "same_funder": "the same funder pays for both",
    "different_funders": "each has its own funder",
    "unknown_funder": "one names no funder",
    "same_characteristic": "for the same people within the group",
    "group_lists": "lists of groups that share one",
    "two_runs": "a hole in the monthly rows of one makes two runs",
    "one_function_unknown": "one names its function, the other none",
}


def planted(plan: Plan) -> list[Case]:
    """Return every planted overlap, pattern by pattern."""
    return [build(plan, name) for name, (count, build) in PATTERNS.items() for _ in range(count)]


def _case(name: str, cell: Cell, members: list[Activity], *runs: Span) -> Case:
    lines = [truth("overlap", name, cell, members, run, NOTES[name]) for run in runs or [_run(members)]]
    return Case(tuple(members), tuple(lines))


def _run(members: list[Activity]) -> Span:
    """Return the days on which two are there, where all share a core: second start to last but one end."""
    starts = sorted(a.spans[0][0] for a in members)
    ends = sorted(a.spans[-1][1] or dt.date.max for a in members)
    return starts[1], ends[-2]


def _simple(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    return _case(name, cell, plan.crowd(cell, plan.ways()))


def _same_site(plan: Plan, name: str) -> Case:
    cell = plan.cell(sub_districts=1)
    where = plan.sub_district(cell)
    site = plan.site(where)
    return _case(name, cell, [replace(a, pcode=where, site=site) for a in plan.crowd(cell, plan.ways())])


def _sub_districts(plan: Plan, name: str) -> Case:
    cell = plan.cell(sub_districts=2)
    members = plan.crowd(cell, plan.ways())
    moved = [replace(a, pcode=plan.sub_district(cell, n)) for n, a in enumerate(members)]
    return _case(name, cell, [replace(a, site=plan.site(a.pcode)) for a in moved])


def _district_and_sub_district(plan: Plan, name: str) -> Case:
    cell = plan.cell(sub_districts=1)
    a, b = plan.crowd(cell, plan.ways())
    return _case(name, cell, [a, replace(b, pcode=plan.sub_district(cell))])


def _services_of_one_topic(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    services = plan.rng.sample(TOPICS[cell.topic], 2)
    members = plan.crowd(cell, plan.ways())
    return _case(name, cell, [replace(a, service=s) for a, s in zip(members, services, strict=True)])


def _topic_and_service(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    a, b = plan.crowd(cell, plan.ways())
    below = plan.rng.choice(TOPICS[cell.topic])
    return _case(name, cell, [replace(a, service=cell.topic), replace(b, service=below)])


def _monthly_both(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    return _case(name, cell, plan.crowd(cell, ("months", "months")))


def _monthly_and_dates(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    return _case(name, cell, plan.crowd(cell, ("months", "dates")))


def _three_organisations(plan: Plan, name: str) -> Case:
    cell = plan.cell(organisations=3)
    return _case(name, cell, plan.crowd(cell, plan.ways(3)))


def _four_organisations(plan: Plan, name: str) -> Case:
    cell = plan.cell(organisations=4)
    members = plan.crowd(cell, ("dates", "months", "months", "dates"))
    spans = months(1, 6), months(1, 3), months(4, 9), months(7, 9)
    placed = [replace(a, spans=(span,)) for a, span in zip(members, spans, strict=True)]
    return _case(name, cell, placed, months(1, 9))


def _same_funder(plan: Plan, name: str) -> Case:
    cell, funder = plan.cell(), plan.funder()
    return _case(name, cell, [replace(a, funder=funder) for a in plan.crowd(cell, plan.ways())])


def _different_funders(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    two = plan.rng.sample(plan.world.of_type("donor"), 2)
    members = plan.crowd(cell, plan.ways())
    return _case(name, cell, [replace(a, funder=f) for a, f in zip(members, two, strict=True)])


def _unknown_funder(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    a, b = plan.crowd(cell, plan.ways())
    return _case(name, cell, [replace(a, funder=plan.funder()), replace(b, funder="")])


def _same_characteristic(plan: Plan, name: str) -> Case:
    cell, trait = plan.cell(), plan.rng.choice(TRAITS)
    return _case(name, cell, [replace(a, characteristic=trait) for a in plan.crowd(cell, plan.ways())])


def _group_lists(plan: Plan, name: str) -> Case:
    cell = replace(plan.cell(), group="host")
    a, b = plan.crowd(cell, plan.ways())
    return _case(
        name,
        cell,
        [replace(a, population_group="host;returnee"), replace(b, population_group="host;idp_out_of_camp")],
    )


def _two_runs(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    a, b = plan.crowd(cell, ("months", "dates"))
    hole = plan.rng.randint(4, 7)
    spans = months(1, hole - 1), months(hole + 1, 10)
    members = [replace(a, spans=spans), replace(b, spans=((month(1)[0], dt.date(2026, 3, 31)),))]
    return _case(name, cell, members, *spans)


def _one_function_unknown(plan: Plan, name: str) -> Case:
    cell = plan.cell()
    a, b = plan.crowd(cell, plan.ways())
    return _case(name, cell, [replace(a, function=plan.rng.choice(("direct_support", "advocacy"))), b])


PATTERNS: dict[str, tuple[int, Callable[[Plan, str], Case]]] = {
    "two_organisations": (5, _simple),
    "same_site": (8, _same_site),
    "sub_districts": (6, _sub_districts),
    "district_and_sub_district": (4, _district_and_sub_district),
    "services_of_one_topic": (6, _services_of_one_topic),
    "topic_and_service": (4, _topic_and_service),
    "monthly_both": (6, _monthly_both),
    "monthly_and_dates": (5, _monthly_and_dates),
    "three_organisations": (6, _three_organisations),
    "four_organisations": (4, _four_organisations),
    "same_funder": (4, _same_funder),
    "different_funders": (4, _different_funders),
    "unknown_funder": (4, _unknown_funder),
    "same_characteristic": (4, _same_characteristic),
    "group_lists": (4, _group_lists),
    "two_runs": (3, _two_runs),
    "one_function_unknown": (4, _one_function_unknown),
}
