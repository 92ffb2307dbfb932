"""Drawn reports, and questions of coverage."""

from random import Random

from .coverage import CoverageParams
from .pools import MONTHS, PLACES, REPORT_COLUMNS, TREES, Row
from .worlds import (
    SERVICES,
    Fields,
    alike,
    among,
    completed,
    field_pools,
    or_missing,
    period,
    periods_of,
    template_of,
)

Question = tuple[list[str], list[str], CoverageParams]


def reports(random: Random, most_series: int = 3, most_loose: int = 4) -> list[Row]:
    """Draw reports: a few monthly series and some loose ones, mixed, from two sources."""
    fields = field_pools() | {"activity_id": among("own_1", "own_2")}
    template = template_of(random)
    found = [r for _ in range(random.randint(0, most_series)) for r in monthly(random, fields, template)]
    for _ in range(random.randint(0, most_loose)):
        row, dates = alike(random, template, fields), period(random, periods_of(found))
        found.append(completed(row, dates, bool(random.randint(0, 1)), ("", 0)))
    random.shuffle(found)
    sources = [random.choice(["source_1", "source_2"]) for _ in found]
    placed = [
        row | {"source_id": source, "source_row": n + 2, "review": ""}
        for n, (row, source) in enumerate(zip(found, sources, strict=True))
    ]
    return [{column: row[column] for column in REPORT_COLUMNS} for row in placed]


def monthly(random: Random, fields: Fields, template: Row) -> list[Row]:
    """Draw one piece of work told month by month, with holes, repeats and open dates."""
    base = alike(random, template, fields)
    told_anew = {name: fields[name] for name in ("programme_organisation", "funder", "status", "reached")}
    found = []
    for start, end in [random.choice(MONTHS) for _ in range(random.randint(0, 5))]:
        row = base | alike(random, base, told_anew)
        open_start, open_end, stated = (random.randint(1, 8) == 8 for _ in range(3))
        dates = (None if open_start else start, None if open_end else end)
        found += [completed(row, dates, stated, ("", 0))] * (2 if random.randint(1, 5) == 5 else 1)
    return found


def question(random: Random) -> Question:
    """Draw areas of one level, services of one level, and a window with needs."""
    length = random.choice([5, 8, 11])
    areas = sorted({p[:length] for p in PLACES if len(p) >= length})
    level = random.choice(["sector", "topic", "service"])
    services = [code for code in SERVICES if TREES.levels[code] == level]
    months = random.choice([(0, 2), (0, 3), (1, 1), (1, 3)])
    need = or_missing(among(0.0, 1000.0, 250_000.0, 4_000_000.0), None, 4)
    asked = CoverageParams(
        trees=TREES,
        from_=MONTHS[months[0]][0],
        to=MONTHS[months[1]][1],
        population_group=random.choice(["", "", "idp", "idp_camp", "host", "all"]),
        needs={(area, service): need(random) for area in areas for service in services},
        thin_per_100k=random.choice([None, 0.1]),
    )
    return areas, services, asked
