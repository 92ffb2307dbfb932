"""What ends next against a naive reading of semantics 4, on drawn worlds."""

import datetime as dt
from random import Random
from typing import Any

import pandas as pd
from hypothesis import assume, given
from hypothesis import strategies as st

from csomap import flow
from csomap.analysis.handover import SAME, WHERE
from csomap.analysis.questions import finest
from csomap.tables.query import Query
from tests.matching import naive as drawn
from tests.oracle import asked, leaving, worlds
from tests.oracle import endings as naive
from tests.oracle.pools import Row

COLUMNS = [
    *("pcode", "service", "population_group", "horizon_months", "ends", "org_ids_leaving"),
    *("org_ids_staying", "candidates", "kind"),
]


def _data(rows: list[Row], known_until: dt.date) -> flow.Data:
    told = drawn.table(rows)
    nobody = pd.DataFrame(columns=["org_id", "name", "acronym", "type"])
    return flow.Data(told, told, nobody, waiting=0, is_sample=False, version="drawn", as_of=known_until)


def _has_reports(rows: list[Row], known_until: dt.date) -> bool:
    """Tell whether anything was done that can have been reported by then."""
    firsts = [row["start"] or row["end"] for row in rows if asked.is_active(row)]
    return any(first and first <= known_until for first in firsts)


def _told(found: pd.DataFrame) -> list[tuple[Any, ...]]:
    plain = found.assign(ends=found["ends"].dt.date, horizon_months=found["horizon_months"].fillna(0))
    return sorted(plain[COLUMNS].itertuples(index=False, name=None))


def _expected(rows: list[Row]) -> list[tuple[Any, ...]]:
    return sorted(
        tuple((row | {"horizon_months": row["horizon_months"] or 0})[name] for name in COLUMNS)
        for row in rows
    )


def _query(params: naive.EndingParams, filters: dict[str, str]) -> Query:
    service = filters.pop("service", "")
    level = {params.trees.levels[service]: service} if service else {}
    return Query(
        **level,  # type: ignore[arg-type]
        **filters,  # type: ignore[arg-type]
        service_level=params.service_level,  # type: ignore[arg-type]
        area_level=str(params.area_level),  # type: ignore[arg-type]
        as_of=params.as_of,
    )


@given(st.randoms(use_true_random=False))
def test_coming_gaps_are_those_of_a_naive_reading(random: Random) -> None:
    rows, params, known_until = leaving.world(random)
    assume(_has_reports(rows, known_until))
    data = _data(rows, known_until)
    found = flow.find_coming_gaps(data, _query(params, {}))
    expected = naive.coming_gaps(rows, rows, params)
    assert _told(found) == _expected(expected)
    for _, row in found.sample(min(len(found), 2), random_state=1).iterrows():
        _check_handover(data, _query(params, {}), row, expected)


def _check_handover(data: flow.Data, query: Query, row: "pd.Series[Any]", expected: list[Row]) -> None:
    told = flow.find_handover(data, query, row)
    months = None if pd.isna(row["horizon_months"]) else row["horizon_months"]
    key = (row["pcode"], row["service"], row["population_group"], months, row["org_ids_leaving"])
    (own,) = (
        each for each in expected if key == tuple(each[name] for name in (*COLUMNS[:4], "org_ids_leaving"))
    )
    assert list(told.itertuples(index=False, name=None)) == [
        (
            each["org_id"],
            each["rank"],
            WHERE[each["where"]],
            SAME[each["same"]],
            "yes" if each["is_local"] else "no",
            each["activities"],
            f"{each['last']:%Y-%m}" if each["last"] else "",
        )
        for each in own["handover"]
    ]


@given(st.randoms(use_true_random=False))
def test_filters_choose_what_ends_and_hide_nobody_who_could_take_over(random: Random) -> None:
    rows, params, known_until = leaving.world(random)
    assume(_has_reports(rows, known_until))
    filters = worlds.filters(random, tuple({row["pcode"][:8] for row in rows if row["pcode"]}))
    wanted = asked.Params(trees=params.trees, **filters)  # type: ignore[arg-type]
    query = _query(params, dict(filters))
    finer = finest(query)
    params = naive.EndingParams(
        params.trees,
        params.as_of,
        params.newest,
        finer.service_level,
        int(finer.area_level),
        params.beside,
    )
    found = flow.find_coming_gaps(_data(rows, known_until), query)
    assert _told(found) == _expected(naive.coming_gaps(asked.kept(rows, wanted), rows, params))
