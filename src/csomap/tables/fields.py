"""The kinds of columns that tables are made of."""

from typing import Any

import pandera.pandas as pa


def column(kind: Any, meaning: str, *, empty: bool = False, checks: Any = None) -> pa.Column:
    """Return a column of a kind, with what it means."""
    return pa.Column(kind, checks, nullable=empty, coerce=True, description=meaning)


def text(meaning: str) -> pa.Column:
    """Return a text column; absent text is ""."""
    return column(str, meaning)


def number(meaning: str) -> pa.Column:
    """Return a number column; an absent number is missing."""
    return column(float, meaning, empty=True)


def day(meaning: str) -> pa.Column:
    """Return a column of days; an absent day is missing."""
    return column("datetime64[us]", meaning, empty=True)


def count(meaning: str) -> pa.Column:
    """Return a column of whole numbers, never missing."""
    return column(int, meaning)


def flag(meaning: str) -> pa.Column:
    """Return a column of yes or no."""
    return column(bool, meaning)


def schema(name: str, meaning: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    """Return the schema of one table; columns that it does not name are left out."""
    return pa.DataFrameSchema(columns, name=name, description=meaning, strict="filter", ordered=False)
