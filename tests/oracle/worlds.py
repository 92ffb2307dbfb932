"""Small worlds in which activities collide often, drawn with any `random.Random`.

The simplest choice stands first everywhere, so that Hypothesis shrinks towards it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from .asked import Params
from .pools import (
    ACTIVITY_COLUMNS,
    CHARACTERISTICS,
    FIRST_DAY,
    MONTH_EDGES,
    ORGANISATIONS,
    PLACES,
    SITES,
    STATUSES,
    TREES,
    Row,
    function_pool,
    service_pool,
)

Period = tuple[date | None, date | None]
Fields = dict[str, Callable[[Random], Any]]

MOST = 12  # activities of one world
SERVICES, FUNCTIONS = service_pool(), function_pool()
MIN_DAYS = (1, 1, 2, 10)
BESIDE = (0, 0, 1, -1, 2, 9, -9, 10, -10)
"""Days from a date that is already there: touching, and just long enough or not for MIN_DAYS."""
STEPS = (0.0, 0.005, 0.03, 0.08, 0.3)  # degrees: from half a kilometre to thirty
DEPARTS = {
    "organisation": 12, "project_id": 3, "service": 2, "function": 3, "characteristic": 2, "pcode": 2,
    "site": 4, "funder": 5, "latitude": 6, "longitude": 6,
}  # fmt: skip
"""In how many of twelve rows a field is not as in the template; one for the others."""


def activities(random: Random, least: int = 0, most: int = MOST) -> list[Row]:
    """Draw activities that resemble one another, with unique ids in no order."""
    template, fields = template_of(random), field_pools()
    drawn = relay(random, template) if random.randint(1, 6) == 6 else []
    for _ in range(random.randint(least, most) - len(drawn)):
        drawn.append((alike(random, template, fields), period(random, [dates for _, dates in drawn])))
    return [activity(random, n, row, dates) for n, (row, dates) in enumerate(drawn)]


def relay(random: Random, template: Row) -> list[tuple[Row, Period]]:
    """Draw two organisations that meet, and two others that meet from the next day on."""
    start = day(random, [])
    end = start + timedelta(days=random.randint(0, 20))
    after = end + timedelta(days=1)
    then = after + timedelta(days=random.randint(0, 20))
    organisations = random.sample(list(ORGANISATIONS), 4)
    periods = [(start, end), (start, end), (after, then), (after, then)]
    return [(template | {"organisation": o}, p) for o, p in zip(organisations, periods, strict=True)]


def activity(random: Random, n: int, row: Row, dates: Period) -> Row:
    """Return the nth activity of a world."""
    row = completed(row, dates, bool(random.randint(0, 1)), ("source_1", n + 2))
    row |= {"activity_id": f"act_{n * 7 % 13:02d}_{n}", "report_count": random.randint(1, 3)}
    for column in ("targeted", "reached"):
        row[f"{column}_sum"] = None if row[column] is None else row[column] * row["report_count"]
    return {column: row[column] for column in ACTIVITY_COLUMNS}


def params(random: Random) -> Params:
    """Draw the parameters of pairs and overlaps, without filters."""
    from_, to = window(random)
    return Params(
        trees=TREES,
        service_level=random.choice(["sector", "topic", "service"]),
        area_level=random.choice([1, 2, 3, "site"]),
        min_days=random.choice(MIN_DAYS),
        from_=from_,
        to=to,
    )


def filters(random: Random, places: tuple[str, ...] = ()) -> dict[str, str]:
    """Draw what Params filter by: often one thing, at times more; by place only where `places` are told."""
    drawn = {
        "service": random.choice(SERVICES),
        "population": random.choice([*TREES.groups]),
        "organisation_type": random.choice(["cso", "cso", "ingo"]),
    }
    if places:
        drawn["place"] = random.choice(places)
    names = random.sample(sorted(drawn), random.choice([1, 1, 1, 2, 3]))
    return {name: drawn[name] for name in names}


def field_pools() -> Fields:
    """Return how each field of a report or an activity is drawn."""
    organisations = list(ORGANISATIONS)
    return {
        "project_id": among("", "project_1", "project_2"),
        "organisation": among(*organisations),
        "programme_organisation": several(organisations),
        "funder": several([*organisations[1:4], "donor_x", "donor_y"]),
        "service": or_missing(among(*SERVICES), "", 6),
        "function": among(*FUNCTIONS),
        "population_group": several(list(TREES.groups), 3),
        "characteristic": several(list(CHARACTERISTICS)),
        "pcode": or_missing(among(*PLACES), "", 9),
        "site": among(*SITES),
        "latitude": or_missing(among(*(33.25 + step for step in STEPS)), None, 9),
        "longitude": or_missing(among(*(43.5 + step for step in STEPS)), None, 9),
        "status": among(*STATUSES),
        "targeted": or_missing(people, None, 3),
        "reached": or_missing(people, None, 3),
        "value_usd": or_missing(people, None, 3),
    }


def template_of(random: Random) -> Row:
    """Draw a row that is known as finely as can be, from which the others depart."""
    finest = [code for code in SERVICES if TREES.levels[code] == "service"]
    known = {
        "service": among(*finest),
        "population_group": among("idp_camp", "host", "host;idp_camp"),
        "pcode": among(*(pcode for pcode in PLACES if len(pcode) == 11)),
        "site": among(*SITES[:2]),
    }
    plain = {"project_id": "", "programme_organisation": "", "funder": "donor_x", "status": "ongoing"}
    drawn = {name: pool(random) for name, pool in (field_pools() | known).items()}
    return drawn | plain | {"activity_id": ""}


def alike(random: Random, template: Row, fields: Fields) -> Row:
    """Draw a row that differs from the template here and there."""
    return {
        name: pool(random) if random.randint(1, 12) > 12 - DEPARTS.get(name, 1) else template[name]
        for name, pool in fields.items()
    }


def completed(row: Row, dates: Period, stated: bool, source: tuple[str, int]) -> Row:
    """Return the row with its type, position, dates and source."""
    start, end = dates
    return row | {
        "organisation_type": ORGANISATIONS[row["organisation"]],
        "start": start,
        "end": end,
        "end_is_stated": bool(stated and end),
        "source_id": source[0],
        "source_row": source[1],
    }


def periods_of(rows: list[Row]) -> list[Period]:
    """Return the periods of rows."""
    return [(row["start"], row["end"]) for row in rows]


def period(random: Random, near: list[Period]) -> Period:
    """Draw a start and an end, each of which may be missing; at times as, or right after, one near by."""
    whole = [(start, end) for start, end in near if start and end]
    kind = random.randint(0, 5)
    if kind < 4 or not whole:
        known = [date for dates in near for date in dates if date]
        start, end = sorted((day(random, known), day(random, known)))
    else:
        start, end = random.choice(whole)
        if kind == 5:
            start, end = end + timedelta(days=1), end + timedelta(days=random.choice([1, 9, 10, 20]))
    return (
        None if random.randint(1, 14) == 14 else start,
        None if random.randint(1, 14) == 14 else end,
    )


def day(random: Random, near: list[date]) -> date:
    """Draw a day of about seventy: often at the edge of a month or beside one that is already there."""
    kind = random.randint(0, 3)
    if kind == 0 or (kind > 1 and not near):
        return FIRST_DAY + timedelta(days=random.randint(0, 70))
    if kind == 1:
        return random.choice(MONTH_EDGES)
    return random.choice(near) + timedelta(days=random.choice(BESIDE))


def window(random: Random) -> Period:
    """Draw no window, half of one or a whole one."""
    return period(random, []) if random.randint(0, 1) else (None, None)


def people(random: Random) -> float:
    """Draw a number of whole people."""
    return float(random.randint(0, 500))


def among(*values: Any) -> Callable[[Random], Any]:
    """Return a draw of one of the values."""
    return lambda random: random.choice(values)


def several(codes: list[str], most: int = 2) -> Callable[[Random], str]:
    """Return a draw of a cell of sorted, distinct codes, at times an empty one."""
    return lambda random: ";".join(sorted(random.sample(codes, random.randint(0, most))))


def or_missing(draw: Callable[[Random], Any], missing: Any, one_in: int) -> Callable[[Random], Any]:
    """Return a draw that is missing once in a while."""
    return lambda random: missing if random.randint(1, one_in) == one_in else draw(random)
