"""Columns that are values: matrices with one column a month, group or indicator, and yes/no columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from csomap.importers import dates
from csomap.importers.cells import NOT_GIVEN, clean, western_digits
from csomap.importers.profile import Profile, Wide
from csomap.importers.sheets import Rows
from csomap.resolve.terms import TermResolver
from csomap.tables import taxonomy

_YES = frozenset({"true", "yes", "y", "x", "✓", "✔", "1", "oui", "vrai", "sí", "si", "نعم", "بەڵێ"})
_NO = NOT_GIVEN | {"false", "no", "n", "0", "non", "faux", "لا", "نەخێر", "none"}
_NUMBER = re.compile(r"[-+]?[\d.,٬٫' ]+")
_EXACT = frozenset({"code", "label", "alias", "confirmed"})
_FEWEST = 2
_ISO_MONTH = re.compile(r"\d{4}-\d{2}")
# A month in a header may lack its year, which then stands elsewhere.
_YEAR_OF_ANY = "2000"


@dataclass(frozen=True)
class Matrix:
    """The columns of one matrix: `texts` gives for each column index what its header says of `into`."""

    into: str
    value: str
    texts: Mapping[int, str]


def says_no(text: str) -> bool:
    """Tell whether a cell of a matrix holds nothing, zero or a no."""
    plain = western_digits(clean(text)).casefold()
    return plain in _NO or re.fullmatch(r"[-+]?0*[.,]?0*", plain) is not None


def says_yes(text: str) -> bool:
    """Tell whether a cell of a matrix only marks that something is so."""
    return western_digits(clean(text)).casefold() in _YES


def amount(text: str) -> str:
    """Return the figure in a cell of a matrix, "" where it only marks that something is so."""
    return "" if says_yes(text) and not western_digits(clean(text)).isdecimal() else text


def matrix(known: Profile, headers: Sequence[str], columns: Mapping[str, int], sample: Rows) -> Matrix | None:
    """Return the first matrix of the profile that the headers show and whose field no column has."""
    for one in known.melt:
        if one.into in columns:
            continue
        texts = _texts(one, known, headers, columns, sample)
        if len(texts) >= _FEWEST and not (one.cells == "figures" and _only_marks(texts, sample)):
            return Matrix(one.into, one.value, texts)
    return None


def flags(
    known: Profile,
    headers: Sequence[str],
    columns: Mapping[str, int],
    sample: Rows,
    taken: Mapping[int, str],
) -> tuple[Matrix, ...]:
    """Return the groups of yes/no columns that the headers show, apart from the columns `taken`."""
    found: dict[str, dict[int, str]] = {}
    for one in known.flags:
        texts = _texts(one, known, headers, columns, sample)
        used = {*taken, *(index for group in found.values() for index in group)}
        new = {index: text for index, text in texts.items() if index not in used}
        found.setdefault(one.into, {}).update(new)
    return tuple(Matrix(into, "", texts) for into, texts in found.items() if texts)


def _texts(
    one: Wide,
    known: Profile,
    headers: Sequence[str],
    columns: Mapping[str, int],
    sample: Rows,
) -> dict[int, str]:
    taken = set(columns.values())
    named = {
        index: text
        for index, header in enumerate(headers)
        if index not in taken and not known.knows(header) and (text := _text(one, header))
    }
    held = {index: text for index, text in named.items() if _holds(one.cells, index, sample)}
    is_told = one.cells != "marks" or any(_cells(index, sample) for index in held)
    return held if is_told else {}


def _text(one: Wide, header: str) -> str:
    """Return what a header says of the field, "" if it is none of this matrix."""
    if not header or any(pattern.search(header) for pattern in one.but):
        return ""
    text = header
    if one.headers:
        fits = next(filter(None, (pattern.search(header) for pattern in one.headers)), None)
        if not fits:
            return ""
        text = clean(fits[1] if fits.re.groups else header)
    if one.are == "months":
        return _month(text)
    return text if not one.are or names(one.are, text) else ""


@lru_cache(20_000)
def names(what: str, text: str) -> bool:
    """Tell whether a text surely names a month (`what` = months), or a term of the taxonomy `what`."""
    if what == "months":
        return _month(text) != ""
    return _terms(what).resolve(text).method in _EXACT


def is_named(known: Profile, text: str) -> bool:
    """Tell whether a text names a value of some matrix or yes/no columns of a profile."""
    return any(one.are != "" and names(one.are, text) for one in (*known.melt, *known.flags))


def _month(header: str) -> str:
    """Return a header that names a month: as it is, or in ISO form where a spreadsheet wrote its first day
    (2021-01-01) or half of its year (Jan-21); several of one form leave no doubt. "" if it is none."""
    found = dates.read(header, year=_YEAR_OF_ANY)
    if header.strip().isdecimal():
        return ""
    if found.is_month:
        return header
    if found.first and found.first == found.last and found.first.day == 1:
        return f"{found.first:%Y-%m}"
    return found.hint if _ISO_MONTH.fullmatch(found.hint) else ""


@cache
def _terms(name: str) -> TermResolver:
    return TermResolver(taxonomy.load(name).frame, taxonomy.aliases(name))


def _holds(cells: str, index: int, sample: Rows) -> bool:
    """Tell whether the filled cells of a column are mostly what the profile says; an empty column may be."""
    texts = _cells(index, sample)
    if cells == "marks":
        return all(text in _YES | _NO for text in texts)
    if cells in ("numbers", "figures"):
        filled = [text for text in texts if text not in _NO or text in ("0", "false")]
        return sum(_NUMBER.fullmatch(text) is not None for text in filled) * 2 >= len(filled)
    return True


def _only_marks(texts: Mapping[int, str], sample: Rows) -> bool:
    """Tell whether no cell of some columns is a figure other than 0 and 1: then 1 is a yes, and no person."""
    return all(text in ("0", "1") for index in texts for text in _cells(index, sample))


def _cells(index: int, sample: Rows) -> set[str]:
    return {western_digits(clean(row[index])).casefold() for row in sample if index < len(row)} - NOT_GIVEN
