"""Repeats of a survey: sheets whose rows name the row of another sheet that they belong to."""

from collections.abc import Iterator, Sequence

import pandas as pd

from csomap.importers.cells import clean
from csomap.importers.sheets import HEAD_ROWS, Sheet

_INDEX, _PARENT, _TABLE = "_index", "_parent_index", "_parent_table_name"


def joined(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets; those of a repeat also hold, to the right, the columns of the row they belong to.

    A repeat names the sheet above it in `_parent_table_name` and its row, by `_index`, in
    `_parent_index`; a repeat may stand inside another one. Row numbers stay those of the repeat.
    """
    known = {sheet.name: sheet for sheet in sheets}
    return [_with_parent(sheet, known, ()) for sheet in sheets]


def _with_parent(sheet: Sheet, known: dict[str, Sheet], below: tuple[str, ...]) -> Sheet:
    headers = _headers(sheet)
    above = known.get(_parent_name(sheet, headers))
    if above is None or _PARENT not in headers or above.name in (*below, sheet.name):
        return sheet
    if _INDEX not in _headers(above):
        return sheet
    return _joined(sheet, _with_parent(above, known, (*below, sheet.name)))


def _headers(sheet: Sheet) -> list[str]:
    return [clean(cell) for cell in sheet.head[0]] if sheet.head else []


def _parent_name(sheet: Sheet, headers: Sequence[str]) -> str:
    if _TABLE not in headers:
        return ""
    place = headers.index(_TABLE)
    return next((row[place] for row in sheet.head[1:] if place < len(row) and row[place]), "")


def _joined(child: Sheet, parent: Sheet) -> Sheet:
    own, above = _headers(child), _headers(parent)
    table = pd.concat(parent.blocks()).reindex(columns=range(len(above)), fill_value="")
    # The header of the link finds the headers: they are the row that it names.
    keys = [_PARENT, *table[above.index(_INDEX)].iloc[1:]]
    added = [place for place, header in enumerate(above) if header and header not in own]
    rows = table[added].set_axis(keys, axis=0)
    rows = rows[~rows.index.duplicated()].set_axis(range(len(own), len(own) + len(added)), axis=1)

    def blocks() -> Iterator[pd.DataFrame]:
        for block in child.blocks():
            block = block.reindex(columns=range(len(own)), fill_value="")
            found = rows.reindex(block[own.index(_PARENT)], fill_value="").set_axis(block.index, axis=0)
            yield pd.concat([block, found], axis=1)

    first = next(blocks())
    return Sheet(child.name, first.head(HEAD_ROWS).to_numpy().tolist(), blocks, child.height)
