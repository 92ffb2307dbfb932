"""Pairs that only a border parts, as a naive reading of distances finds them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from tests.oracle import cases
from tests.oracle.distance import is_close_call
from tests.oracle.pairs import pairs
from tests.oracle.pools import Row
from tests.oracle.stacks import Stack

from . import naive

EACH, SEED = 50, 5  # worlds for each of the twelve levels
KM = (5.0, 20.0)


def _stacks(levels: tuple[str, int | str]) -> Iterator[Stack]:
    for km, stack in zip(KM, cases.stacks(*levels, EACH, SEED), strict=True):
        clear = [world for world in stack.worlds if _clear(world, km)]
        yield replace(stack, params=replace(stack.params, near_km=km), worlds=clear)


def _clear(world: list[Row], km: float) -> bool:
    return not any(is_close_call(a, b, km) for a, b in combinations(world, 2))


@pytest.mark.parametrize("levels", cases.LEVELS, ids=str)
def test_pairs_near_each_other_are_those_of_a_naive_reading(levels: tuple[str, int | str]) -> None:
    for stack in _stacks(levels):
        naive.check(naive.PAIRS, stack)


def test_the_drawn_worlds_hold_many_near_pairs() -> None:
    drawn = [(w, stack.params) for at in cases.LEVELS for stack in _stacks(at) for w in stack.worlds]
    near = [[p for p in pairs(*case) if p["area_relation"] == "near"] for case in drawn]
    assert len(drawn) > 400 and sum(map(bool, near)) > 30
    assert all(p["grade"] == "possible" for found in near for p in found)
