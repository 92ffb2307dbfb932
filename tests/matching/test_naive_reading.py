"""The engine against a deliberately naive reading of semantics 2 and 3, on drawn worlds."""

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from csomap.engine import run
from csomap.flow import Data, find_overlaps, find_pairs
from csomap.matching import runs
from csomap.resolve.normalise import normalise
from csomap.tables.query import Query
from tests.oracle import overlaps as naive_overlaps
from tests.oracle import pairs as naive_pairs
from tests.oracle import runs as naive_runs
from tests.oracle import strategies as some
from tests.oracle.pairs import Params
from tests.oracle.pools import REPORT_COLUMNS, Row, frame


def _asked(params: Params) -> Query:
    return Query(
        service_level=params.service_level,  # type: ignore[arg-type]
        area_level=str(params.area_level),  # type: ignore[arg-type]
        min_days=params.min_days,
        start=params.from_,
        end=params.to,
    )


def _data(activities: pd.DataFrame) -> Data:
    nobody = pd.DataFrame(columns=["org_id", "name", "acronym", "type"])
    return Data(activities, activities, nobody, waiting=0, is_sample=False, version="drawn")


def _with_site_key(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(site_key=table["site"].map(normalise))


def _told(table: pd.DataFrame, columns: list[str]) -> list[tuple[Any, ...]]:
    plain = table[columns].astype(object).where(table[columns].notna(), None)
    for name in ("start", "end"):
        if name in columns:
            plain[name] = [day.date() if day is not None else None for day in plain[name]]
    return sorted(plain.itertuples(index=False, name=None), key=repr)


def _expected(rows: list[Row], columns: list[str]) -> list[tuple[Any, ...]]:
    return sorted((tuple(row[name] for name in columns) for row in rows), key=repr)


@given(st.data())
def test_overlaps_are_those_of_a_naive_reading(data: st.DataObject) -> None:
    told, params = data.draw(some.activities()), data.draw(some.params())
    activities = _with_site_key(frame(told))
    found = find_overlaps(_data(activities), _asked(params))
    expected = naive_overlaps.overlaps(told, params)
    columns = [name for name in found.columns if name not in ("overlap_id", "verdict")]
    assert _told(found, columns) == _expected(expected, columns)
    assert found["overlap_id"].is_unique


@given(st.data())
def test_pairs_are_those_of_a_naive_reading(data: st.DataObject) -> None:
    told, params = data.draw(some.activities()), data.draw(some.params())
    activities = _with_site_key(frame(told))
    found = find_pairs(_data(activities), _asked(params))
    columns = list(found.columns)
    assert _told(found, columns) == _expected(naive_pairs.pairs(told, params), columns)


@given(some.reports())
def test_monthly_rows_with_holes_repeats_and_open_dates_become_the_right_activities(told: list[Row]) -> None:
    reports = _with_site_key(frame(told, REPORT_COLUMNS))
    found = run(runs.activities, memo="activities", reports=reports)
    expected = naive_runs.activities(told)
    columns = [
        name
        for name in found.columns
        if name not in ("activity_id", "site_key", "latitude", "longitude", "organisation_type", "value_usd")
    ]
    assert _told(found, columns) == _expected(expected, columns)
    assert found["activity_id"].is_unique
