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
        ("Q5 2021", "date_unreadable", ""),
        ("الربع الخامس 2021", "date_unreadable", ""),
        ("Q1", "date_unreadable", ""),
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


@pytest.mark.parametrize(
    ("names", "month"),
    [
        (["January", "Janv.", "enero", "كانون الثاني", "يناير", "جانفي", "کانوونی دووەم"], 1),
        (["Feb", "février", "febrero", "شباط", "فبراير", "شوبات"], 2),
        (["mars", "marzo", "آذار", "اذار", "مارس", "ئازار"], 3),
        (["août", "aout", "agosto", "آب", "أغسطس", "ئاب"], 8),
        (["Sept", "septiembre", "أيلول", "ايلول", "سبتمبر", "ئەیلوول"], 9),
        (["Dec", "décembre", "diciembre", "كانون الأول", "كانون الاول", "ديسمبر", "کانونی یەکەم"], 12),
    ],
)
def test_months_have_names_in_five_languages_and_three_regions_of_arabic(names, month):
    assert {name: dates.read(f"{name} 2021").first for name in names} == dict.fromkeys(
        names, date(2021, month, 1)
    )


@pytest.mark.parametrize("text", ["كانون الثاني/يناير 2021", "شباط / فبراير 2021"])
def test_two_names_of_one_month_are_that_month(text):
    assert dates.read(text).is_month


def test_two_names_of_two_months_are_none():
    assert dates.read("كانون الثاني/فبراير 2021").fault == "date_unreadable"


@pytest.mark.parametrize("text", ["كانون الثانی 2021", "كانون الثانى 2021", "کانون الثاني 2021"])
def test_yeh_and_kaf_of_another_keyboard_make_no_other_month(text):
    assert dates.read(text).first == date(2021, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Jan-Mar 2021",
        "Jan. – Mar. 2021",
        "January to March 2021",
        "01/2021 - 03/2021",
        "2021-01 - 2021-03",
        "de enero a marzo 2021",
        "من كانون الثاني إلى آذار 2021",
        "٠١/٢٠٢١ - ٠٣/٢٠٢١",
    ],
)
def test_a_range_of_months_goes_from_the_first_day_to_the_last(text):
    assert dates.read(text) == dates.Period(date(2021, 1, 1), date(2021, 3, 31), is_month=True)


@pytest.mark.parametrize(
    "text",
    [
        "2021-01-05 to 2021-03-20",
        "05/01/2021 - 20/03/2021",
        "2021-01-05/2021-03-20",
        "du 5 janvier au 20 mars 2021",
    ],
)
def test_a_range_of_days_has_both_days(text):
    assert dates.read(text) == dates.Period(date(2021, 1, 5), date(2021, 3, 20))


@pytest.mark.parametrize("text", ["Nov - Feb 2021", "1 - 3 2021", "Jan - ", "2021 - 2022", "Jan or Mar 2021"])
def test_a_range_that_has_to_be_guessed_is_none(text):
    assert dates.read(text).fault == "date_unreadable"


@pytest.mark.parametrize("text", ["3", "03", "٣", "mars", "آذار", "March"])
def test_a_month_without_a_year_takes_the_one_beside_it(text):
    assert dates.read(text, year="2021") == dates.read("2021-03")
    assert dates.read(text).fault == "date_no_year"


@pytest.mark.parametrize("text", ["13", "0", "44197", "week 3", "soon"])
def test_a_year_beside_it_makes_no_month_of_other_things(text):
    assert dates.read(text, year="2021").fault == "date_unreadable"


def test_a_year_beside_a_date_does_not_change_it():
    assert dates.read("2020-03", year="2021").first == date(2020, 3, 1)
    assert dates.read("March", year="twenty").fault == "date_no_year"


@pytest.mark.parametrize(
    "text", ["Q2 2021", "q2-2021", "2021 Q2", "الربع الثاني 2021", "الربع الثاني من عام ٢٠٢١"]
)
def test_a_quarter_has_three_months(text):
    assert dates.read(text) == dates.read("Apr - Jun 2021")


def test_the_month_comes_first_only_where_that_is_said():
    assert dates.read("03/04/2021", month_first=True).first == date(2021, 3, 4)
    assert dates.read("2021-04-03", month_first=True).first == date(2021, 4, 3)
    assert dates.read("31/12/2021", month_first=True).fault == "date_impossible"


@pytest.mark.parametrize(
    ("text", "day"),
    [("44197", "2021-01-01"), ("44197.5", "2021-01-01"), ("12", ""), ("", ""), ("999999", "")],
)
def test_serial_numbers_of_spreadsheets_are_days(text, day):
    assert dates.of_serial(text) == day


def test_days_since_1970_and_bare_digits_are_read_where_a_layout_says_so():
    assert dates.of_epoch("17167") == "2017-01-01"
    assert (dates.of_compact("202101"), dates.of_compact("20210131"), dates.of_compact("2021")) == (
        "2021-01",
        "2021-01-31",
        "",
    )
