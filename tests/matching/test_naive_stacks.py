"""Overlaps and pairs of over 2,000 drawn cases are those of the naive reading.

As many as the Hypothesis profile says: `pytest --hypothesis-profile more tests/matching/test_naive_stacks.py`
draws many times as many, new ones each time.
"""

from random import SystemRandom

import pytest
from hypothesis import settings

from tests.oracle import cases

from . import naive

ASKED_FOR = settings().max_examples  # by the profile: few where it is run each time
SEED = 2021 if ASKED_FOR <= 40 else SystemRandom().randrange(10**9)
EACH = 175 * max(1, ASKED_FOR // 40)  # for each pair of levels: 2,100 in all


@pytest.mark.turns(2)
@pytest.mark.parametrize("readings", [naive.OVERLAPS, naive.PAIRS], ids=["overlaps", "pairs"])
@pytest.mark.parametrize(("service_level", "area_level"), cases.LEVELS)
def test_many_worlds_are_read_alike(
    readings: naive.Readings, service_level: str, area_level: int | str
) -> None:
    for stack in cases.stacks(service_level, area_level, EACH, SEED):
        naive.check(readings, stack)
