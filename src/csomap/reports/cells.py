"""Cells of tables as they are printed."""

import datetime as dt
from numbers import Real

import pandas as pd

from csomap.i18n import date, number, short

_MOST = 160  # letters that a column asks for; longer cells are broken into lines
_ROOM = 4  # letters of empty room between two columns


def rows(table: pd.DataFrame, lang: str, most: int | None = None) -> list[list[str]]:
    """Return the first `most` rows of a table as texts in the form of the language."""
    part = table if most is None else table.head(most)
    return [[shown(cell, lang) for cell in row] for row in part.itertuples(index=False, name=None)]


def shown(cell: object, lang: str) -> str:
    """Return a cell as text: numbers and days in the form of the language, nothing as ""."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)) or cell is pd.NA:
        return ""
    if isinstance(cell, dt.date):
        return date(cell, lang)
    if isinstance(cell, Real) and not isinstance(cell, bool):
        return _number(float(cell), lang)
    return str(cell)


def shares(rows: list[list[str]], room: int) -> list[float]:
    """Return how much of the width each column of some rows gets, in letters.

    Each gets its longest text, within a limit; where that is more than `room`, each gets its longest word,
    for words are not broken, and what is left is shared out by how much more each asks for.
    """
    columns = list(zip(*rows, strict=True))
    least, most = [_word(column) for column in columns], [_text(column) for column in columns]
    if sum(most) <= room:
        return [float(letters) for letters in most]
    left = max(room - sum(least), 0) / max(sum(most) - sum(least), 1)
    return [low + (high - low) * left for low, high in zip(least, most, strict=True)]


def _word(column: tuple[str, ...]) -> int:
    return max((len(word) for cell in column for word in cell.split()), default=0) + _ROOM


def _text(column: tuple[str, ...]) -> int:
    return max(_word(column), min(max(len(cell) for cell in column), _MOST) + _ROOM)


def are_numbers(table: pd.DataFrame) -> list[bool]:
    """Return for each column whether it holds numbers, which are aligned at their last digit."""
    return [_is_numeric(table.iloc[:, place]) for place in range(table.shape[1])]


def _number(cell: float, lang: str) -> str:
    return number(int(cell), lang) if cell.is_integer() else short(cell, lang)


def _is_numeric(column: pd.Series) -> bool:
    known = column.dropna()
    return bool(len(known)) and all(isinstance(cell, Real) and not isinstance(cell, bool) for cell in known)
