"""Dates and months as people write them, day first, in four languages; never a guess."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from babel.dates import get_month_names

from csomap.importers.cells import NOT_GIVEN, clean, western_digits

FIRST_YEAR, LAST_YEAR = 1990, 2100
_LOCALES = ("en", "ar", "ar_IQ", "ckb")

_Y, _M, _D, _NAME = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})", r"(?P<name>[^\W\d][^\d,]*?)\.?"
_TIME = r"(?:[t ]\d{1,2}:\d{2}\S*(?: [ap]m)?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_Y}[-/.]{_M}[-/.]{_D}{_TIME}",
        rf"{_D}[-/.]{_M}[-/.]{_Y}{_TIME}",
        rf"{_D}[- ]{_NAME}[-, ]+{_Y}",
        rf"{_NAME} {_D},? {_Y}",
        rf"{_Y}[-/.]{_M}",
        rf"{_M}[-/.]{_Y}",
        rf"{_NAME}[-, ]*{_Y}",
        rf"{_Y}[- ]{_NAME}",
    )
)
# What could be meant, told as a hint and never taken: short years, bare numbers.
_SHORT_YEAR = re.compile(r"(?P<rest>.*\D)(?P<y>\d{2})")
_BARE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})?")
_SERIAL_START = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Period:
    """What a cell says of time: a day (first = last), a month, nothing, or a fault with its code and hint."""

    first: dt.date | None = None
    last: dt.date | None = None
    is_month: bool = False
    fault: str = ""
    hint: str = ""


def read(text: str) -> Period:
    """Return the day or month that a cell names.

    Faults: date_unreadable, date_impossible (30 February), date_out_of_range (before 1990,
    after 2100); each with the nearest valid reading as a hint where there is one.
    """
    plain = re.sub(r"\s*([-/.])\s*", r"\1", western_digits(clean(text)).casefold())
    if plain in NOT_GIVEN:
        return Period()
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found and (parts := _parts(found.groupdict())):
            return _period(*parts)
    return Period(fault="date_unreadable", hint=_hint(plain))


def read_month(text: str) -> Period:
    """Return the month that a cell names or, as spreadsheets turn months into days, the month of its day."""
    period = read(text)
    return period if period.first is None else _period(period.first.year, period.first.month, None)


def _parts(groups: dict[str, str | None]) -> tuple[int, int, int | None] | None:
    name, month, day = groups.get("name"), groups.get("m"), groups.get("d")
    number = _months().get(name) if name else int(month or 0)
    return None if number is None else (int(groups["y"] or 0), number, int(day) if day else None)


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
    if found := _BARE.fullmatch(plain):
        return _spelt(read("-".join(part for part in found.groups() if part)))
    if plain.isdecimal() and len(plain) == 5:
        return _spelt(read((_SERIAL_START + dt.timedelta(days=int(plain))).isoformat()))
    found = _SHORT_YEAR.fullmatch(plain)
    return _spelt(read(f"{found['rest']}20{found['y']}")) if found else ""


def _spelt(period: Period) -> str:
    if period.first is None:
        return ""
    return period.first.strftime("%Y-%m" if period.is_month else "%Y-%m-%d")


@cache
def _months() -> dict[str, int]:
    return {
        clean(name).casefold().rstrip("."): number
        for locale in _LOCALES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context=context, locale=locale).items()
    } | {"sept": 9}
