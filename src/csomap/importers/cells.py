"""One cell at a time: its clean text, its name, and what counts as nothing."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

MAX_TEXT = 2000
NOT_GIVEN = frozenset({"", "-", "–", "—", "n/a", "na", "null"})
ERROR_VALUES = frozenset({"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!"})

# Controls, marks of writing direction and zero-width spaces; the zero-width non-joiner stays, for it
# is part of how Persian and Kurdish words are spelt.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)


def clean(text: str) -> str:
    """Return the text without invisible characters, trimmed, inner white space collapsed."""
    return " ".join(_INVISIBLE.sub("", text).split())


def western_digits(text: str) -> str:
    """Return the text with Arabic-Indic and Persian digits written as 0-9."""
    return text.translate(_DIGITS)


def letter(index: int) -> str:
    """Return the spreadsheet's name of a column counted from 0: A, B, ... Z, AA."""
    name = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        name, index = chr(65 + rest) + name, index - 1
    return name


def is_formula(text: str) -> bool:
    """Tell whether a cell holds a formula in place of a value."""
    return text.startswith("=") and len(text) > 1


def each(values: Sequence[str], read: Callable[[str], T]) -> list[T]:
    """Return `read` of every value, reading each distinct text once: columns repeat themselves."""
    known = {value: read(value) for value in set(values)}
    return [known[value] for value in values]


def has_no_value(text: str) -> bool:
    """Tell whether a cell holds a formula or an error in place of a value."""
    return is_formula(text) or text.casefold() in ERROR_VALUES
