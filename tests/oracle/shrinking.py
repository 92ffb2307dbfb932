"""From a world in which two readings differ to the smallest that still shows it."""

from collections.abc import Callable

from .pools import Row

SIMPLE = {
    "project_id": "", "programme_organisation": "", "funder": "", "function": "", "characteristic": "",
    "population_group": "host", "site": "", "status": "ongoing",
}  # fmt: skip


def shrunk(world: list[Row], fails: Callable[[list[Row]], bool]) -> list[Row]:
    """Return a world that still fails, with as few rows and as plain ones as can be left."""
    return plainer(fewer(world, fails), fails)


def fewer(world: list[Row], fails: Callable[[list[Row]], bool]) -> list[Row]:
    """Leave out halves, then quarters, down to single rows, while it still fails."""
    size = len(world) // 2
    while size:
        for first in range(len(world) - size, -1, -size):
            less = world[:first] + world[first + size :]
            world = less if fails(less) else world
        size //= 2
    return world


def plainer(world: list[Row], fails: Callable[[list[Row]], bool]) -> list[Row]:
    """Make one field after the other plain, in all rows or in one, while it still fails."""
    for name, plain in SIMPLE.items():
        for n in (None, *range(len(world))):
            trial = [row | {name: plain} if n in (None, k) else row for k, row in enumerate(world)]
            if trial != world and fails(trial):
                world = trial
    return world


def story(world: list[Row]) -> str:
    """Return a world as lines to read: what is the same in all rows once, then each row."""
    same = {name: value for name, value in world[0].items() if all(row[name] == value for row in world)}
    each = [{name: _plain(value) for name, value in row.items() if name not in same} for row in world]
    return "\n".join(f"  {told}" for told in [{k: _plain(v) for k, v in same.items()}, *each])


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
