"""Stacks keep worlds apart, and what fails in one is told as one small world."""

from random import Random

import pytest

from .cases import stacks
from .overlaps import overlaps
from .pairs import pairs
from .shrinking import shrunk, story
from .stacks import world_of
from .worlds import activities


def test_the_smallest_world_that_fails_is_left() -> None:
    world = next(w for n in range(99) if len(w := activities(Random(n), least=8)) > 8)
    two = {world[2]["organisation"], world[5]["organisation"]}
    small = shrunk(world, lambda rows: two <= {row["organisation"] for row in rows})
    assert len(small) == len(two) and {row["organisation"] for row in small} == two
    assert {row["project_id"] for row in small} == {row["funder"] for row in small} == {""}
    assert all(org in story(small) for org in two)


@pytest.mark.parametrize("nth", [0, 1], ids=["by place", "by time"])
def test_a_stack_changes_nothing_but_names(nth: int) -> None:
    stack = list(stacks("topic", 2, 50, "names"))[nth]
    assert stack.by_time == bool(nth)
    without_names = ("days", "org_count", "activity_count", "same_site", "same_funder", "possible_count")
    for world, named in zip(stack.worlds, stack.apart(), strict=True):
        alone, apart = overlaps(world, stack.params), overlaps(named, stack.params)
        assert [[r[n] for n in without_names] for r in alone] == [
            [r[n] for n in without_names] for r in apart
        ]


@pytest.mark.parametrize("nth", [0, 1], ids=["by place", "by time"])
def test_worlds_meet_in_a_stack_only_where_something_is_not_known(nth: int) -> None:
    stack = list(stacks("topic", 2, 50, "strangers"))[nth]
    worlds = stack.apart()
    mine = [*worlds[3], *(row for world in worlds for row in world if not stack.is_stranger(row))]
    known = {row["activity_id"] for row in mine if not stack.is_stranger(row)}
    met = [(pair["activity_a"], pair["activity_b"]) for pair in pairs(mine, stack.params)]
    assert met and not [ids for ids in met if world_of(*ids) is None and known.issuperset(ids)]
    assert all(stack.is_stranger(row) for row in stack.with_strangers(worlds, 3)[len(worlds[3]) :])
    assert world_of("003_a", "003_b") == 3 and world_of("003_a", "004_a") is None
