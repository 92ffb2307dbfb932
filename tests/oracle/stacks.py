"""Many worlds in one table: one question to the engine instead of hundreds.

Each world has its own organisations, and governorates or years of its own, so that no two share a cell.
Only what has no place (or an open date) can be in any world: it is a stranger in the others, and the
naive reading is told of it there. Where a place is asked for, worlds are parted by time.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .asked import Params
from .pools import Row
from .trees import join, split

GOVERNORATES = {"IQG01": "A", "IQG02": "B"}
YEARS = timedelta(days=1000)  # longer than any world


@dataclass(frozen=True)
class Stack:
    """Worlds that are asked the same."""

    name: str
    params: Params
    worlds: list[list[Row]]

    @property
    def by_time(self) -> bool:
        """Whether the worlds are parted by time, not by place."""
        return bool(self.params.place)

    def apart(self) -> list[list[Row]]:
        """Return the worlds with names of their own; put together they are the table."""
        part = _later if self.by_time else _elsewhere
        return [[part(_named(row, n), n) for row in world] for n, world in enumerate(self.worlds)]

    def with_strangers(self, worlds: list[list[Row]], n: int) -> list[Row]:
        """Return the nth of the worlds, and of the others what could be in it."""
        others = [row for k, world in enumerate(worlds) if k != n for row in world]
        return [*worlds[n], *(row for row in others if self.is_stranger(row))]

    def is_stranger(self, row: Row) -> bool:
        """Tell whether a row could be in any world."""
        return not (row["start"] and row["end"]) if self.by_time else not row["pcode"]


def _named(row: Row, n: int) -> Row:
    return row | {
        column: join({f"{n:03d}_{code}" for code in split(row[column])})
        for column in ("activity_id", "organisation", "project_id", "programme_organisation", "funder")
    }


def _elsewhere(row: Row, n: int) -> Row:
    letter, rest = GOVERNORATES.get(row["pcode"][:5], ""), row["pcode"][5:]
    return row | {"pcode": f"{letter}{n:04d}{rest}" if letter else ""}


def _later(row: Row, n: int) -> Row:
    dates: dict[str, date | None] = {name: row[name] for name in ("start", "end")}
    return row | {name: known + n * YEARS if known else None for name, known in dates.items()}


def world_of(*names: str) -> int | None:
    """Return the number of the world that all these names are of, or None for names of several."""
    numbers = {int(name[:3]) for name in names}
    return numbers.pop() if len(numbers) == 1 else None
