"""Tables on slides: as many rows as fit, the rest on the next slide, columns in the reading direction."""

import math
from typing import Any

from pptx.util import Emu, Inches, Pt

from csomap.i18n import direction, t
from csomap.reports import cells
from csomap.reports.document import Section
from csomap.reports.slide_parts import BOTTOM, INK, INSIDE, SIDE, Frame, colour, write

_SIZE = 11  # points
_LINE = int(Pt(_SIZE) * 1.25)
_MARGIN = Inches(0.06)
_LETTER = int(Pt(_SIZE) * 0.55)  # the width of a usual letter
_LEAST = Inches(2.0)  # less room than this stays empty, and the table begins on the next slide
_MORE = Inches(0.4)  # what the line below the table takes
_HEAD, _WHITE = colour("E8F0F5"), colour("FFFFFF")
_SLIDES = 3  # that a table takes of which not all rows are printed
_MOST = 280  # letters of one cell

_Row = list[str]


def draw(frame: Frame, section: Section) -> None:
    """Draw the table of a section from where the slide is filled, over as many slides as it takes.

    One of which not all rows are printed (`Section.most`) takes a few slides at most.
    """
    if section.table is None:
        return
    lang, header = frame.document.lang, [str(name) for name in section.table.columns]
    rows = [[_cut(cell) for cell in row] for row in cells.rows(section.table, lang, section.most)]
    numeric, widths = cells.are_numbers(section.table), _widths([header, *rows])
    if BOTTOM - frame.below < _LEAST:
        frame = frame.continued(section.title)
    taken, slides = 0, 1
    while True:
        following = taken + _fitting(header, rows[taken:], widths, frame.below)
        _draw(frame, [header, *rows[taken:following]], widths, numeric)
        taken = following
        if taken == len(rows) or (section.most is not None and slides == _SLIDES):
            break
        frame, slides = frame.continued(section.title), slides + 1
    if more := len(section.table) - taken:
        frame.words([t("reports.more", lang, n=more)], size=_SIZE)


def _cut(text: str) -> str:
    """Return a text that a row of a slide can hold; the workbook has the whole of it."""
    return text if len(text) <= _MOST else f"{text[: _MOST - 1].rstrip()}…"


def _widths(rows: list[_Row]) -> list[int]:
    """Share the width of the slide out among the columns."""
    asked = cells.shares(rows, INSIDE // _LETTER)
    return [int(INSIDE * letters / sum(asked)) for letters in asked]


def _height(row: _Row, widths: list[int]) -> int:
    lines = (
        math.ceil(max(len(cell), 1) * _LETTER / (width - 3 * _MARGIN))
        for cell, width in zip(row, widths, strict=True)
    )
    return max(lines) * _LINE + 2 * _MARGIN


def _fitting(header: _Row, rows: list[_Row], widths: list[int], top: int) -> int:
    """Return how many rows fit below `top`: at least one, for a row is never parted."""
    left = BOTTOM - top - _MORE - _height(header, widths)
    for place, row in enumerate(rows):
        left -= _height(row, widths)
        if left < 0:
            return max(place, 1)
    return len(rows)


def _draw(frame: Frame, rows: list[_Row], widths: list[int], numeric: list[bool]) -> None:
    heights = [_height(row, widths) for row in rows]
    shape = frame.slide.shapes.add_table(
        len(rows), len(widths), SIDE, Emu(frame.below), Emu(sum(widths)), Emu(sum(heights))
    )
    table, lang = shape.table, frame.document.lang
    if direction(lang) == "rtl":
        table._tbl.tblPr.set("rtl", "1")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for line, row, height in zip(table.rows, rows, heights, strict=True):
        line.height = Emu(height)
        for cell, words, is_number in zip(line.cells, row, numeric, strict=True):
            _cell(cell, words, lang, is_head=row is rows[0], is_number=is_number)
    frame.below = Emu(frame.below + sum(heights) + _MARGIN)


def _cell(cell: Any, words: str, lang: str, *, is_head: bool, is_number: bool) -> None:
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = _MARGIN
    cell.fill.solid()
    cell.fill.fore_color.rgb = _HEAD if is_head else _WHITE
    paragraph = cell.text_frame.paragraphs[0]
    write(paragraph, words, lang, size=_SIZE, ink=INK, bold=is_head, number=is_number)
