"""A file of figures of need as it comes in: which of its rows has the headers, and its lines."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from csomap.analysis.needs import COLUMNS
from csomap.errors import BadInput
from csomap.i18n import LANGUAGES, t
from csomap.importers import Limits, tabular
from csomap.importers.cells import clean
from csomap.importers.sheets import Sheet
from csomap.resolve.normalise import normalise
from csomap.settings import rules
from csomap.tables.export import plain

NEEDED = ("indicator", "pcode", "value", "date", "source")


@dataclass(frozen=True)
class Lines:
    """The filled lines of a file by their row number, as text by the names of COLUMNS, and the file's own
    header of each column."""

    headers: Mapping[str, str]
    rows: Mapping[int, Mapping[str, str]]


def label(column: str, lang: str) -> str:
    """Return the header of a column in words."""
    return t(f"needs.column.{column}", lang)


def read(name: str, content: bytes) -> Lines:
    """Return the lines of a CSV or workbook, whatever the order of its columns.

    Headers are the names of COLUMNS or their words in any of the languages; other columns are not read.
    Raises BadFile if the file cannot be read, BadInput if a column is missing or there twice, or if there are
    more lines than rules.yml allows.
    """
    with _file(name, content) as path:
        sheets = tabular.opened(path, Limits(**rules()["limits"])).sheets
        sheet, header = _header(sheets)
        texts = [clean(text) for text in sheet.head[header - 1]]
        found = _places(texts)
        return Lines({column: texts[place] for column, place in found.items()}, _rows(sheet, header, found))


@contextmanager
def _file(name: str, content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="csomap-") as folder:
        path = Path(folder) / f"needs{Path(name).suffix[:5]}"
        path.write_bytes(content)
        yield path


def _header(sheets: Sequence[Sheet]) -> tuple[Sheet, int]:
    """Return the sheet and the row whose cells name most of the columns."""
    told = [
        (len(_named(row)), sheet, number)
        for sheet in sheets
        for number, row in enumerate(sheet.head, start=1)
    ]
    most, sheet, number = max(told, key=lambda one: one[0])
    if most < 2:
        raise BadInput("needs_columns", missing=", ".join(NEEDED), known=", ".join(COLUMNS))
    return sheet, number


def _named(row: Sequence[str]) -> set[str]:
    return {_words()[normalise(text)] for text in row if normalise(text) in _words()}


def _places(texts: Sequence[str]) -> dict[str, int]:
    """Return where each column stands."""
    named = [_words().get(normalise(text), "") for text in texts]
    twice = sorted({name for name in named if name and named.count(name) > 1})
    if twice:
        raise BadInput("needs_column_twice", value=", ".join(twice))
    missing = [name for name in NEEDED if name not in named]
    if missing:
        raise BadInput("needs_columns", missing=", ".join(missing), known=", ".join(COLUMNS))
    return {name: place for place, name in enumerate(named) if name}


@cache
def _words() -> dict[str, str]:
    told = {normalise(label(name, lang)): name for name in COLUMNS for lang in LANGUAGES}
    return told | {normalise(name): name for name in COLUMNS}


def _rows(sheet: Sheet, header: int, places: Mapping[str, int]) -> dict[int, Mapping[str, str]]:
    most: int = rules()["needs"]["most_rows"]
    found: dict[int, Mapping[str, str]] = {}
    for block in sheet.blocks():
        texts = block.reindex(columns=range(max(places.values()) + 1), fill_value="")
        for number, *cells in texts[texts.index > header].itertuples(name=None):
            line = {name: plain(clean(cells[place])) for name, place in places.items()}
            if any(line.values()):
                found[int(number)] = dict.fromkeys(COLUMNS, "") | line
            if len(found) > most:
                raise BadInput("needs_too_many", most=most)
    if not found:
        raise BadInput("needs_no_lines")
    return found
