"""Small worlds in which reports and activities collide often."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from .coverage import CoverageParams
from .pairs import Params
from .pools import (
    ACTIVITY_COLUMNS,
    CHARACTERISTICS,
    FIRST_DAY,
    MONTH_EDGES,
    MONTHS,
    ORGANISATIONS,
    PLACES,
    REPORT_COLUMNS,
    SITES,
    STATUSES,
    TREES,
    Row,
    function_pool,
    service_pool,
)
from .trees import Trees

Period = tuple[date | None, date | None]
Draw = Callable[[st.SearchStrategy[Any]], Any]

OFTEN_THE_SAME = {
    "organisation": 0,
    "function": 8,
    "site": 7,
    "funder": 6,
    "targeted": 6,
    "reached": 6,
    "value_usd": 6,
}
"""In how many of twelve rows a field is as in the template; eleven for the others."""


def cells_of(codes: Sequence[str], most: int = 2) -> st.SearchStrategy[str]:
    """Draw a cell of sorted, distinct codes, at times an empty one."""
    return st.lists(st.sampled_from(list(codes)), max_size=most, unique=True).map(
        lambda c: ";".join(sorted(c))
    )


def known_or_not(values: st.SearchStrategy[Any], missing: Any, one_in: int = 6) -> st.SearchStrategy[Any]:
    """Draw a value that is missing once in a while."""
    return st.integers(1, one_in).flatmap(lambda n: st.just(missing) if n == one_in else values)


def numbers() -> st.SearchStrategy[float | None]:
    """Draw whole people, or nothing."""
    return known_or_not(st.integers(0, 500).map(float), None, 3)


def days() -> st.SearchStrategy[date]:
    """Draw a day of about seventy, often at the edge of a month."""
    return st.one_of(
        st.sampled_from(MONTH_EDGES), st.integers(0, 70).map(lambda n: FIRST_DAY + timedelta(days=n))
    )


@st.composite
def periods(draw: Draw) -> Period:
    """Draw a start and an end, each of which may be missing."""
    start, end = sorted((draw(days()), draw(days())))
    return draw(known_or_not(st.just(start), None, 14)), draw(known_or_not(st.just(end), None, 14))


def field_pools(trees: Trees = TREES) -> dict[str, st.SearchStrategy[Any]]:
    """Return what each field of a report or an activity may hold."""
    organisations = list(ORGANISATIONS)
    return {
        "project_id": st.sampled_from(["", "project_1", "project_2"]),
        "organisation": st.sampled_from(organisations),
        "programme_organisation": cells_of(organisations),
        "funder": cells_of([*organisations[2:], "donor_x", "donor_y"]),
        "service": known_or_not(st.sampled_from(service_pool(trees)), ""),
        "function": st.sampled_from(function_pool(trees)),
        "population_group": cells_of(list(trees.groups)),
        "characteristic": cells_of(CHARACTERISTICS),
        "pcode": known_or_not(st.sampled_from(PLACES), "", 9),
        "site": st.sampled_from(SITES),
        "status": st.sampled_from(STATUSES),
        "targeted": numbers(),
        "reached": numbers(),
        "value_usd": numbers(),
    }


def templates(trees: Trees = TREES) -> st.SearchStrategy[Row]:
    """Draw a row that is known as finely as can be, from which the others depart."""
    finest = [code for code in service_pool(trees) if trees.levels[code] == "service"]
    known = {
        "project_id": st.just(""),
        "programme_organisation": st.just(""),
        "funder": st.just("donor_x"),
        "service": st.sampled_from(finest),
        "population_group": st.sampled_from(["idp_camp", "host", "host;idp_camp"]),
        "pcode": st.sampled_from([pcode for pcode in PLACES if len(pcode) == 11]),
        "site": st.sampled_from(SITES[:2]),
        "status": st.just("ongoing"),
        "activity_id": st.just(""),
    }
    return st.fixed_dictionaries(field_pools(trees) | known)


@st.composite
def rows_alike(draw: Draw, template: Row, fields: dict[str, st.SearchStrategy[Any]]) -> Row:
    """Draw a row that differs from the template here and there."""
    return {
        name: draw(pool) if draw(st.integers(1, 12)) > OFTEN_THE_SAME.get(name, 11) else template[name]
        for name, pool in fields.items()
    }


def completed(row: Row, period: Period, stated: bool, source: tuple[str, int]) -> Row:
    """Return the row with its type, position, dates and source."""
    known, (start, end) = row["pcode"] != "", period
    return row | {
        "organisation_type": ORGANISATIONS[row["organisation"]],
        "latitude": 33.25 if known else None,
        "longitude": 43.5 if known else None,
        "start": start,
        "end": end,
        "end_is_stated": bool(stated and end),
        "source_id": source[0],
        "source_row": source[1],
    }


@st.composite
def activities(draw: Draw, trees: Trees = TREES, min_size: int = 0, max_size: int = 12) -> list[Row]:
    """Draw activities that resemble one another, with unique ids in no order."""
    fields = field_pools(trees)
    template = draw(templates(trees))
    found = []
    for n in range(draw(st.integers(min_size, max_size))):
        row = completed(
            draw(rows_alike(template, fields)), draw(periods()), draw(st.booleans()), ("source_1", n + 2)
        )
        row |= {"activity_id": f"act_{n * 7 % 13:02d}_{n}", "report_count": draw(st.integers(1, 3))}
        for column in ("targeted", "reached"):
            row[f"{column}_sum"] = None if row[column] is None else row[column] * row["report_count"]
        found.append({column: row[column] for column in ACTIVITY_COLUMNS})
    return found


@st.composite
def monthly_series(draw: Draw, fields: dict[str, st.SearchStrategy[Any]], template: Row) -> list[Row]:
    """Draw one piece of work told month by month, with holes, repeats and open dates."""
    base = draw(rows_alike(template, fields))
    told_anew = {name: fields[name] for name in ("programme_organisation", "funder", "status", "reached")}
    found = []
    for start, end in draw(st.lists(st.sampled_from(MONTHS), max_size=5)):
        row = base | draw(rows_alike(base, told_anew | {"organisation": st.just(base["organisation"])}))
        open_start, open_end, stated = (draw(st.integers(1, 8)) == 8 for _ in range(3))
        period = (None if open_start else start, None if open_end else end)
        found += [completed(row, period, stated, ("", 0))] * (2 if draw(st.integers(1, 5)) == 5 else 1)
    return found


@st.composite
def reports(draw: Draw, trees: Trees = TREES, max_series: int = 3, max_loose: int = 4) -> list[Row]:
    """Draw reports: a few monthly series and some loose ones, mixed, from two sources."""
    fields = field_pools(trees) | {"activity_id": st.sampled_from(["own_1", "own_2"])}
    template = draw(templates(trees))
    found = [r for s in draw(st.lists(monthly_series(fields, template), max_size=max_series)) for r in s]
    loose = draw(st.lists(rows_alike(template, fields), max_size=max_loose))
    found += [completed(row, draw(periods()), draw(st.booleans()), ("", 0)) for row in loose]
    mixed = draw(st.permutations(found))
    sources = [draw(st.sampled_from(["source_1", "source_2"])) for _ in mixed]
    placed = [
        row | {"source_id": source, "source_row": n + 2, "review": ""}
        for n, (row, source) in enumerate(zip(mixed, sources, strict=True))
    ]
    return [{column: row[column] for column in REPORT_COLUMNS} for row in placed]


def windows() -> st.SearchStrategy[Period]:
    """Draw no window, half of one or a whole one."""
    return st.one_of(st.just((None, None)), periods())


@st.composite
def params(draw: Draw, trees: Trees = TREES) -> Params:
    """Draw the parameters of pairs and overlaps."""
    from_, to = draw(windows())
    return Params(
        trees=trees,
        service_level=draw(st.sampled_from(["sector", "topic", "service"])),
        area_level=draw(st.sampled_from([1, 2, 3, "site"])),
        min_days=draw(st.sampled_from([1, 1, 10])),
        from_=from_,
        to=to,
    )


@st.composite
def coverage_questions(draw: Draw, trees: Trees = TREES) -> tuple[list[str], list[str], CoverageParams]:
    """Draw areas of one level, services of one level, and a window with needs."""
    length = draw(st.sampled_from([5, 8, 11]))
    areas = sorted({p[:length] for p in PLACES if len(p) >= length})
    level = draw(st.sampled_from(["sector", "topic", "service"]))
    services = [code for code in service_pool(trees) if trees.levels[code] == level]
    months = draw(st.sampled_from([(0, 2), (0, 3), (1, 1), (1, 3)]))
    needs = {
        area: draw(known_or_not(st.sampled_from([0.0, 1000.0, 250_000.0, 4_000_000.0]), None, 4))
        for area in areas
    }
    asked = CoverageParams(
        trees=trees,
        from_=MONTHS[months[0]][0],
        to=MONTHS[months[1]][1],
        population_group=draw(st.sampled_from(["", "", "idp", "idp_camp", "host", "all"])),
        needs=needs,
        thin_per_100k=draw(st.sampled_from([None, 0.1])),
    )
    return areas, services, asked
