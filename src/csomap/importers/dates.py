"""Dates, months and ranges as people write them, day first, in five languages; never a guess."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from babel.dates import get_month_names

from csomap.importers.cells import NOT_GIVEN, clean, western_digits
from csomap.resolve.normalise import normalise

FIRST_YEAR, LAST_YEAR = 1990, 2100
# Arabic has three sets of names: of the Gulf and Egypt (ar), of Iraq and the Levant, of the Maghreb.
_LOCALES = ("en", "fr", "es", "ckb", "ar", "ar_IQ", "ar_LB", "ar_DZ", "ar_MA")

_Y, _M, _D, _NAME = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})", r"(?P<name>[^\W\d][^\d,]*?)\.?"
_TIME = r"(?:[t ]\d{1,2}:\d{2}\S*(?: [ap]m)?)?"
_OF = r"(?: de)?"


def _forms(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


_NAMED = _forms(
    rf"{_D}(?:er)?[- ](?:de )?{_NAME}{_OF}[-, ]+{_Y}",
    rf"{_NAME} {_D},? {_Y}",
    rf"{_Y}[-/.]{_M}",
    rf"{_M}[-/.]{_Y}",
    rf"{_NAME}{_OF}[-, ]*{_Y}",
    rf"{_Y}[- ]{_NAME}",
)
_YEAR_FIRST = rf"{_Y}[-/.]{_M}[-/.]{_D}{_TIME}"
_DAY_FIRST_FORMS = (*_forms(_YEAR_FIRST, rf"{_D}[-/.]{_M}[-/.]{_Y}{_TIME}"), *_NAMED)
_MONTH_FIRST_FORMS = (*_forms(_YEAR_FIRST, rf"{_M}[-/.]{_D}[-/.]{_Y}{_TIME}"), *_NAMED)

_TO = r"to|until|till|through|au|à|al?|hasta|إلى|الى|حتى|بۆ|تا"
_RANGES = _forms(
    rf"(?:from |du |de |del |desde |من )?(?P<left>.+?) (?:{_TO}) (?P<right>.+)",
    r"(?P<left>.+?)(?: - | ?[–—] ?)(?P<right>.+)",
    r"(?P<left>\d{4}-[-\d]+)/(?P<right>\d{4}-[-\d]+)",
    r"(?P<left>[^\W\d]+\.?)-(?P<right>[^\W\d]+\.?[- ,]+\d{4})",
    r"(?P<left>\d{1,2}/\d{4})-(?P<right>\d{1,2}/\d{4})",
)
# What could be meant, told as a hint and never taken: short years, bare numbers.
_SHORT_YEAR = re.compile(r"(?P<rest>.*\D)(?P<y>\d{2})")
_BARE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})?")
_SERIAL_START = dt.date(1899, 12, 30)
_MONTH_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
_ANY_YEAR = "2000"
_ORDINALS = {"الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4}
_QUARTERS = _forms(
    rf"q(?P<q>[1-4])[-/, ]*{_Y}",
    rf"{_Y}[-/, ]*q(?P<q>[1-4])",
    rf"الربع (?P<q>\w+)(?: من)?(?: (?:عام|سنة))? {_Y}",
)


@dataclass(frozen=True)
class Period:
    """What a cell says of time: a day (first = last), a month or range, nothing, or a fault with its code
    and hint. `is_month`: both bounds are those of months."""

    first: dt.date | None = None
    last: dt.date | None = None
    is_month: bool = False
    fault: str = ""
    hint: str = ""


def read(text: str, *, year: str = "", month_first: bool = False) -> Period:
    """Return the day, month or range of days or months that a cell names.

    `year` completes a month that is written without one (by name or as 1-12), and only that.
    `month_first` reads 3/4/2021 as 4 March.
    Faults: date_unreadable, date_no_year (a month alone), date_impossible (30 February),
    date_out_of_range (before 1990, after 2100); each with the nearest valid reading as a hint
    where there is one.
    """
    plain = western_digits(clean(text)).casefold()
    if plain in NOT_GIVEN:
        return Period()
    forms = _MONTH_FIRST_FORMS if month_first else _DAY_FIRST_FORMS
    found = _single(plain, forms) or _range(plain, forms) or _quarter(plain)
    found = found or _completed(plain, clean(year), forms)
    if found is None and _completed(plain, _ANY_YEAR, forms):
        return Period(fault="date_no_year")
    return found or Period(fault="date_unreadable", hint=_hint(plain))


def read_month(text: str, *, year: str = "", month_first: bool = False) -> Period:
    """Return the month that a cell names or, as spreadsheets turn months into days, the month of its day."""
    period = read(text, year=year, month_first=month_first)
    if period.first is None or period.first != period.last:
        return period
    return _period(period.first.year, period.first.month, None)


def spelt(period: Period) -> str:
    """Return a day or month as it is best written (2021-12-31, 2021-12), a range with its two bounds."""
    if period.first is None or period.last is None:
        return ""
    form = "%Y-%m" if period.is_month else "%Y-%m-%d"
    bounds = dict.fromkeys(day.strftime(form) for day in (period.first, period.last))
    return " - ".join(bounds)


def of_serial(text: str) -> str:
    """Return the day of a spreadsheet's serial number (44197 = 2021-01-01); "" if it cannot be one."""
    return _counted(text, _SERIAL_START)


