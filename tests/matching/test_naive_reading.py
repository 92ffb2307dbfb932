"""The engine against a deliberately naive reading of semantics 2 and 3, one drawn world at a time.

Filters by place are asked for here only; test_naive_stacks.py has the many cases.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from csomap.engine import run
from csomap.matching import runs
from tests.oracle import runs as naive_runs
from tests.oracle import strategies as some
from tests.oracle.pools import REPORT_COLUMNS, Row

from . import naive

FEWER = settings(max_examples=settings().max_examples // 3)


@FEWER
@given(st.data())
def test_overlaps_are_those_of_a_naive_reading(data: st.DataObject) -> None:
    found, expected = naive.both(naive.OVERLAPS, data.draw(some.activities()), data.draw(some.params()))
    assert found == expected


@FEWER
@given(st.data())
def test_pairs_are_those_of_a_naive_reading(data: st.DataObject) -> None:
    found, expected = naive.both(naive.PAIRS, data.draw(some.activities()), data.draw(some.params()))
    assert found == expected


@given(some.reports())
def test_monthly_rows_with_holes_repeats_and_open_dates_become_the_right_activities(told: list[Row]) -> None:
    found = run(runs.activities, memo="activities", reports=naive.table(told, REPORT_COLUMNS))
    not_compared = {
        *("activity_id", "site_key", "latitude", "longitude", "organisation_type", "value_usd"),
    }
    columns = [name for name in found.columns if name not in not_compared]
    assert naive.answer(naive.plain(found), columns) == naive.answer(naive_runs.activities(told), columns)
    assert found["activity_id"].is_unique
