"""The problems of files as a workbook: the list, and each row in question with the cell marked.

Texts of the file are written as texts, so that nothing in them runs as a formula or a link.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from csomap.i18n import direction, t
from csomap.importers.source_rows import SourceRows, source_rows
from csomap.tables.problems import told

LISTED = 50_000  # lines of the list
SHOWN = 5_000  # rows of a file that are repeated
_COLUMNS = ("source_row", "column", "value", "effect", "reason", "suggestion")
_WIDTHS = (8, 22, 28, 16, 46, 60)
_COLOURS = {"rejected": "#F4B183", "review": "#FFE699", "note": "#DDEBF7"}  # the worst first
_ELSEWHERE = ("sheet_alike", "sheet_ignored")  # their row is one of another sheet
_LONGEST_SHEET = 31
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Part:
    """One file with its problems (PROBLEMS); `sheet` and `headers` are those that were read."""

    path: Path
    problems: pd.DataFrame
    sheet: str
    headers: Sequence[str]


def problem_book(parts: Sequence[Part], lang: str, limits: Mapping[str, int] | None = None) -> bytes:
    """Return the workbook (.xlsx): a list of every problem, then for each file its rows that have one.

    At most LISTED lines and SHOWN rows of a file are written; the workbook says so where it cuts.
    Raises BadFile if a file cannot be read any more.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        _list(book, parts, lang)
        for number, part in enumerate(parts, start=1):
            name = t("book.rows", lang) if len(parts) == 1 else t("book.rows_of", lang, number=number)
            _repeat(book, _sheet(book, name, lang), part, lang, limits)
    return buffer.getvalue()


def _sheet(book: Workbook, name: str, lang: str) -> Worksheet:
    sheet = book.add_worksheet(name[:_LONGEST_SHEET])
    if direction(lang) == "rtl":
        sheet.right_to_left()
    return sheet


def _list(book: Workbook, parts: Sequence[Part], lang: str) -> None:
    sheet = _sheet(book, t("book.list", lang), lang)
    several = len(parts) > 1
    every = pd.concat([part.problems.assign(file=part.path.name) for part in parts], ignore_index=True)
    kept = every.head(LISTED)
    lines = told(kept, lang).assign(
        effect=[t(f"import.effect.{effect}", lang) for effect in kept["effect"]], file=kept["file"]
    )
    columns = [*(["file"] if several else []), *_COLUMNS]
    head = book.add_format({"bold": True, "bg_color": "#E3F0EF"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    top = _note(sheet, [t("book.cut_list", lang, n=LISTED, all=len(every))] if len(every) > LISTED else [])
    _line(sheet, top, [t(f"table.{name}", lang) for name in columns], head)
    for number, cells in enumerate(lines[columns].itertuples(index=False, name=None), start=top + 1):
        _line(sheet, number, cells, wrapped)
    for index, width in enumerate(([24] if several else []) + list(_WIDTHS)):
        sheet.set_column(index, index, width)
    sheet.freeze_panes(top + 1, 0)
    if len(lines):
        sheet.autofilter(top, 0, top + len(lines), len(columns) - 1)


def _note(sheet: Worksheet, notes: Sequence[str]) -> int:
    """Write notes above a table; return the line where the table begins."""
    for line, note in enumerate(notes):
        sheet.write_string(line, 0, note)
    return len(notes) + 1 if notes else 0


def _line(sheet: Worksheet, number: int, cells: Iterable[object], looks: Format | None = None) -> None:
    for index, cell in enumerate(cells):
        _cell(sheet, number, index, cell, looks)


def _cell(sheet: Worksheet, number: int, index: int, cell: object, looks: Format | None) -> None:
    if isinstance(cell, str):
        sheet.write_string(number, index, cell, looks)
    else:
        sheet.write_number(number, index, cell, looks)


def _repeat(
    book: Workbook, sheet: Worksheet, part: Part, lang: str, limits: Mapping[str, int] | None
) -> None:
    here = part.problems[~part.problems["code"].isin(_ELSEWHERE)]
    numbers = sorted(set(here["source_row"]))
    wanted = set(numbers[:SHOWN])
    found = source_rows(part.path, part.sheet, part.headers, wanted, limits)
    notes = [t("book.how", lang)]
    if len(numbers) > SHOWN:
        notes.append(t("book.cut_rows", lang, n=SHOWN, all=len(numbers)))
    top = _note(sheet, notes)
    head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "text_wrap": True, "valign": "top"})
    lines = {found.header_row: top}
    _line(sheet, top, [t("table.source_row", lang), *found.headers], head)
    for line, (number, cells) in enumerate(found.rows, start=top + 1):
        lines[number] = line
        _line(sheet, line, [number, *cells])
    _mark(book, sheet, here[here["source_row"].isin(lines)], found, lines, lang)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, max(len(found.headers), 1), 20)
    sheet.freeze_panes(top + 1, 1)


def _mark(
    book: Workbook,
    sheet: Worksheet,
    problems: pd.DataFrame,
    found: SourceRows,
    lines: Mapping[int, int],
    lang: str,
) -> None:
    """Colour each cell that has a problem and say in a comment what is wrong with it.

    A problem of no cell, such as a field for which the file has no column, marks the number of its row.
    """
    looks = {name: book.add_format({"bg_color": colour}) for name, colour in _COLOURS.items()}
    texts = dict([*found.rows, (found.header_row, found.headers)])
    words = told(problems, lang).assign(effect=problems["effect"].to_numpy())
    for group in (group for _, group in words.groupby(["source_row", "column"], sort=False)):
        row, place = int(group["source_row"].iloc[0]), found.place(str(group["column"].iloc[0]))
        cells: list[object] = [row, *texts[row]]
        index = 0 if place is None else place + 1
        worst = min(group["effect"], key=list(_COLOURS).index)
        _cell(sheet, lines[row], index, cells[index] if index < len(cells) else "", looks[worst])
        sheet.write_comment(lines[row], index, _comment(group, lang), {"x_scale": 2.5, "y_scale": 1.6})


def _comment(group: pd.DataFrame, lang: str) -> str:
    said = zip(group["effect"], group["reason"], group["suggestion"], strict=True)
    return "\n\n".join(
        t("book.comment", lang, effect=t(f"import.effect.{effect}", lang), reason=why, suggestion=mend)
        for effect, why, mend in said
    )
