"""The parts of the oracle against one another, over drawn worlds."""

from time import perf_counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from . import strategies as some
from .asked import Params
from .coverage import coverage
from .overlaps import overlaps
from .pairs import pairs
from .runs import activities


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_rows_and_confirmed_pairs_tell_of_the_same_activities(data: st.DataObject) -> None:
    told, asked = data.draw(some.activities()), data.draw(some.params())
    rows = [set(row["activity_ids"].split(";")) for row in overlaps(told, asked)]
    sure = [p for p in pairs(told, asked) if p["grade"] == "confirmed" and p["kind"] == "overlap"]
    together = [{p["activity_a"], p["activity_b"]} for p in sure]
    assert all(any(pair <= row for row in rows) for pair in together)
    if asked.min_days == 1:
        assert all(any(pair <= row for pair in together) for row in rows)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.reports())
def test_no_day_is_lost_or_made_up_when_reports_become_activities(told: list[dict[str, Any]]) -> None:
    found = activities(told)
    assert sum(a["report_count"] for a in found) <= len(told)
    for column, best in (("start", min), ("end", max)):
        if any(r[column] for r in told):
            assert best(r[column] for r in told if r[column]) == best(a[column] for a in found if a[column])
    assert activities(list(reversed(told))) == found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.activities(12), some.params(), some.coverage_questions())
def test_twelve_activities_take_milliseconds(told: Any, asked: Params, question: Any) -> None:
    began = perf_counter()
    pairs(told, asked), overlaps(told, asked), coverage(told, *question)
    assert perf_counter() - began < 1
