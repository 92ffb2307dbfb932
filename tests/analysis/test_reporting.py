"""Which months an organisation tells of, by hand and against a plain reading month by month."""

import datetime as dt
from functools import partial

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from csomap.analysis import reporting
from csomap.engine import run

Told = tuple[str, str, dt.date | None, dt.date | None]
NEWEST = dt.date(2021, 12, 1)
WINDOW = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
RULES = {"least_months": 3, "usual": 0.5}


def _reports(*rows: Told, stated: bool = False) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["organisation", "status", "start", "end"])
    return table.assign(end_is_stated=stated).astype({"start": "datetime64[us]", "end": "datetime64[us]"})


def _found(
    *rows: Told,
    newest: dt.date = NEWEST,
    window: tuple[dt.date, dt.date] = WINDOW,
    ended: tuple[Told, ...] = (),
) -> pd.DataFrame:
    """Return REPORTING by organisation; of the rows of `ended` the end is stated."""
    reports = pd.concat([_reports(*rows), _reports(*ended, stated=True)], ignore_index=True)
    told = run(partial(reporting.told_months, newest=newest), reports=reports)
    return reporting.completeness(told, *window, newest, **RULES).set_index("org_id")


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_months_between_two_reports_are_silent_and_those_after_the_last_one_too() -> None:
    found = _found(
        ("reed", "ongoing", _day("2021-03-10"), _day("2021-05-02")),
        ("reed", "ongoing", _day("2021-08-01"), _day("2021-10-31")),
    ).loc["reed"]
    assert (found["first_month"], found["expected"], found["told"]) == ("2021-03", 10, 6)
    assert found["silent_months"] == "2021-06;2021-07;2021-11;2021-12"
    assert found["completeness"] == 0.6 and found["usual"]


def test_a_report_with_one_date_tells_of_that_month_only() -> None:
    found = _found(("reed", "", _day("2021-10-10"), None), ("palm", "", None, _day("2021-11-10")))
    assert list(found.loc[["reed", "palm"], "told"]) == [1, 1]
    assert list(found.loc[["reed", "palm"], "first_month"]) == ["2021-10", "2021-11"]


def test_what_is_planned_cancelled_or_without_dates_tells_of_no_month() -> None:
    day = _day("2021-02-01")
    assert _found(("a", "planned", day, day), ("b", "cancelled", day, day), ("c", "", None, None)).empty


def test_a_stated_end_after_the_newest_report_is_not_told_of_yet() -> None:
    found = _found(("reed", "", _day("2021-11-01"), _day("2023-06-30"))).loc["reed"]
    assert (found["expected"], found["told"]) == (2, 2)


def test_from_two_months_or_from_less_than_half_nothing_usual_is_read() -> None:
    found = _found(
        ("two", "", _day("2021-11-01"), _day("2021-12-31")),
        ("three", "", _day("2021-10-01"), _day("2021-11-30")),
        ("half", "", _day("2021-01-01"), _day("2021-06-30")),
        ("less", "", _day("2021-01-01"), _day("2021-05-31")),
    )
    assert dict(found["usual"]) == {"two": False, "three": True, "half": True, "less": False}


def test_who_reported_before_the_window_is_expected_from_its_first_month_on() -> None:
    found = _found(("reed", "", _day("2019-05-01"), _day("2021-02-28"))).loc["reed"]
    assert (found["first_month"], found["expected"], found["told"]) == ("2019-05", 12, 2)


def test_who_begins_after_the_window_is_left_out() -> None:
    early = (_day("2020-01-01"), _day("2020-12-31"))
    assert _found(("reed", "", _day("2021-02-01"), _day("2021-03-31")), window=early).empty


def test_who_said_that_the_work_ends_is_not_expected_to_report_after_it() -> None:
    work = ("reed", "completed", _day("2021-02-01"), _day("2021-06-15"))
    found = _found(ended=(work,)).loc["reed"]
    assert (found["expected"], found["told"], found["silent_months"]) == (5, 5, "")
    later = ("reed", "ongoing", _day("2021-08-01"), None)
    followed = _found(later, ended=(work,)).loc["reed"]
    assert (followed["expected"], followed["told"]) == (11, 6)
    assert _found(later, ended=(work,)).loc["reed", "silent_months"].startswith("2021-07;2021-09")


def test_who_ended_before_the_window_is_left_out() -> None:
    assert _found(ended=(("reed", "completed", _day("2020-02-01"), _day("2020-11-30")),)).empty


def test_a_stated_end_in_an_earlier_month_than_the_last_report_ends_nothing() -> None:
    stated = ("reed", "", _day("2021-01-01"), _day("2021-03-31"))
    found = _found(("reed", "", _day("2021-01-01"), _day("2021-05-31")), ended=(stated,)).loc["reed"]
    assert found["expected"] == 12


_DAYS = st.dates(dt.date(2020, 6, 1), dt.date(2022, 3, 31)) | st.none()
_ROWS = st.tuples(st.sampled_from("ab"), st.sampled_from(["", "ongoing", "planned"]), _DAYS, _DAYS)


def _plainly(rows: list[Told], org: str) -> tuple[int, int, str] | None:
    """Read every day of every report, one after the other."""
    told = set()
    for name, status, start, end in rows:
        first, last = (start or end), (end or start) if start and end else (start or end)
        if name != org or status == "planned" or first is None or last is None:
            continue
        for ahead in range((last - first).days + 1):
            day = first + dt.timedelta(days=ahead)
            if day <= dt.date(2021, 12, 31):
                told.add(f"{day:%Y-%m}")
    if not told:
        return None
    expected = [f"2021-{month:02d}" for month in range(1, 13) if f"2021-{month:02d}" >= min(told)]
    silent = [month for month in expected if month not in told]
    return len(expected), len(expected) - len(silent), ";".join(silent)


@given(st.lists(_ROWS.filter(lambda row: not (row[2] and row[3] and row[2] > row[3])), max_size=6))
def test_every_month_is_read_as_a_person_would(rows: list[Told]) -> None:
    found = _found(*rows)
    for org in "ab":
        plain = _plainly(rows, org)
        assert (org in found.index) == (plain is not None)
        if plain:
            row = found.loc[org]
            assert (row["expected"], row["told"], row["silent_months"]) == plain
