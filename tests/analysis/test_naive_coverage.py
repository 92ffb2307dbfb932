"""Coverage against a deliberately naive reading of semantics 4, on drawn worlds."""

import math
from functools import partial
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csomap.analysis import presence
from csomap.analysis.coverage import coverage
from csomap.engine import run
from csomap.tables.query import Query
from csomap.tables.steps import area_chain, service_steps
from tests.oracle import coverage as naive
from tests.oracle import strategies as some
from tests.oracle.pools import Row, frame

_LEVELS = {5: "1", 8: "2", 11: "3"}


def _areas(areas: list[str], asked: naive.CoverageParams) -> pd.DataFrame:
    months = (asked.to.year - asked.from_.year) * 12 + asked.to.month - asked.from_.month + 1
    return pd.DataFrame(
        {
            "area": areas,
            "area_name": areas,
            "area_chain": [area_chain(area) for area in areas],
            "population_group": asked.population_group,
            "months": months,
        }
    )


def _needs(cells: list[tuple[str, str]], asked: naive.CoverageParams) -> pd.DataFrame:
    told = pd.DataFrame(cells, columns=["area", "svc"])
    return told.assign(
        indicator="population",
        people_in_need=pd.array([asked.needs[cell] for cell in cells], dtype="float64"),
        thin_per_100k=asked.thin_per_100k or 0.0,
    )


def _found(
    told: list[Row], areas: list[str], services: list[str], asked: naive.CoverageParams
) -> pd.DataFrame:
    level = next(asked.trees.levels[code] for code in services)
    steps = service_steps(level)  # type: ignore[arg-type]
    query = Query(start=asked.from_, end=asked.to, population=asked.population_group)
    seen = run(presence.asked, memo="seen", activities=frame(told), **presence.values(query))
    area_level = _LEVELS[len(areas[0])]
    return run(
        partial(coverage, area_level=area_level, thin_continuity=0.5),  # type: ignore[arg-type]
        memo=("coverage", area_level),
        window=seen,
        areas=_areas(areas, asked),
        needs=_needs([(area, service) for area in areas for service in services], asked),
        services=steps.assign(wanted=steps["service"].isin(services)),
    )


def _same(one: Any, two: Any) -> bool:
    if two is None:
        return one is None or math.isnan(one)
    return one == (pytest.approx(two) if isinstance(two, float) else two)


@given(st.data())
def test_coverage_is_that_of_a_naive_reading(data: st.DataObject) -> None:
    told, question = data.draw(some.activities()), data.draw(some.coverage_questions())
    found = _found(told, *question).set_index(["pcode", "service"])
    expected = naive.coverage(told, *question)
    assert len(found) == len(expected)
    for row in expected:
        line = found.loc[(row["pcode"], row["service"])]
        compared = {name: (line[name], value) for name, value in row.items() if name in line}
        wrong = {name: both for name, both in compared.items() if not _same(*both)}
        assert not wrong
