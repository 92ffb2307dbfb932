"""From the columns of a sheet to one row for each thing told: matrices melted, lists of cells parted."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from csomap.importers import asides, dates, wide
from csomap.importers.cells import NOT_GIVEN, clean, letter
from csomap.importers.layout import Layout
from csomap.importers.parted import Parted, Places, parted
from csomap.importers.problems import NOTE, Problems
from csomap.importers.profile import Column
from csomap.importers.wide import Matrix

_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
_WAYS: dict[str, Callable[[str], str]] = {
    "serial": dates.of_serial,
    "epoch_days": dates.of_epoch,
    "compact": dates.of_compact,
    "month_first": lambda text: dates.spelt(dates.read(text, month_first=True)),
}
_FORM_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DATES = ("start", "end")
_PARTED = re.compile(r"[;؛,،/&+|\n]|\band\b|\sو\s*")
_BETWEEN = "\x1f"


@dataclass(frozen=True)
class Shaped:
    """`fields`: source_row and one text column a field; `others`, beside it: the columns of no field.

    `dropped` counts the cells of a matrix that are blank, zero or no; `parted` names row, field and
    text of each cell that held several values. `heads` is the header that each row's value of a
    matrix stood under, empty without one; `left_out` names row, problem and text of totals and notes.
    """

    fields: pd.DataFrame
    others: pd.DataFrame
    dropped: int = 0
    parted: Parted = ()
    heads: tuple[str, ...] = ()
    left_out: asides.Asides = ()

    def tell(self, layout: Layout, problems: Problems) -> None:
        """Note which cells held several values, and which rows are no data."""
        for row, field, text in self.parted:
            problems.add(row, layout.header(field), clean(text), "cell_parted", NOTE)
        for row, code, text in self.left_out:
            problems.add(row, "", text, code, NOTE)


def shaped(layout: Layout, block: pd.DataFrame) -> Shaped:
    """Return the fields of a block of cells, one row for each thing it tells.

    block: texts, columns 0..n-1, "" = empty, index = row number of the spreadsheet. A row of a
    matrix, or a cell with several values, gives several rows of one source_row.
    """
    width = max(len(layout.headers), len(block.columns))
    block = block.reindex(columns=range(width), fill_value="") if len(block.columns) < width else block
    block, left_out = asides.without(layout, block)
    fields = _fields(layout, block)
    for group in layout.flags:
        fields[group.into] = pd.array(_flagged(fields, block, group), dtype="str")
    rows, told, heads, dropped = _melted(layout, block)
    if rows is not None:
        fields = fields.iloc[rows].reset_index(drop=True)
        fields = fields.assign(**{field: _or_own(texts, fields, field) for field, texts in told.items()})
    fields, again, several = parted(layout, _listed(layout, fields))
    others = _others(layout, block)
    for places in (rows, again):
        others = others if places is None else others.iloc[places].reset_index(drop=True)
    heads = [heads[place] for place in again] if heads and again is not None else heads
    return Shaped(_dated(layout, fields), others, dropped, several, tuple(heads), left_out)


def labels(layout: Layout, width: int) -> dict[int, str]:
    """Return what the columns that no field takes are called in `others`: two of one name do not hide
    each other."""
    free = [index for index in range(width) if index not in layout.taken]
    names = [layout.name(index) for index in free]
    return {i: f"{n} ({letter(i)})" if names.count(n) > 1 else n for i, n in zip(free, names, strict=True)}


def _others(layout: Layout, block: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that no field takes and that have a header or a value."""
    told = labels(layout, len(block.columns))
    headed = {index for index, header in enumerate(layout.headers) if header}
    used = [index for index in told if index in headed or (block[index].str.strip() != "").any()]
    return block[used].set_axis([told[index] for index in used], axis=1).reset_index(drop=True)


def _fields(layout: Layout, block: pd.DataFrame) -> pd.DataFrame:
    fields = pd.DataFrame({"source_row": block.index.to_numpy()})
    for field, index in layout.columns.items():
        fields[field] = block[index].array
    for field, index in layout.otherwise.items():
        empty = fields[field].str.strip().str.lower().isin(NOT_GIVEN)
        fields[field] = fields[field].where(~empty, block[index].reset_index(drop=True))
    return fields


def _flagged(fields: pd.DataFrame, block: pd.DataFrame, group: Matrix) -> list[str]:
    """Return the texts whose columns say yes, joined by ;, else what the field's own column says."""
    marks = {text: block[index].map(wide.says_yes).to_numpy() for index, text in group.texts.items()}
    rows = zip(*marks.values(), strict=True)
    told = [
        ";".join(dict.fromkeys(text for text, yes in zip(marks, row, strict=True) if yes)) for row in rows
    ]
    own = fields[group.into] if group.into in fields else [""] * len(fields)
    return [text or given for text, given in zip(told, own, strict=True)]


