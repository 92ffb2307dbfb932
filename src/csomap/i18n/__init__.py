"""Words, numbers and dates in English, Arabic and Sorani; the only home of sentences."""

from csomap.i18n.catalogue import LANGUAGES, direction, keys, t
from csomap.i18n.numbers import (
    clauses,
    country_name,
    date,
    decimal,
    listing,
    month,
    number,
    percent,
    period,
    short,
)

__all__ = [
    "LANGUAGES",
    "clauses",
    "country_name",
    "date",
    "decimal",
    "direction",
    "keys",
    "listing",
    "month",
    "number",
    "percent",
    "period",
    "short",
    "t",
]
