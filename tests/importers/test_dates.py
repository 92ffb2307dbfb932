from datetime import date

import pytest

from csomap.importers import dates


@pytest.mark.parametrize(
    "text",
    [
        "2021-12-31",
        "2021/12/31",
        "31/12/2021",
        "31.12.2021",
        "31-12-2021",
        "31 / 12 / 2021",
        "31 December 2021",
        "31-Dec-2021",
        "December 31, 2021",
        "2021-12-31T00:00:00",
        "2021-12-31 08:15:00",
        "٣١/١٢/٢٠٢١",
        "۲۰۲۱-۱۲-۳۱",
        "31 كانون الأول 2021",
        "\u200f31/12/2021\u200f",
    ],
)
def test_a_day_is_read_however_it_is_written(text):
    assert dates.read(text) == dates.Period(date(2021, 12, 31), date(2021, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2021-02",
        "02/2021",
        "2/2021",
        "Feb 2021",
        "february 2021",
        "Feb. 2021",
        "2021 Feb",
        "شباط 2021",
        "٢٠٢١-٠٢",
    ],
)
def test_a_month_is_its_first_to_its_last_day(text):
    assert dates.read(text) == dates.Period(date(2021, 2, 1), date(2021, 2, 28), is_month=True)


def test_the_day_comes_before_the_month():
    assert dates.read("03/04/2021").first == date(2021, 4, 3)


@pytest.mark.parametrize("text", ["", " ", "-", "N/A", "–"])
def test_nothing_is_no_date_and_no_fault(text):
    assert dates.read(text) == dates.Period()


@pytest.mark.parametrize(
    ("text", "fault", "hint"),
    [
        ("2021-02-30", "date_impossible", "2021-02-28"),
        ("31/04/2021", "date_impossible", "2021-04-30"),
        ("12/31/2021", "date_impossible", "2021-12-31"),
        ("2021-13", "date_impossible", ""),
        ("2021-00-10", "date_impossible", ""),
        ("0", "date_unreadable", ""),
        ("soon", "date_unreadable", ""),
        ("Q1 2021", "date_unreadable", ""),
        ("2021", "date_unreadable", ""),
        ("31/12/21", "date_unreadable", "2021-12-31"),
        ("Jan-21", "date_unreadable", "2021-01"),
        ("202101", "date_unreadable", "2021-01"),
        ("20210131", "date_unreadable", "2021-01-31"),
        ("20211399", "date_unreadable", ""),
        ("44197", "date_unreadable", "2021-01-01"),
        ("1989-12-31", "date_out_of_range", ""),
        ("2101-01", "date_out_of_range", ""),
        ("0021-01-01", "date_out_of_range", ""),
    ],
)
def test_what_is_not_certainly_a_date_is_a_fault_with_the_nearest_reading(text, fault, hint):
    assert dates.read(text) == dates.Period(fault=fault, hint=hint)


def test_the_last_february_days_of_leap_years_exist():
    assert dates.read("2024-02-29").first == date(2024, 2, 29)
    assert dates.read("2024-02").last == date(2024, 2, 29)


def test_a_day_in_a_month_column_is_its_month():
    assert dates.read_month("2021-01-01") == dates.read("2021-01")
    assert dates.read_month("never").fault == "date_unreadable"
