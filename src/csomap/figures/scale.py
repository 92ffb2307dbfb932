"""From a value to its class: a few round steps for numbers, the five statuses for coverage.

Nothing reported is never zero: it has a class, a colour and a name of its own.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real
from typing import TypeGuard

import pandas as pd

from csomap.figures.palette import NO_DATA, NONE, STATUSES, Mark, sequence
from csomap.i18n import decimal, number, t

_CLASSES = 5
_ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10)


@dataclass(frozen=True)
class Band:
    """One class of a scale: numbers from `low` up to but without `high`, or the status `code`."""

    code: str
    mark: Mark
    low: float = math.nan
    high: float = math.inf


_NONE = Band("none", NONE, 0, 0)


@dataclass(frozen=True)
class Scale:
    """The classes of a map or chart, in the order of its legend; the last one is no data."""

    bands: tuple[Band, ...]
    whole: bool = True
    largest: float = math.nan

    @classmethod
    def sequential(cls, values: Iterable[float | None]) -> "Scale":
        """Return at most five classes with round limits that share out the values; 0 and no data apart."""
        known = pd.to_numeric(pd.Series(list(values), dtype=object), errors="coerce").dropna()
        whole = bool((known % 1 == 0).all())
        lows = _lows(known[known > 0], whole)
        steps = zip(lows, [*lows, math.inf][1:], sequence(len(lows)), strict=True)
        classes = [Band(f"from_{low:g}", mark, low, high) for low, high, mark in steps]
        none = [_NONE] if (known <= 0).any() else []
        return cls((*none, *classes, Band("no_data", NO_DATA)), whole, float(known.max()))

    @classmethod
    def statuses(cls) -> "Scale":
        """Return the statuses of coverage: covered, thin, gap, unknown, no_data."""
        return cls(tuple(Band(code, mark) for code, mark in STATUSES.items()))

    def band(self, value: object) -> Band:
        """Return the class of a number or status; the class of no data for nothing at all.

        Raises KeyError for a status that does not exist.
        """
        if isinstance(value, str) and value:
            return {band.code: band for band in self.bands}[value]
        if not is_number(value):
            return self.bands[-1]
        classes = [band for band in self.bands if band.low > 0]
        if value <= 0 or not classes:
            return _NONE
        return next((band for band in reversed(classes) if band.low <= value), classes[0])

    def _word(self, band: Band) -> str:
        """Numbers cannot tell an area without data from one of which only something coarser is known."""
        return "no_value" if band.code == "no_data" and self.counts else band.code

    @property
    def counts(self) -> bool:
        """Whether the classes are of numbers, not of statuses."""
        return "covered" not in {band.code for band in self.bands}

    def label(self, band: Band, lang: str) -> str:
        """Return the words of a class: its limits, or the name of its status."""
        if math.isnan(band.low) or band.code == "none":
            return t(f"figure.status.{self._word(band)}", lang)
        low = self.shown(band.low, lang)
        if math.isinf(band.high):
            only = self.largest == band.low
            return low if only else t("figure.from", lang, low=low)
        if not self.whole:
            return t("figure.range_below", lang, low=low, high=self.shown(band.high, lang))
        last = self.shown(band.high - 1, lang)
        return low if last == low else t("figure.range", lang, low=low, high=last)

    def shown(self, value: object, lang: str) -> str:
        """Return a value in words: a number in the form of the language, or the name of a status."""
        if is_number(value):
            return number(value, lang) if self.whole else decimal(value, lang)
        return t(f"figure.status.{self.band(value).code}", lang)


def is_number(value: object) -> TypeGuard[float]:
    """Return whether there is a number at all: silence is not one."""
    return isinstance(value, Real) and not math.isnan(value)


def _lows(positive: "pd.Series[float]", whole: bool) -> list[float]:
    """Return where the classes begin: the values themselves if few, else rounded fifths of them."""
    if positive.empty:
        return []
    if whole and positive.nunique() <= _CLASSES:
        return sorted({float(value) for value in positive})
    first = 1.0 if whole else _round_numbers(positive.min())[0]
    fifths = positive.quantile([step / _CLASSES for step in range(1, _CLASSES)])
    nearest = (min(_round_numbers(value, whole), key=lambda step: abs(step - value)) for value in fifths)
    return sorted({first, *(low for low in nearest if low > first)})


def _round_numbers(value: float, whole: bool = False) -> list[float]:
    """Return the round numbers of the size of `value`, nearest below first, then all above."""
    power = 10.0 ** math.floor(math.log10(value))
    steps = [float(f"{step * power:.10g}") for step in _ROUND]
    fitting = [step for step in steps if step % 1 == 0] if whole else steps
    return [step for step in fitting if step <= value][-1:] + [step for step in fitting if step > value]