def _melted(
    layout: Layout, block: pd.DataFrame
) -> tuple[Places | None, dict[str, list[str]], list[str], int]:
    """Return the row places and the fields that a matrix tells for them, their headers, the cells dropped."""
    one = layout.matrix
    if one is None:
        return None, {}, [], 0
    cells = block[list(one.texts)].set_axis(range(len(block)), axis=0)
    long = cells.melt(ignore_index=False, var_name="column", value_name="cell").sort_index(kind="stable")
    kept = long[~long["cell"].map(_once(wide.says_no)).astype(bool)]
    told = {one.into: [one.texts[column] for column in kept["column"]]}
    if one.value:
        told[one.value] = [wide.amount(cell) for cell in kept["cell"]]
    heads = [layout.headers[column] for column in kept["column"]]
    return kept.index.to_numpy(), told, heads, len(long) - len(kept)


def _or_own(texts: list[str], fields: pd.DataFrame, field: str) -> "pd.Series[str]":
    """Return what the cells of a matrix say of a field, else what its own column says."""
    told = pd.Series(texts, dtype="str")
    return told.where(told != "", fields[field]) if field in fields else told


def _once(tell: Callable[[str], bool]) -> Callable[[str], bool]:
    known: dict[str, bool] = {}
    return lambda text: known[text] if text in known else known.setdefault(text, tell(text))


def _listed(layout: Layout, fields: pd.DataFrame) -> pd.DataFrame:
    """Return the fields with the items of lists parted by ; and the layout's own codes in words."""
    columns = {field: layout.profile.columns[field] for field in layout.columns}
    for field, one in columns.items():
        if one.separators or one.words or one.terms or one.values:
            known = {text: _list(text, one) for text in fields[field].unique()}
            fields[field] = fields[field].map(known).astype("str")
    return fields


def _list(text: str, one: Column) -> str:
    words = text.split()
    if len(words) > 1 and not _is_item(text, one) and all(_is_item(word, one) for word in words):
        return ";".join(words)
    if one.terms and not wide.names(one.terms, text):
        parts = [clean(part) for part in _PARTED.split(text)]
        if len(parts) > 1 and all(part and wide.names(one.terms, part) for part in parts):
            return ";".join(parts)
    for separator in one.separators:
        text = text.replace(separator, ";")
    return dict(one.values).get(clean(text), text) if one.values else text


def _is_item(word: str, one: Column) -> bool:
    """Tell whether a word is one of the choices of a list; those of a taxonomy are written as names are in
    forms, lest "Health education" become two services."""
    named = one.terms != "" and _FORM_NAME.fullmatch(word) is not None
    return word.casefold() in one.words or (named and wide.names(one.terms, word))


def _dated(layout: Layout, fields: pd.DataFrame) -> pd.DataFrame:
    for field in _DATES:
        if field in fields:
            one = layout.profile.columns.get(field)
            fields[field] = _told_days(fields[field], one.kind if one else "date")
            if "start_year" in fields or layout.year:
                fields[field] = _with_year(fields[field], fields.get("start_year"), layout.year)
    return fields


def _with_year(texts: "pd.Series[str]", years: "pd.Series[str] | None", year: str) -> "pd.Series[str]":
    """Return months that are written without a year in ISO form, by the year that is told beside them."""
    beside = years if years is not None else pd.Series([year] * len(texts), dtype="str")
    pairs = texts + _BETWEEN + beside
    known = {pair: _completed(pair, year) for pair in pairs.unique()}
    return pairs.map(known).astype("str")


def _completed(pair: str, year: str) -> str:
    text, _, own = pair.partition(_BETWEEN)
    told = dates.read(text)
    return (dates.spelt(dates.read(text, year=clean(own) or year)) or text) if told.fault else text


def _told_days(texts: "pd.Series[str]", kind: str) -> "pd.Series[str]":
    """Return dates that are numbers, or have the month first, in ISO form; what is none stays as it is."""
    known = [str(text) for text in texts.unique()]
    filled = {clean(text) for text in known} - NOT_GIVEN
    if kind not in _WAYS and filled and all(map(_is_serial, filled)):
        kind = "serial"
    if kind not in _WAYS:
        return texts
    return texts.map({text: _WAYS[kind](text) or text for text in known}).astype("str")


def _is_serial(text: str) -> bool:
    return _SERIAL.fullmatch(text) is not None and dates.of_serial(text) != ""
