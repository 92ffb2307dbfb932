"""The tag rows of the Humanitarian Exchange Language, wherever near the top they stand."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from csomap.importers.cells import clean

HEAD_ROWS = 25

# Only after a word that counts nothing may a space stand behind the #: "# people" is a header.
_NAMES = r"(?:adm[1-5]|org|sector|subsector|activity|service|date|loc|geo|country|status|meta)"
_TAG = re.compile(rf"(?:#[a-z]\w*|#\s+{_NAMES})(?:\s*\+\s*[a-z]\w*)*", re.IGNORECASE | re.ASCII)
_FEWEST = 2
# Attributes that only say in which language or by which list of codes a column speaks.
_ASIDE = re.compile(r"[a-z]{2}|[iv]_\w+")


def tag_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the first row, of the first 25, in which half of the filled cells are tags."""
    return next(iter(tag_rows(rows)), None)


def tag_rows(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the indices of all rows, of the first 25, in which half of the filled cells are tags."""
    return [i for i, row in enumerate(rows[:HEAD_ROWS]) if _is_tag_row(row)]


def _is_tag_row(row: Sequence[str]) -> bool:
    filled = [cell for cell in map(clean, row) if cell]
    tags = sum(_TAG.fullmatch(cell) is not None for cell in filled)
    return tags >= _FEWEST and tags * 2 >= len(filled)


def tags(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the tag of each column, normalised, from one tag row or several: the first that it has."""
    columns = zip_longest(*rows, fillvalue="")
    return [next(filter(None, map(normalised, cells)), "") for cells in columns]


def normalised(cell: str) -> str:
    """Return a tag in lower case, without spaces, attributes sorted (#adm1+code); "" if it is no tag."""
    text = clean(cell)
    if not _TAG.fullmatch(text):
        return ""
    tag, *attributes = "".join(text.casefold().split()).split("+")
    return "+".join([tag, *sorted(set(attributes))])


def without_language(tag: str) -> str:
    """Return a normalised tag without the attributes for languages and code lists (+en, +v_pcode)."""
    name, *attributes = tag.split("+")
    return "+".join([name, *(one for one in attributes if not _ASIDE.fullmatch(one))])
