"""What the values of a column look like: the share of them that reads as a date, a place, a service..."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from babel import Locale

from csomap.importers import dates, numbers
from csomap.importers.cells import western_digits
from csomap.resolve import reference
from csomap.resolve.normalise import normalise
from csomap.settings import rules
from csomap.tables import taxonomy

Test = Callable[[str], bool]

_YES_NO = ("true", "false", "yes", "no", "y", "n", "oui", "non", "si", "نعم", "لا", "بەڵێ", "نەخێر", "0", "1")
_FLAGS = frozenset(map(normalise, _YES_NO))
_LONGEST_DATE = 60
_CODE = re.compile(r"[A-Z]{2,3}[A-Z]{0,2}\d[A-Z0-9]*", re.IGNORECASE)
_IRAQI = re.compile(r"IQG\d\d(Q\d\d(N\d\d)?)?", re.IGNORECASE)
_LOCALES = ("en", "ar", "fr", "es", "ckb")
_SERIALS = range(10_000, 60_000)  # days since 1900 or 1970, as programs write dates
_LIST = re.compile("[;؛]")


def shares(values: Sequence[str]) -> dict[str, float]:
    """Return for each kind the share (0-1) of `values` that are of it; kinds with a share of 0 are left out.

    Only the first values are tried where none of them fits: columns are many, and looking names up is slow.
    """
    found = {kind: _share(values, test) for kind, test in _shapes().items()}
    is_plain = max(found[kind] for kind in ("number", "date", "flag")) > 0.5
    if not is_plain and found["long"] <= 0.5:
        found |= {kind: _share(values, test, patience=_patience()) for kind, test in _names().items()}
    return {kind: share for kind, share in found.items() if share}


def _patience() -> int:
    return int(rules()["guess"]["patience"])


def _share(values: Sequence[str], test: Test, patience: int = 0) -> float:
    hits = 0
    for tried, value in enumerate(values, start=1):
        hits += test(value)
        if patience and tried == patience and not hits:
            return 0.0
    return hits / len(values) if values else 0.0


def _shapes() -> Mapping[str, Test]:
    return {
        "number": lambda text: numbers.read_amount(text).value is not None,
        "latitude": lambda text: numbers.read_latitude(text).value is not None,
        "longitude": lambda text: numbers.read_longitude(text).value is not None,
        "date": _is_date,
        "serial": _is_serial,
        "month": _is_month,
        "year": _is_year,
        "flag": lambda text: normalise(text) in _FLAGS,
        "level": lambda text: western_digits(text) in ("0", "1", "2", "3", "4"),
        "code": lambda text: bool(_CODE.fullmatch(text)),
        **{f"code{level}": _iraqi(level) for level in (1, 2, 3)},
        "code_iraq": lambda text: bool(_IRAQI.fullmatch(text)),
        "long": lambda text: len(text) > rules()["guess"]["name_letters"],
        "country": lambda text: normalise(text) in _countries(),
        "short": _is_short,
    }


def _names() -> Mapping[str, Test]:
    return {
        "place": lambda text: _is_place(text, None),
        **{f"place{level}": _place(level) for level in (1, 2, 3)},
        "organisation": lambda text: bool(reference.organisation_resolver().decide(text).id),
        "sector": lambda text: _level_of(text) == "sector",
        "service": lambda text: _level_of(text) in ("topic", "service"),
        **{name: _term(name) for name in taxonomy.NAMES if name != "services"},
    }


def _is_date(text: str) -> bool:
    return len(text) <= _LONGEST_DATE and dates.read(text).first is not None and not _is_serial(text)


def _is_short(text: str) -> bool:
    return len(text) <= rules()["guess"]["acronym_letters"] and any(map(str.isalpha, text))


def _is_serial(text: str) -> bool:
    plain = western_digits(text)
    return len(plain) == 5 and plain.isdecimal() and int(plain) in _SERIALS


def _is_month(text: str) -> bool:
    """Tell whether a text is a month, with its year or without: a name, or 1 to 12."""
    if len(text) > _LONGEST_DATE:
        return False
    number = f"2020-{text}" if western_digits(text).isdecimal() else f"{text} 2020"
    return dates.read(text).is_month or dates.read(number).is_month


def _is_year(text: str) -> bool:
    plain = western_digits(text)
    return len(plain) == 4 and plain.isdecimal() and dates.FIRST_YEAR <= int(plain) <= dates.LAST_YEAR


def _iraqi(level: int) -> Test:
    length = {1: 5, 2: 8, 3: 11}[level]
    return lambda text: len(text) == length and bool(_IRAQI.fullmatch(text))


def _place(level: int) -> Test:
    return lambda text: _is_place(text, level)


def _is_place(text: str, level: int | None) -> bool:
    return bool(reference.place_resolver().resolve(text, level=level).id)


def _term(name: str) -> Test:
    def test(text: str) -> bool:
        found = [reference.term_resolver(name).resolve(part) for part in _LIST.split(text)]
        return any(one.id or one.method == "vague" for one in found)

    return test


def _level_of(text: str) -> str:
    code = reference.term_resolver("services").resolve(text).id
    return _levels().get(code, "")


@cache
def _levels() -> Mapping[str, str]:
    frame = taxonomy.load("services").frame
    return dict(zip(frame["code"], frame["level"], strict=True))


@cache
def _countries() -> frozenset[str]:
    names = [name for lang in _LOCALES for name in Locale.parse(lang).territories.values()]
    codes = [code for code in map(str, Locale.parse("en").territories) if code.isalpha()]
    return frozenset(normalise(str(text)) for text in names + codes)
