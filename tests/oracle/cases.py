"""Thousands of cases: a world and what is asked of it, in stacks that are asked the same."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from . import worlds
from .asked import Params
from .pools import PLACES, Row
from .stacks import Stack

LEVELS = tuple(product(("sector", "topic", "service"), (1, 2, 3, "site")))
WORLDS = 25  # in a stack


def stacks(service_level: str, area_level: int | str, count: int, seed: object) -> Iterator[Stack]:
    """Return stacks of together at least `count` worlds that are asked for these levels.

    Of three stacks the second has filters, one of them by place, and the third has other filters.
    """
    for n in range(-(-count // WORLDS)):
        name = f"{seed}-{service_level}-{area_level}-{n}"
        random = Random(name)
        asked = replace(worlds.params(random), service_level=service_level, area_level=area_level)
        drawn = [worlds.activities(random) for _ in range(WORLDS)]
        asked = _with_filters(random, asked, n % 3)
        yield Stack(name, asked, [_of_one_function(world) for world in drawn] if asked.place else drawn)


def _of_one_function(world: list[Row]) -> list[Row]:
    """Worlds that are parted by time share cells, and which functions a cell has is no matter of time."""
    return [row | {"function": ""} for row in world]


def _with_filters(random: Random, asked: Params, kind: int) -> Params:
    if kind == 0:
        return asked
    if kind == 2:
        return replace(asked, **worlds.filters(random))
    others = worlds.filters(random) if random.randint(0, 1) else {}
    place = random.choice([pcode for pcode in PLACES if pcode.startswith("IQG01")])
    return replace(asked, from_=None, to=None, place=place, **others)
