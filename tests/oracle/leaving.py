"""Worlds in which work ends, goes on or falls silent around one day, at places that lie side by side."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

from . import worlds
from .endings import HORIZONS, EndingParams, later
from .pools import STATUSES, TREES, Row

GEO = Path(__file__).resolve().parents[2] / "geo"
FIRST = date(2021, 1, 1)
GOVERNORATES = ("IQG11", "IQG13", "IQG15")  # they border on each other


def lines(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the files of places."""
    with (GEO / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


PLACES = [line["pcode"] for line in lines("places.csv") if line["pcode"].startswith(GOVERNORATES)]
BESIDE: dict[str, set[str]] = {}
for border in lines("neighbours.csv"):
    BESIDE.setdefault(border["pcode"], set()).add(border["neighbour"])


def world(random: Random) -> tuple[list[Row], EndingParams, date]:
    """Draw activities, a question, and the day until which something can have been reported."""
    as_of = FIRST + timedelta(days=random.randint(0, 500))
    if random.randint(0, 1):
        as_of = as_of.replace(day=28) + timedelta(days=random.randint(0, 3))
    known_until = as_of + timedelta(days=random.choice([0, 0, 20, 100]))
    near = random.sample(PLACES, random.randint(1, 3))
    pool = (
        near + [place for own in near for place in sorted(BESIDE[own])[:2]] + ["", near[0][:5], near[0][:8]]
    )
    rows = [
        row | {"pcode": random.choice(pool), "status": random.choice(STATUSES)} | dates(random, as_of)
        for row in worlds.activities(random, 1, 24)
    ]
    params = EndingParams(
        trees=TREES,
        as_of=as_of,
        newest=newest(rows, known_until),
        service_level=random.choice(["sector", "topic", "service"]),
        area_level=random.choice([1, 2, 3]),
        beside=BESIDE,
    )
    return rows, params, known_until


def dates(random: Random, as_of: date) -> Row:
    """Draw a start and an end, often at the edges at which something is decided; one may be missing."""
    start = as_of + timedelta(days=random.choice([-300, -100, -40, -1, 0, 1, 31, 200]))
    end = random.choice([*edges(as_of, random), start, start + timedelta(days=random.randint(0, 500))])
    start, end = sorted((start, end))
    known = {"start": start if random.randint(1, 9) > 1 else None}
    known["end"] = end if random.randint(1, 9) > 1 or not known["start"] else None
    return known | {"end_is_stated": bool(known["end"]) and random.randint(1, 3) > 1}


def edges(as_of: date, random: Random) -> list[date]:
    """Return days about the horizons, and about the months in which a report is new enough."""
    ahead = [later(as_of, months) for months in (0, *HORIZONS)]
    month = as_of.replace(day=1)
    back = [month, (month - timedelta(days=32)).replace(day=1), (month - timedelta(days=63)).replace(day=1)]
    return [day + timedelta(days=random.choice([-1, 0, 1])) for day in ahead + back]


def newest(rows: list[Row], known_until: date) -> date:
    """Return the first day of the newest month that has a report."""
    told = [
        row["end"] or row["start"]
        for row in rows
        if row["status"] not in ("planned", "cancelled") and not (row["start"] and row["start"] > known_until)
    ]
    return min([max(told), known_until] if told else [FIRST]).replace(day=1)
