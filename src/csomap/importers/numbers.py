"""Numbers as people write them: separators and digits of three languages; never a guess."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from csomap.importers.cells import NOT_GIVEN, clean, has_no_value, western_digits

_SEPARATORS = str.maketrans({"٬": ",", "٫": ".", "'": ",", "’": ",", "−": "-"})
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
# Twelve hundred here, a little more than one there: who wrote it has to say.
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_AMBIGUOUS_WHOLE = rf"^{_AMBIGUOUS.pattern}$"
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}")

# What is surely a number and nothing else; such texts are read all at once.
_SURE = r"^\d{1,15}(\.\d{1,15})?$"

Values = npt.NDArray[np.float64]
Faults = dict[int, tuple[str, str]]


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


def read_amounts(texts: pa.Array) -> tuple[Values, Faults]:
    """Return the amount that each text says (NaN = none), and by its place code and hint of each fault."""
    sure = pc.and_(
        pc.match_substring_regex(texts, _SURE), pc.invert(pc.match_substring_regex(texts, _AMBIGUOUS_WHOLE))
    )
    return _all(texts, sure, read_amount)


def read_latitudes(texts: pa.Array) -> tuple[Values, Faults]:
    """Return degrees north as `read_amounts` does."""
    return _all(texts, pc.match_substring_regex(texts, r"^\d{1,2}\.\d{1,15}$"), read_latitude, 90)


def read_longitudes(texts: pa.Array) -> tuple[Values, Faults]:
    """Return degrees east as `read_amounts` does."""
    return _all(texts, pc.match_substring_regex(texts, r"^\d{1,3}\.\d{1,15}$"), read_longitude, 180)


def _all(
    texts: pa.Array, sure: pa.Array, read: Callable[[str], Number], most: float = np.inf
) -> tuple[Values, Faults]:
    values = pc.if_else(sure, texts, None).cast(pa.float64()).to_numpy(zero_copy_only=False).copy()
    faults: Faults = {}
    unsure = np.flatnonzero(np.isnan(values) | (values > most))
    for place, text in zip(unsure, texts.take(pa.array(unsure)).to_pylist(), strict=True):
        found = Number() if has_no_value(text) else read(text)
        values[place] = np.nan if found.value is None else found.value
        if found.fault:
            faults[int(place)] = (found.fault, found.hint)
    return values, faults


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
