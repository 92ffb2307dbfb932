"""A report as a workbook: a sheet a section with all rows; texts stay texts, whatever they begin with."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import pandas as pd
import xlsxwriter

from csomap.flow import names
from csomap.i18n import direction, t
from csomap.reports.document import Document, Section

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in names of sheets
_RESERVED = "history"  # the name that a workbook keeps for itself
_WIDTHS = (8, 60)  # letters
_FROZEN = 12  # a header further down would leave no room to scroll below it


@dataclass(frozen=True)
class _Book:
    book: Any
    lang: str
    formats: dict[str, Any]

    def sheet(self, name: str) -> Any:
        taken = {sheet.get_name().lower() for sheet in self.book.worksheets()}
        drawn = self.book.add_worksheet(_sheet_name(name, taken))
        if direction(self.lang) == "rtl":
            drawn.right_to_left()
        drawn.hide_gridlines(2)
        return drawn


def written(document: Document) -> bytes:
    """Return the report as a workbook: what it is, the sections, the notes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": document.title})
        work = _Book(book, document.lang, _formats(book, direction(document.lang)))
        _cover(work, document)
        for section in document.sections:
            _section(work, document, section)
        if document.notes:
            _section(work, document, Section(t("reports.notes", document.lang), document.notes))
    return buffer.getvalue()


def _formats(book: Any, way: str) -> dict[str, Any]:
    shared = {"reading_order": 2 if way == "rtl" else 1, "valign": "top", "font_name": "Arial"}
    wrapped = shared | {"text_wrap": True}
    return {
        "title": book.add_format(shared | {"bold": True, "font_size": 16, "font_color": "#0b5a8a"}),
        "line": book.add_format(shared),
        "head": book.add_format(wrapped | {"bold": True, "bg_color": "#e8f0f5", "bottom": 1}),
        "text": book.add_format(wrapped),
        "whole": book.add_format(shared | {"num_format": "#,##0"}),
        "decimal": book.add_format(shared | {"num_format": "#,##0.0##"}),
        "day": book.add_format(shared | {"num_format": "yyyy-mm-dd"}),
    }


def _cover(work: _Book, document: Document) -> None:
    sheet = work.sheet(document.title)
    sheet.write_string(0, 0, document.title, work.formats["title"])
    titles = [section.title for section in document.sections]
    _lines(work, sheet, 1, [document.subtitle, document.banner, "", *titles])


def _lines(work: _Book, sheet: Any, first: int, words: Sequence[str]) -> int:
    """Write a paragraph a row below each other; return the row after the last."""
    for row, text in enumerate(words, first):
        sheet.write_string(row, 0, names.plain(text), work.formats["line"])
    return first + len(words)


def _section(work: _Book, document: Document, section: Section) -> None:
    sheet = work.sheet(section.title)
    sheet.write_string(0, 0, section.title, work.formats["title"])
    banner = [document.banner] if document.banner else []
    row = _lines(work, sheet, 1, [*banner, *section.text])
    if section.table is not None:
        row = _table(work, sheet, row + 1, section.table)
    if section.picture:
        options = {"description": section.alt, "x_scale": 0.5, "y_scale": 0.5}
        sheet.insert_image(row + 1, 0, "picture.png", options | {"image_data": io.BytesIO(section.picture)})


def _table(work: _Book, sheet: Any, top: int, table: pd.DataFrame) -> int:
    """Write a table from row `top` on; return the row after its last."""
    for column, name in enumerate(table.columns):
        sheet.write_string(top, column, str(name), work.formats["head"])
        sheet.set_column(column, column, _width(table.iloc[:, column], str(name)))
    for row, values in enumerate(table.itertuples(index=False, name=None), top + 1):
        for column, value in enumerate(values):
            _cell(work, sheet, (row, column), value)
    if top <= _FROZEN:
        sheet.freeze_panes(top + 1, 0)
    if len(table):
        sheet.autofilter(top, 0, top + len(table), max(table.shape[1] - 1, 0))
    return top + 1 + len(table)


def _cell(work: _Book, sheet: Any, where: tuple[int, int], value: object) -> None:
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        sheet.write_blank(*where, None, work.formats["text"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(*where, value, work.formats["day"])
    elif isinstance(value, Real) and not isinstance(value, bool):
        sheet.write_number(*where, value, work.formats["whole" if float(value).is_integer() else "decimal"])
    else:
        sheet.write_string(*where, names.plain(str(value)), work.formats["text"])


def _width(column: pd.Series, name: str) -> int:
    least, most = _WIDTHS
    longest = max([len(str(cell)) for cell in column.head(500)], default=0)
    return min(max(longest + 2, len(name) + 3, least), most)


def _sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that a workbook allows: at most 31 letters, none forbidden, none twice."""
    allowed = _FORBIDDEN.sub(" ", title).strip().strip("'")[:28].strip() or "-"
    name = f"{allowed} -" if allowed.lower() == _RESERVED else allowed
    tries = (name if not count else f"{name} {count + 1}" for count in range(100))
    return next(one for one in tries if one.lower() not in taken)
