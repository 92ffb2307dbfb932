"""The engine and the naive reading asked the same, and their answers side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from csomap.flow import Data, find_overlaps, find_pairs
from csomap.resolve.normalise import normalise
from csomap.tables.query import Query
from tests.oracle import overlaps as naive_overlaps
from tests.oracle import pairs as naive_pairs
from tests.oracle.asked import Params
from tests.oracle.pools import ACTIVITY_COLUMNS, Row, frame
from tests.oracle.shrinking import shrunk, story
from tests.oracle.stacks import Stack, world_of

Answer = list[tuple[Any, ...]]
NOT_COMPARED = {"overlap_id", "verdict"}


@dataclass(frozen=True)
class Readings:
    """Two readings of one table; `key` names a row, `whose` are the columns with its activities."""

    engine: Callable[[Data, Query], pd.DataFrame]
    naive: Callable[[list[Row], Params], list[Row]]
    key: list[str]
    whose: tuple[str, ...]


OVERLAPS = Readings(find_overlaps, naive_overlaps.overlaps, ["overlap_id"], ("activity_ids",))
PAIRS = Readings(find_pairs, naive_pairs.pairs, ["activity_a", "activity_b"], ("activity_a", "activity_b"))


def query(params: Params) -> Query:
    """Return the question as the tool takes it."""
    service = {params.trees.levels[params.service]: params.service} if params.service else {}
    return Query(
        **service,  # type: ignore[arg-type]
        population=params.population,
        place=params.place,
        organisation_type=params.organisation_type,
        service_level=params.service_level,  # type: ignore[arg-type]
        area_level=str(params.area_level),  # type: ignore[arg-type]
        min_days=params.min_days,
        start=params.from_,
        end=params.to,
        near_km=params.near_km,
    )


def table(rows: list[Row], columns: tuple[str, ...] = ACTIVITY_COLUMNS) -> pd.DataFrame:
    """Return activities or reports as the tool takes them."""
    told = frame(rows, columns)
    return told.assign(site_key=told["site"].map(normalise))


def data(rows: list[Row]) -> Data:
    """Return activities as the tool takes them."""
    nobody = pd.DataFrame(columns=["org_id", "name", "acronym", "type"])
    return Data(table(rows), table(rows), nobody, waiting=0, is_sample=False, version="drawn")


def plain(found: pd.DataFrame) -> list[Row]:
    """Return the rows that the engine found, in plain values."""
    values = found.astype(object).where(found.notna(), None)
    for name in {"start", "end"} & set(found.columns):
        values[name] = [day.date() if day is not None else None for day in values[name]]
    return values.to_dict("records")


def answer(rows: list[Row], columns: list[str]) -> Answer:
    """Return rows as they are compared."""
    return sorted((tuple(row[name] for name in columns) for row in rows), key=repr)


def both(readings: Readings, rows: list[Row], params: Params) -> tuple[Answer, Answer]:
    """Return what the engine and what the naive reading say of one world."""
    found = readings.engine(data(rows), query(params))
    assert not found.duplicated(subset=readings.key).any()
    columns = [name for name in found.columns if name not in NOT_COMPARED]
    return answer(plain(found), columns), answer(readings.naive(rows, params), columns)


def check(readings: Readings, stack: Stack) -> None:
    """Ask once about all worlds of a stack; raise AssertionError with the smallest world that differs."""
    worlds = stack.apart()
    found = readings.engine(data([row for world in worlds for row in world]), query(stack.params))
    assert not found.duplicated(subset=readings.key).any()
    columns = [name for name in found.columns if name not in NOT_COMPARED]
    told: dict[int | None, list[Row]] = {}
    for row in plain(found):
        told.setdefault(_world(row, readings), []).append(row)
    for n in range(len(worlds)):
        expected = readings.naive(stack.with_strangers(worlds, n), stack.params)
        own = [row for row in expected if _world(row, readings) == n]
        if answer(told.get(n, []), columns) != answer(own, columns):
            raise AssertionError(_told(readings, stack, n))


def _world(row: Row, readings: Readings) -> int | None:
    return world_of(*(name for column in readings.whose for name in row[column].split(";")))


def _told(readings: Readings, stack: Stack, n: int) -> str:
    """Say how the readings differ, in the nth world alone if it differs alone, else in the stack."""

    def differs(rows: list[Row]) -> bool:
        one, two = both(readings, rows, stack.params)
        return one != two

    world, params = stack.worlds[n], stack.params
    if not differs(world):
        world = [row for named in stack.apart() for row in named]
        if not differs(world):
            return f"{stack.name}, world {n}: differs in the stack only (worlds leak, or are not parted)"
    small = shrunk(world, differs)
    one, two = both(readings, small, params)
    asked = {name: value for name, value in vars(params).items() if name != "trees" and value}
    lines = [f"{stack.name}, world {n}, asked {asked}", story(small)]
    lines += [f"only the engine says {row}" for row in one if row not in two]
    return "\n".join([*lines, *(f"only the naive reading says {row}" for row in two if row not in one)])
