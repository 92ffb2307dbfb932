"""Numbers, dates and lists in the form of each language (CLDR through Babel).

Digits are 0-9 in all three languages, as in the tables and charts beside the sentences;
separators, month names and the order of dates follow the language.
"""

import datetime as dt
import math
import re
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

_MOST_PLACES = 6
_AND_LATIN = re.compile(r"(?<= )و(?=\u2068?[A-Za-z])")  # "and" clings to an Arabic word, not to a Latin one
LOCALES = {"en": "en_GB", "ar": "ar_IQ", "ckb": "ckb_IQ"}


def number(value: Any, lang: str = "en") -> str:
    """Return a whole number with its separators; "" for nothing."""
    return "" if value is None else format_decimal(value, format="#,##0", locale=LOCALES[lang])


def decimal(value: Any, lang: str = "en", places: int = 2) -> str:
    """Return a number with at most `places` decimals; "" for nothing."""
    pattern = "#,##0." + "#" * places
    return "" if value is None else format_decimal(value, format=pattern, locale=LOCALES[lang])


def short(value: float, lang: str = "en") -> str:
    """Return a number with one decimal, or below 1 with as many as its first two digits take."""
    places = 1 if not 0 < abs(value) < 1 else min(1 - math.floor(math.log10(abs(value))), _MOST_PLACES)
    return decimal(value, lang, places)


def percent(value: Any, lang: str = "en") -> str:
    """Return a share (0 to 1) as a whole percentage; "" for nothing."""
    return "" if value is None else format_percent(value, format="#,##0%", locale=LOCALES[lang])


def date(value: dt.date | None, lang: str = "en") -> str:
    """Return a day in words, such as 31 January 2021; "" for nothing."""
    return "" if value is None else format_date(value, format="long", locale=LOCALES[lang])


def country_name(code: str, lang: str = "en") -> str:
    """Return the name of a country by its ISO 3166-1 alpha-2 code; "" for a code that names none."""
    return str(Locale.parse(LOCALES[lang]).territories.get(code, "")) if code else ""


@lru_cache(4096)
def month(value: dt.date | None, lang: str = "en") -> str:
    """Return a month in words, such as January 2021; "" for nothing."""
    if value is None:
        return ""
    if lang == "ckb":  # CLDR has no month with year for Sorani, only whole dates; this is their form
        return format_date(value, format="MMMM'ی' y", locale=LOCALES[lang])
    return str(format_skeleton("yMMMM", value, locale=LOCALES[lang]))


def period(start: dt.date | None, end: dt.date | None, lang: str = "en") -> str:
    """Return two months joined by a dash, or the one month if they are the same."""
    first, last = month(start, lang), month(end, lang)
    return first if first == last else f"{first} – {last}"


def listing(items: list[str], lang: str = "en") -> str:
    """Return items joined as the language joins them: a, b and c."""
    if lang == "ckb":  # CLDR has no list form for Sorani
        return " و ".join(part for part in ("، ".join(items[:-1]), *items[-1:]) if part)
    joined = format_list(items, locale=LOCALES[lang]) if items else ""
    return _AND_LATIN.sub("و ", joined) if lang == "ar" else joined


def clauses(items: list[str], lang: str = "en") -> str:
    """Return items that are lists themselves, parted by the semicolon of the language."""
    return ("; " if lang == "en" else "؛ ").join(items)
