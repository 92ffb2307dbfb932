"""Rows among the data that are no data: headers told again, totals, and notes of one cell."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

import numpy as np
import pandas as pd

from csomap.importers import hxl
from csomap.importers.cells import clean, has_no_value, western_digits
from csomap.importers.layout import Layout
from csomap.resolve.normalise import normalise

_LOOKED_AT = 3
_FEWEST = 4  # columns that a table has before a row of one cell is taken for a note

# A total is named so in full, or it names what it is the total of, as pivots write it.
_WORDS = (
    *("total", "totals", "grand total", "overall total", "subtotal", "sub total", "sum"),
    *("total général", "sous total"),
    *("المجموع", "مجموع", "المجموع الكلي", "المجموع العام", "المجموع الجزئي"),
    *("الإجمالي", "إجمالي", "الإجمالي الكلي", "إجمالي عام"),
    *("کۆ", "کۆی گشتی", "کۆی لاوەکی", "سەرجەم"),
)
_TOTALS = frozenset(map(normalise, _WORDS))
_MAYBE = "(?i)total|sum|مجموع|جمالي|جمالی|کۆ|كۆ|سەرجەم"
_NAMED_TOTAL = re.compile(r"(?:grand )?total (?:of |for )?\S.*|.*\S (?:sub ?)?total")

Asides = tuple[tuple[int, str, str], ...]


def without(layout: Layout, block: pd.DataFrame) -> tuple[pd.DataFrame, Asides]:
    """Return a block without such rows, and row, code and text of those that hold more than the headers."""
    block = _without_headers(layout, block)
    found = tuple(told for row in _suspects(layout, block) if (told := _aside(layout, row)))
    return (block.drop(index=[row for row, _, _ in found]) if found else block), found


def _suspects(layout: Layout, block: pd.DataFrame) -> list[tuple[int, list[str]]]:
    """Return the rows that leave a column empty without which a row is none, or fill less than half."""
    taken = sorted(layout.columns.values())
    needed = {layout.columns[one] for one in layout.profile.required if one in layout.columns}
    count, whole = np.zeros(len(block), dtype=int), np.ones(len(block), dtype=bool)
    for place in taken:
        filled = (block[place] != "").to_numpy(dtype=bool)
        count += filled
        whole &= filled | (place not in needed)
    thin = block[(count * 2 <= len(taken)) | ~whole]
    told = (thin != "").sum(axis=1) <= 1
    for index in thin.columns:
        told |= thin[index].str.contains(_MAYBE)
    return [(int(number), row) for number, *row in thin[told].itertuples(name=None)]


def _aside(layout: Layout, numbered: tuple[int, list[str]]) -> tuple[int, str, str] | None:
    number, row = numbered
    cells = {index: clean(cell) for index, cell in enumerate(row) if clean(cell)}
    texts = [text for text in cells.values() if _has_letters(text)]
    # One more text may say of what it is the total: a governorate, or an organisation.
    total = next((text for text in texts if _is_total(text)), "")
    if not total and len(texts) == 1 and len(cells) > 1 and _NAMED_TOTAL.fullmatch(normalise(texts[0])):
        total = texts[0]
    if total and len(texts) <= 2:
        return number, "row_is_total", total
    # A note, or the number of a row of a form that nobody filled in.
    only = next(iter(cells.values())) if len(cells) == 1 and len(layout.columns) >= _FEWEST else ""
    return (number, "row_is_note", only) if only and not has_no_value(only) else None


@lru_cache(20_000)
def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in western_digits(text))


@lru_cache(20_000)
def _is_total(text: str) -> bool:
    return normalise(text.rstrip(" :：=")) in _TOTALS


def _without_headers(layout: Layout, block: pd.DataFrame) -> pd.DataFrame:
    """Leave out rows that repeat the headers or their tags, as sheets have that were copied together."""
    above = layout.sheet.head[layout.header_row - 1]
    suspect = pd.Series(False, index=block.index)
    for index in [place for place in layout.columns.values() if place < len(above)][:_LOOKED_AT]:
        suspect |= block[index].str.startswith("#") | (block[index] == above[index])
    again = [number for number, *row in block[suspect].itertuples(name=None) if _is_header(above, row)]
    return block.drop(index=again) if again else block


def _is_header(above: Sequence[str], row: list[str]) -> bool:
    told = [(clean(cell), clean(header)) for cell, header in zip_longest(row, above, fillvalue="")]
    filled = [(cell, header) for cell, header in told if cell]
    return hxl.tag_row([row]) is not None or (len(filled) > 1 and all(cell == head for cell, head in filled))
