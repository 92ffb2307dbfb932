"""How finely the data speaks, and which month is its newest."""

import datetime as dt

import pandas as pd
import pytest

from csomap.tables import known


def spoken(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["service", "pcode", "site_key"])


def reported(*rows: tuple[str | None, str | None, bool]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["start", "end", "end_is_stated"])
    return table.assign(start=pd.to_datetime(table["start"]), end=pd.to_datetime(table["end"]))


SECTOR, TOPIC, SERVICE = (
    ("health", "IQG01", ""),
    ("immunisation", "IQG01Q01", ""),
    ("immunisation_routine", "", ""),
)


@pytest.mark.parametrize(
    ("rows", "level"),
    [
        ([SECTOR], "sector"),
        ([SECTOR, SECTOR, TOPIC], "sector"),
        ([SECTOR, TOPIC], "topic"),
        ([SECTOR, SERVICE], "service"),
        ([SECTOR, SECTOR, TOPIC, SERVICE], "topic"),
        ([("", "", "")], "sector"),
        ([], "sector"),
    ],
)
def test_the_finest_service_level_at_which_half_is_known(
    rows: list[tuple[str, str, str]], level: str
) -> None:
    assert known.finest_service(spoken(*rows), 0.5) == level


def test_shares_are_told_for_each_level() -> None:
    shares = known.service_shares(spoken(SECTOR, TOPIC, SERVICE, ("", "", "")))
    assert shares == {"sector": 0.75, "topic": 0.5, "service": 0.25}
    places = spoken(
        ("", "IQG01Q01N01", "camp one"), ("", "IQG01Q01", ""), ("", "IQG01", ""), ("", "", "camp one")
    )
    assert known.area_shares(places) == {"1": 0.75, "2": 0.5, "3": 0.25, "site": 0.25}


@pytest.mark.parametrize(
    ("pcodes", "level"), [(["IQG01", "IQG01Q01"], "2"), (["IQG01", "IQG01", "IQG01Q01"], "1")]
)
def test_pages_open_at_the_district_where_half_is_known(pcodes: list[str], level: str) -> None:
    table = spoken(*(("", pcode, "") for pcode in pcodes))
    assert known.finest_area(table, 0.5) == level
    assert known.finest_area(table, 0.5, "idp_camp") == "site", "a district may hold several camps"


@pytest.mark.parametrize(
    ("rows", "newest"),
    [
        ([("2021-01-01", "2021-01-31", False), ("2021-11-01", "2021-11-30", False)], "2021-11-01"),
        ([("2021-03-05", "2021-10-31", True)], "2021-10-01"),
        ([("2021-03-05", "2023-12-31", True)], "2022-06-01"),
        ([("2021-03-05", None, False)], "2021-03-01"),
        ([("2021-03-05", "2021-08-31", False), ("2029-03-05", None, False)], "2021-08-01"),
    ],
)
def test_the_newest_month_has_a_report_and_does_not_lie_after_the_day_of_the_import(
    rows: list[tuple[str | None, str | None, bool]], newest: str
) -> None:
    told = reported(*rows).assign(status="")
    assert known.newest_month(told, dt.date(2022, 6, 15)) == dt.date.fromisoformat(newest)


def test_what_is_planned_or_cancelled_does_not_move_the_newest_month() -> None:
    told = reported(("2021-01-01", "2021-01-31", False), ("2021-09-01", "2021-09-30", False))
    for status in ("planned", "cancelled"):
        assert known.newest_month(told.assign(status=["", status]), dt.date.max) == dt.date(2021, 1, 1)


def test_without_a_date_there_is_no_newest_month() -> None:
    assert known.newest_month(reported((None, None, False)).assign(status=""), dt.date.max) is None


def test_months_end_where_they_end() -> None:
    assert known.last_day(dt.date(2024, 2, 10)) == dt.date(2024, 2, 29)
    assert known.last_day(dt.date(2021, 2, 28)) == dt.date(2021, 2, 28)
    assert known.year_ending(dt.date(2021, 2, 15)) == (dt.date(2020, 3, 1), dt.date(2021, 2, 28))