def of_epoch(text: str) -> str:
    """Return the day that is so many days after 1970-01-01; "" if it cannot be one."""
    return _counted(text, dt.date(1970, 1, 1))


def of_compact(text: str) -> str:
    """Return the month or day written as 202101 or 20210131; "" if it is none."""
    found = _BARE.fullmatch(western_digits(clean(text)))
    return spelt(read("-".join(part for part in found.groups() if part))) if found else ""


def _counted(text: str, start: dt.date) -> str:
    number = western_digits(clean(text)).partition(".")[0]
    if not number.isdecimal() or len(number) > 6:
        return ""
    day = start + dt.timedelta(days=int(number))
    return day.isoformat() if FIRST_YEAR <= day.year <= LAST_YEAR else ""


def _single(plain: str, forms: tuple[re.Pattern[str], ...]) -> Period | None:
    close = re.sub(r"\s*([-/.])\s*", r"\1", plain)
    for form in forms:
        found = form.fullmatch(close)
        if found and (parts := _parts(found.groupdict())):
            return _period(*parts)
    return None


def _range(plain: str, forms: tuple[re.Pattern[str], ...]) -> Period | None:
    for form in _RANGES:
        if not (found := form.fullmatch(plain)):
            continue
        left, right = found["left"].strip(), found["right"].strip()
        last = _single(right, forms)
        if last is None or last.last is None:
            continue
        # "Jan - Mar 2021" and "5 Jan - 20 Mar 2021" name the year once.
        first = _single(left, forms) or _single(f"{left} {last.last.year}", forms)
        if first and first.first and first.first <= last.last:
            return Period(first.first, last.last, first.is_month and last.is_month)
    return None


def _quarter(plain: str) -> Period | None:
    """Return the three months of a quarter of the calendar year."""
    found = next(filter(None, (form.fullmatch(plain) for form in _QUARTERS)), None)
    told = normalise(found["q"]) if found else ""
    number = int(told) if told.isdecimal() else _ORDINALS.get(told)
    if found is None or number is None:
        return None
    first, last = (_period(int(found["y"]), month, None) for month in (number * 3 - 2, number * 3))
    return first if first.fault else Period(first.first, last.last, is_month=True)


def _completed(plain: str, year: str, forms: tuple[re.Pattern[str], ...]) -> Period | None:
    told = western_digits(year).removesuffix(".0")
    if not re.fullmatch(r"\d{4}", told):
        return None
    if _MONTH_NUMBER.fullmatch(plain):
        return _period(int(told), int(plain), None)
    if re.search(r"\d|[-–—]$", plain):
        return None
    return _single(f"{plain} {told}", forms) or _range(f"{plain} {told}", forms)


def _parts(groups: dict[str, str | None]) -> tuple[int, int, int | None] | None:
    name, month, day = groups.get("name"), groups.get("m"), groups.get("d")
    number = _month(name) if name else int(month or 0)
    return None if number is None else (int(groups["y"] or 0), number, int(day) if day else None)


def _month(name: str) -> int | None:
    """Return the number of a month's name; two names joined by / must be of one month."""
    numbers = {_months().get(normalise(part)) for part in name.split("/")}
    return numbers.pop() if len(numbers) == 1 else None


def _period(year: int, month: int, day: int | None) -> Period:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Period(fault="date_out_of_range")
    if not 1 <= month <= 12 or day == 0:
        return Period(fault="date_impossible", hint=_swapped(year, month, day))
    length = calendar.monthrange(year, month)[1]
    last = dt.date(year, month, min(day or length, length))
    if day is None:
        return Period(last.replace(day=1), last, is_month=True)
    if day > length:
        return Period(fault="date_impossible", hint=last.isoformat())
    return Period(last, last)


def _swapped(year: int, month: int, day: int | None) -> str:
    try:
        return dt.date(year, day or 0, month).isoformat()
    except ValueError:
        return ""


def _hint(plain: str) -> str:
    if known := of_compact(plain):
        return known
    if plain.isdecimal() and len(plain) == 5:
        return of_serial(plain)
    found = _SHORT_YEAR.fullmatch(plain)
    if not found:
        return ""
    return spelt(_single(f"{found['rest']}20{found['y']}", _DAY_FIRST_FORMS) or Period())


@cache
def _months() -> dict[str, int]:
    told = [
        (normalise(name), number)
        for locale in _LOCALES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context=context, locale=locale).items()
    ]
    # A name that means one month here and another there is no name.
    clear = {name: {number for other, number in told if other == name} for name, _ in told}
    return {name: min(numbers) for name, numbers in clear.items() if len(numbers) == 1} | {"sept": 9}
