"""Which hard situations a drawn case holds, so that a test can say that they are drawn often enough."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, pairwise
from typing import Any

from .asked import Params, is_active, kept
from .overlaps import Cell, Run, cells, function_cells, holds, is_overlap, partners, runs
from .overlaps import overlaps as rows_of
from .pairs import common_days, has_dates, kind, names, normal_site
from .pairs import pairs as pairs_of
from .trees import Activity, ancestors, split


def reached(cases: Iterator[tuple[list[Activity], Params]]) -> Counter[str]:
    """Count the cases in which each situation occurs at least once."""
    counted: Counter[str] = Counter()
    for told, params in cases:
        counted.update({"cases", *situations(told, params)})
    return counted


def situations(told: list[Activity], params: Params) -> set[str]:
    """Return the names of the situations in one case."""
    active = kept(told, params)
    found = {name for pair in pairs_of(told, params) for name in of_pair(pair, params)}
    found |= {name for row in rows_of(told, params) for name in of_row(row)}
    found |= {name for a in active for name in of_activity(a, params)}
    for cell, members in cells(active, params).items():
        found |= set(of_cell(cell, members, params))
    found |= {name for a, b in combinations(active, 2) for name in of_two(a, b, params)}
    if len(active) < len([a for a in told if is_active(a)]):
        found.add("a filter: leaves activities out")
    whole = {a["activity_id"]: a["population_group"] for a in told}
    if any(a["population_group"] != whole[a["activity_id"]] for a in active):
        found.add("a filter: leaves one of two groups out")
    return found


def of_pair(pair: dict[str, Any], params: Params) -> Iterator[str]:
    """Name what a pair shows."""
    yield f"a pair: {pair['grade']} {pair['kind']}"
    for name in ("service", "population", "characteristic", "area", "time"):
        yield f"a pair: {name} {pair[f'{name}_relation']}"
    yield f"a pair: same site {pair['same_site']}"
    if params.min_days > 1 and pair["days"] == params.min_days:
        yield "a pair: just long enough"
    if sum(pair[f"{name}_relation"] != "same" for name in ("service", "population", "area", "time")) > 1:
        yield "a pair: coarser in two ways"


def of_row(row: dict[str, Any]) -> Iterator[str]:
    """Name what a row of the overlaps shows."""
    yield "a row"
    yield f"a row: same site {row['same_site']}, funders known {row['funders_known']}"
    yield f"a row: same funder {row['same_funder']}"
    if row["org_count"] > 2:
        yield "a row: three organisations"
    if row["activity_count"] > row["org_count"]:
        yield "a row: an organisation twice"
    if row["possible_count"]:
        yield "a row: others could be in it"
    if "|" in row["pcode"]:
        yield "a row: at a site"
    if row["characteristic"]:
        yield "a row: a characteristic"
    if "org_a;org_ab" in row["org_ids"]:
        yield "a row: one id begins the other"


def of_activity(a: Activity, params: Params) -> Iterator[str]:
    """Name what an activity shows."""
    groups = split(a["population_group"])
    if any(above in groups for code in groups for above in ancestors(code, params.trees.groups)):
        yield "an activity: a group and one above it"
    if not has_dates(a):
        yield "an activity: a date missing"
    if has_dates(a) and a["start"] == a["end"]:
        yield "an activity: one day"
    if names(a, a["organisation"]):
        yield "an activity: names itself as programme or funder"
    if has_dates(a) and ((params.from_ or a["start"]) > a["start"] or (params.to or a["end"]) < a["end"]):
        yield "an activity: cut by the window"


def of_two(a: Activity, b: Activity, params: Params) -> Iterator[str]:
    """Name what two activities of different organisations show."""
    if a["organisation"] == b["organisation"]:
        return
    if has_dates(a) and has_dates(b) and common_days(a, b, params) == params.min_days - 1 > 0:
        yield "two activities: a day too short"
    if has_dates(a) and has_dates(b) and b["start"] - a["end"] == timedelta(days=1):
        yield "two activities: one begins the day after"
    if len(split(a["population_group"]) & split(b["population_group"])) > 1:
        yield "two activities: two groups shared"
    if len(split(a["characteristic"]) & split(b["characteristic"])) > 1:
        yield "two activities: two characteristics shared"
    if a["site"] != b["site"] and normal_site(a["site"]) == normal_site(b["site"]) != "":
        yield "two activities: one site, spelt twice"
    if kind(a, b) == "joint" and names(a, b["organisation"]):
        yield "two activities: joint and chain at once"


def of_cell(cell: Cell, members: list[Activity], params: Params) -> Iterator[str]:
    """Name what the activities of one cell show: its functions and its runs."""
    told = {a["function"] for a in members}
    functions = function_cells(members, params)
    if len(functions) > 1:
        yield "a cell: different functions"
        yield from ["a cell: an unknown function beside different ones"] * ("" in told)
    if told - functions - {""}:
        yield "a cell: a coarser function"
    for function in functions:
        compatible = [a for a in members if holds(function, a["function"], params)]
        found = runs(cell, compatible, params)
        for one, two in pairwise(found):
            yield "a cell: two runs"
            if two.days[0] - one.days[-1] == timedelta(days=2):
                yield "a cell: two runs a day apart"
        yield from (name for run in found for name in of_run(run, params))


def of_run(run: Run, params: Params) -> Iterator[str]:
    """Name what a run shows: who meets whom in it."""
    met = defaultdict(set)
    for a, b in partners(run, params):
        met[a["organisation"]].add(b["organisation"])
        met[b["organisation"]].add(a["organisation"])
    if not is_overlap(run, params):
        yield "a run: only joint or chain"
    elif any(kind(a, b) != "overlap" for a, b in partners(run, params)):
        yield "a run: joint or chain beside an overlap"
    if any(len(others) < len(met) - 1 for others in met.values()):
        yield "a run: two that never meet"
    if any(not met[a] & met[b] and b not in met[a] and a != b for a, b in combinations(met, 2)):
        yield "a run: A and B, later C and D"
    if params.min_days > 1 and len(run.days) == params.min_days:
        yield "a run: just long enough"
    if {params.from_, params.to} & {run.days[0], run.days[-1]}:
        yield "a run: at the edge of the window"
