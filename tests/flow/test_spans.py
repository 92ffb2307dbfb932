"""The reports of an activity when its first or last day is moved: which stay, which leave, which are cut."""

import pandas as pd

from csomap.flow import spans

MONTHS = [("2021-01-01", "2021-01-31"), ("2021-02-01", "2021-02-28"), ("2021-03-01", "2021-03-31")]
REPORTS = [
    {"nth": nth, "start": pd.Timestamp(start), "end": pd.Timestamp(end)}
    for nth, (start, end) in enumerate(MONTHS)
]


def test_a_report_that_touches_a_new_end_stays() -> None:
    told = spans.moved(REPORTS, {"start": "2021-01-31", "end": "2021-03-01"})
    assert [one["gone"] for one in told] == [False, False, False]
    assert told[0]["set"] == {"start": "2021-01-31"}
    assert told[2]["set"] == {"end": "2021-03-01", "end_is_stated": True}


def test_a_report_outside_the_new_days_leaves_and_the_last_one_left_is_named() -> None:
    told = spans.moved(REPORTS, {"start": "2021-02-01", "end": "2021-02-28"})
    assert [one["gone"] for one in told] == [True, False, True]
    assert [one["is_last"] for one in told] == [False, True, False]


def test_an_end_that_is_taken_away_is_stated_no_longer() -> None:
    told = spans.moved(REPORTS, {"end": None})
    assert [one["set"] for one in told] == [{"end": None, "end_is_stated": False}] * 3
