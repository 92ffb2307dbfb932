"""The tag row of the Humanitarian Exchange Language, wherever near the top it stands."""

import re
from collections.abc import Sequence

from csomap.importers.cells import clean

HEAD_ROWS = 25

_TAG = re.compile(r"#[a-z]\w*(?:\s*\+\s*[a-z]\w*)*", re.IGNORECASE | re.ASCII)
_FEWEST = 2


def tag_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the first row, of the first 25, in which half of the filled cells are tags."""
    return next((i for i, row in enumerate(rows[:HEAD_ROWS]) if _is_tag_row(row)), None)


def _is_tag_row(row: Sequence[str]) -> bool:
    filled = [cell for cell in map(clean, row) if cell]
    tags = sum(_TAG.fullmatch(cell) is not None for cell in filled)
    return tags >= _FEWEST and tags * 2 >= len(filled)


def normalised(cell: str) -> str:
    """Return a tag in lower case, without spaces, attributes sorted (#adm1+code); "" if it is no tag."""
    text = clean(cell)
    if not _TAG.fullmatch(text):
        return ""
    tag, *attributes = "".join(text.casefold().split()).split("+")
    return "+".join([tag, *sorted(set(attributes))])
