"""Numbers as people write them: separators and digits of three languages; never a guess."""

import re
from dataclasses import dataclass

from csomap.importers.cells import NOT_GIVEN, clean, western_digits

_SEPARATORS = str.maketrans({"٬": ",", "٫": ".", "'": ",", "’": ",", "−": "-"})
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
# Twelve hundred here, a little more than one there: who wrote it has to say.
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}")


@dataclass(frozen=True)
class Number:
    """What a cell says of quantity: a value, nothing, or a fault with its code and hint."""

    value: float | None = None
    fault: str = ""
    hint: str = ""


def read_amount(text: str) -> Number:
    """Return a number of people or dollars; faults: number_unreadable, number_negative."""
    plain = _plain(text)
    if plain in NOT_GIVEN:
        return Number()
    if _AMBIGUOUS.fullmatch(plain):
        return Number(fault="number_unreadable", hint=plain.replace(".", ""))
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        return Number(fault="number_unreadable", hint=_hint(plain))
    value = float(re.sub("[, ]", "", plain))
    return Number(value) if value >= 0 else Number(fault="number_negative")


def read_latitude(text: str) -> Number:
    """Return degrees north; faults: number_unreadable, coordinate_outside."""
    return _degrees(text, 90)


def read_longitude(text: str) -> Number:
    """Return degrees east; faults: number_unreadable, coordinate_outside."""
    return _degrees(text, 180)


def _degrees(text: str, bound: float) -> Number:
    plain = _plain(text)
    if plain in NOT_GIVEN:
        return Number()
    if not _PLAIN.fullmatch(plain):
        return Number(fault="number_unreadable", hint=_hint(plain.replace(",", ".", 1)))
    value = float(plain)
    return Number(value) if abs(value) <= bound else Number(fault="coordinate_outside")


def _plain(text: str) -> str:
    return western_digits(clean(text)).translate(_SEPARATORS).casefold()


def _hint(plain: str) -> str:
    if _DECIMAL_COMMA.fullmatch(plain):
        return plain.replace(",", ".")
    found = re.findall(r"\d+(?:[.,]\d+)*", plain)
    return found[0] if len(found) == 1 else ""
