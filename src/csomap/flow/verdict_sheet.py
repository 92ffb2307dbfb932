"""A workbook of verdicts as it comes back: which sheet it is, and its lines."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from csomap.errors import BadInput
from csomap.flow.verdict_form import label
from csomap.flow.verdict_lines import CHECK, HIDDEN, KEYS, SHOWN, check, hidden
from csomap.i18n import LANGUAGES
from csomap.importers import Limits, tabular
from csomap.importers.cells import clean
from csomap.importers.sheets import Sheet
from csomap.settings import rules

_VISIBLE = (*SHOWN, "verdict", "note")
Places = Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One row of the list: `keys` is what it is about, as codes (KEYS); verdict and note as people wrote it.

    is_whole: keys and words still belong together.
    """

    row: int
    keys: Mapping[str, str]
    verdict: str
    note: str
    is_whole: bool

    @property
    def has_keys(self) -> bool:
        """Whether it was in the list when that was written."""
        return any(self.keys.values())


@dataclass(frozen=True)
class Read:
    """The lines of a list of verdicts, and the file's own header of each column that people see."""

    headers: Mapping[str, str]
    lines: tuple[Line, ...]


def read(source: Path | bytes) -> Read:
    """Return the lines of a workbook of verdicts; the order of columns and rows does not matter.

    Raises BadFile if the file cannot be read, BadInput if no sheet of it, or more than one, is a list of
    verdicts, or if a column is missing or there twice.
    """
    with _file(source) as path:
        sheets = tabular.opened(path, Limits(**rules()["limits"])).sheets
        found = [(sheet, row) for sheet in sheets for row in _header_rows(sheet)]
        if not found:
            raise BadInput("verdict_book_foreign")
        if len(found) > 1:
            raise BadInput("verdict_book_sheets", known=", ".join(sheet.name for sheet, _ in found))
        sheet, row = found[0]
        texts = sheet.head[row - 1]
        places = _places(texts)
        headers = {name: texts[places[name]] for name in _VISIBLE}
        return Read(headers, tuple(_lines(sheet, row, places)))


@contextmanager
def _file(source: Path | bytes) -> Iterator[Path]:
    if isinstance(source, Path):
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="csomap-") as folder:
        path = Path(folder) / "verdicts.xlsx"
        path.write_bytes(source)
        yield path


def _header_rows(sheet: Sheet) -> list[int]:
    """Return the numbers of the rows that name the hidden columns."""
    return [number for number, row in enumerate(sheet.head, start=1) if hidden(CHECK) in map(clean, row)]


def _places(headers: Sequence[str]) -> dict[str, int]:
    """Return where each column stands; those that people see are named in any language, or by code."""
    told = [clean(text).casefold() for text in headers]
    spelt = {name: {name} for name in HIDDEN} | {
        name: {name, *(label(name, lang).casefold() for lang in LANGUAGES)} for name in _VISIBLE
    }
    found = {name: [place for place, text in enumerate(told) if text in spelt[name]] for name in spelt}
    for name, places in found.items():
        if len(places) != 1:
            shown = label(name, "en") if name in _VISIBLE else name
            raise BadInput("verdict_book_twice" if places else "verdict_book_column", value=shown)
    return {name: places[0] for name, places in found.items()}


def _lines(sheet: Sheet, header: int, places: Places) -> Iterator[Line]:
    for block in sheet.blocks():
        texts = block.reindex(columns=range(max(places.values()) + 1), fill_value="")
        for number, *cells in texts[texts.index > header].itertuples(name=None):
            cell = {name: cells[place].strip() for name, place in places.items()}
            if any(cell.values()):
                yield _line(number, cell)


def _line(number: int, cell: Mapping[str, str]) -> Line:
    keys = {name: cell[hidden(name)] for name in KEYS}
    mark = check([*keys.values(), *(cell[name] for name in SHOWN)])
    return Line(number, keys, cell["verdict"], cell["note"], mark == cell[hidden(CHECK)])
