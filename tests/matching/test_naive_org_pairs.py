"""Who meets whom in a row of the overlaps, as a naive reading finds it, and what the evidence adds up to."""

from collections.abc import Iterator
from typing import Any

import pytest

from csomap import flow
from tests.oracle import cases
from tests.oracle.org_pairs import meetings, org_pairs
from tests.oracle.overlaps import Run, overlap_runs
from tests.oracle.pools import Row
from tests.oracle.stacks import Stack

from . import naive

pytestmark = pytest.mark.turns(3, together=True)
EACH, SEED = 25, 11  # worlds for each of the twelve levels
TOLD = ("org_a", "org_b", "kind", "days", "pair_count")
Key = tuple[Any, ...]


def _runs(rows: list[Row], stack: Stack) -> dict[Key, Run]:
    return {key(run): run for run in overlap_runs(rows, stack.params)}


def key(run: Run) -> Key:
    """Return what names a run in both readings."""
    return (*run.cell, run.days[0], ";".join(sorted(a["activity_id"] for a in run.members)))


def keys(overlaps: Any) -> dict[str, Key]:
    """Return the same for each row of the overlaps, by its overlap_id."""
    columns = ["service", "population_group", "characteristic", "pcode", "start", "activity_ids"]
    plain = naive.plain(overlaps)
    return {row["overlap_id"]: tuple(row[name] for name in columns) for row in plain}


@pytest.fixture(scope="module", params=cases.LEVELS, ids=str)
def found(request: pytest.FixtureRequest) -> Iterator[tuple[Stack, dict[Key, Run], Any, flow.Evidence]]:
    (stack,) = cases.stacks(*request.param, EACH, SEED)
    rows = [row for world in stack.apart() for row in world]
    data, query = naive.data(rows), naive.query(stack.params)
    overlaps = flow.find_overlaps(data, query)
    yield stack, _runs(rows, stack), overlaps, flow.find_evidence(data, query, overlaps)


def test_two_organisations_of_a_row_meet_as_a_naive_reading_says(found: Any) -> None:
    stack, runs, overlaps, evidence = found
    named = keys(overlaps)
    told = [(named[p["overlap_id"]], *(p[name] for name in TOLD)) for p in naive.plain(evidence.pairs)]
    expected = [
        (name, *(p[column] for column in TOLD))
        for name, run in runs.items()
        for p in org_pairs(run, stack.params)
    ]
    assert sorted(told, key=repr) == sorted(expected, key=repr)


def test_the_two_activities_that_speak_are_of_the_kind_of_the_pair_and_meet(found: Any) -> None:
    stack, runs, overlaps, evidence = found
    named = keys(overlaps)
    for pair in naive.plain(evidence.pairs):
        met = meetings(runs[named[pair["overlap_id"]]], stack.params)[pair["org_a"], pair["org_b"]]
        ids = {(m.a["activity_id"], m.b["activity_id"]) for m in met if m.kind == pair["kind"]}
        assert (pair["activity_a"], pair["activity_b"]) in ids


def test_the_points_of_the_reasons_add_up_to_the_strength(found: Any) -> None:
    _, _, _, evidence = found
    columns = ["overlap_id", "org_a", "org_b"]
    points = evidence.reasons.groupby(columns)["points"].sum().clip(0, 100)
    strength = evidence.pairs.set_index(columns)["strength"]
    assert points.sort_index().to_dict() == strength.sort_index().to_dict()
