"""What holds for the evidence of any world: bounds, sums, and that nobody's place in the table matters.

Twenty-five drawn worlds for each of the twelve levels, asked as one.
"""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pandas as pd
import pytest

from csomap import flow
from csomap.matching.causes import CAUSES
from csomap.tables.query import Query
from tests.oracle import cases
from tests.oracle.pools import Row

from . import naive

pytestmark = pytest.mark.turns(3, together=True)
EACH, SEED = 25, 4
KEY = ["overlap_id", "org_a", "org_b"]
ORGANISATIONS = ["organisation", "programme_organisation", "funder"]
TURNED = {"activity_a": "activity_b", "activity_b": "activity_a", "org_a": "org_b", "org_b": "org_a"}


@dataclass(frozen=True)
class World:
    """The rows of a stack, the question, and the evidence of its overlaps."""

    rows: list[Row]
    data: flow.Data
    query: Query
    found: flow.Evidence


def evidence(data: flow.Data, query: Query) -> flow.Evidence:
    return flow.find_evidence(data, query, flow.find_overlaps(data, query))


@pytest.fixture(scope="module", params=cases.LEVELS, ids=str)
def world(request: pytest.FixtureRequest) -> World:
    (stack,) = cases.stacks(*request.param, EACH, SEED)
    rows = [row for one in stack.apart() for row in one]
    data, query = naive.data(rows), naive.query(stack.params)
    return World(rows, data, query, evidence(data, query))


def same(one: flow.Evidence, two: flow.Evidence) -> None:
    pd.testing.assert_frame_equal(one.pairs, two.pairs)
    pd.testing.assert_frame_equal(one.reasons, two.reasons)


def pairs_told(data: flow.Data, query: Query) -> dict[frozenset[str], tuple[Any, ...]]:
    """Return strength, cause, its reason and the days of every pair that could overlap, by its activities."""
    found = flow.evidence_of_pairs(data, query, flow.find_pairs(data, query)).pairs
    both = zip(found["activity_a"], found["activity_b"], strict=True)
    told = found[["strength", "cause", "cause_reason", "days"]].itertuples(index=False, name=None)
    return dict(zip(map(frozenset, both), told, strict=True))


def renamed(data: flow.Data) -> flow.Data:
    """Return the data with organisations whose ids stand in the opposite order."""
    told = data.activities[ORGANISATIONS].melt()["value"]
    known = sorted({code for cell in told for code in cell.split(";") if code})
    other = {code: f"o{len(known) - place:05d}" for place, code in enumerate(known)} | {"": ""}

    def turned(cell: str) -> str:
        return ";".join(sorted(other[code] for code in cell.split(";")))

    rows = data.activities.assign(**{name: data.activities[name].map(turned) for name in ORGANISATIONS})
    return replace(data, activities=rows, reports=rows)


def test_strength_lies_between_0_and_100_and_is_the_sum_of_the_points_cut_to_that(world: World) -> None:
    assert world.found.pairs["strength"].between(0, 100).all()
    points = world.found.reasons.groupby(KEY)["points"].sum().clip(0, 100)
    assert points.to_dict() == world.found.pairs.set_index(KEY)["strength"].to_dict()


def test_each_pair_has_every_reason_once_and_a_cause_unless_only_the_sector_is_compared(world: World) -> None:
    pairs, reasons = world.found.pairs, world.found.reasons
    assert not reasons.duplicated([*KEY, "reason"]).any()
    assert (reasons.groupby(KEY).size() == reasons["reason"].nunique()).all()
    assert set(pairs["cause"]) <= ({""} if world.query.service_level == "sector" else set(CAUSES))
    assert set(pairs.loc[pairs["cause"] != "", "cause_reason"]) <= set(reasons["reason"])


def test_the_order_of_the_rows_changes_nothing(world: World) -> None:
    shuffled = Random(SEED).sample(world.rows, len(world.rows))
    same(world.found, evidence(naive.data(shuffled), world.query))


def test_it_does_not_matter_which_of_two_organisations_comes_first(world: World) -> None:
    assert pairs_told(world.data, world.query) == pairs_told(renamed(world.data), world.query)


def test_at_the_usual_levels_many_pairs_are_there_to_be_compared() -> None:
    (stack,) = cases.stacks("topic", 2, EACH, SEED)
    rows = [row for one in stack.apart() for row in one]
    assert len(pairs_told(naive.data(rows), naive.query(stack.params))) > EACH


def test_pairs_handed_over_the_other_way_round_say_the_same(world: World) -> None:
    pairs = flow.find_pairs(world.data, world.query)
    one, two = (
        flow.evidence_of_pairs(world.data, world.query, each)
        for each in (pairs, pairs.rename(columns=TURNED))
    )
    same(one, two)
