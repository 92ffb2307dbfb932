"""The verdicts as a workbook: a working group decides in it without the tool, and brings it back.

Texts are written as texts, so that nothing in them runs as a formula or a link.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from csomap.errors import BadInput
from csomap.flow.evidence import Evidence
from csomap.flow.live import Data
from csomap.flow.verdict_lines import HIDDEN, KEYS, SHOWN, check, lines, names, shown
from csomap.i18n import LANGUAGES, date, direction, t
from csomap.importers.template import listed
from csomap.matching.standing import VERDICTS
from csomap.tables.query import Query

MOST = 50_000  # lines; nobody decides on more at once
COLUMNS = (*SHOWN, "start", "end", "days", "strength", "cause", "state", "verdict", "note", "who", "at")
_WIDTHS = (26, 22, 22, 28, 34, 34, 16, 16, 8, 8, 20, 26, 26, 50, 18, 16)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEAD = {"bold": True, "bg_color": "#E3F0EF", "text_wrap": True, "valign": "top"}
_TO_FILL = {**_HEAD, "bg_color": "#9CCFCB"}
_HOW = ("what", "choose", "note", "inherited", "rows", "back")


def verdict_book(data: Data, query: Query, lang: str, evidence: Evidence | None = None) -> bytes:
    """Return the workbook (.xlsx) of every two organisations of the query that ask for a verdict, in `lang`.

    The first sheet has a line for each two in each cell, the strongest first, with a drop-down of verdicts
    and a column for notes; its last columns are hidden and say what each line is about. `evidence` is that of
    the query's overlaps; without it, it is found. Raises BadInput for a language that does not exist, and
    for more lines than MOST.
    """
    if lang not in LANGUAGES:
        raise BadInput("language_unknown", value=lang, known=", ".join(LANGUAGES))
    told = lines(data, query, evidence)
    if len(told) > MOST:
        raise BadInput("verdict_book_large", n=len(told), most=MOST)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        form, how, choices = (_sheet(book, name, lang) for name in ("form", "how", "lists"))
        _heads(book, form, lang, len(told))
        _fill(book, form, told, names(data, lang), lang)
        _choose(form, choices, len(told), lang)
        _explain(book, how, lang)
    return buffer.getvalue()


def _sheet(book: Workbook, name: str, lang: str) -> Worksheet:
    sheet = book.add_worksheet(t(f"verdicts.{name}", lang))
    if direction(lang) == "rtl":
        sheet.right_to_left()
    return sheet


def label(column: str, lang: str) -> str:
    """Return the header of a column that people see."""
    return t(f"verdicts.column.{column}", lang)


def _heads(book: Workbook, form: Worksheet, lang: str, height: int) -> None:
    plain, filled = book.add_format(_HEAD), book.add_format(_TO_FILL)
    for place, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        form.write_string(0, place, label(name, lang), filled if name in ("verdict", "note") else plain)
        form.set_column(place, place, width)
    for place, name in enumerate(HIDDEN, start=len(COLUMNS)):
        form.write_string(0, place, name)
    last = len(COLUMNS) + len(HIDDEN) - 1
    form.set_column(len(COLUMNS), last, None, None, {"hidden": True})
    form.freeze_panes(1, 0)
    form.autofilter(0, 0, max(height, 1), last)


def _fill(book: Workbook, form: Worksheet, told: pd.DataFrame, named: dict[str, str], lang: str) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, line in enumerate(told.to_dict("records"), start=1):
        words = shown(line, named, lang)
        cells = [*words, *_dated(line, lang), *_judged(line, lang)]
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                form.write_string(number, place, cell, wrapped)
            else:
                form.write_number(number, place, cell, wrapped)
        for place, text in enumerate(_hidden(line, words), start=len(COLUMNS)):
            form.write_string(number, place, text)


def _dated(line: Mapping[Any, Any], lang: str) -> list[str | int]:
    strength, cause = line["strength"], line["cause"]
    return [
        date(line["start"], lang),
        date(line["end"], lang),
        int(line["days"]),
        "" if pd.isna(strength) else int(strength),
        t(f"overlap.cause.{cause}", lang) if cause else "",
    ]


def _judged(line: Mapping[Any, Any], lang: str) -> list[str]:
    marks = [name for name in ("is_new", "inherited") if line[name]]
    return [
        " ".join(t(f"verdicts.state.{name}", lang) for name in marks),
        t(f"overlap.verdict.{line['verdict']}", lang),
        str(line["note"]),
        str(line["who"]),
        "" if pd.isna(line["at"]) else date(line["at"], lang),
    ]


def _hidden(line: Mapping[Any, Any], words: Sequence[str]) -> list[str]:
    kept = {**line, "was": line["verdict"], "was_note": line["note"]}
    keys = [str(kept[name]) for name in KEYS]
    return [*keys, check([*keys, *words])]


def _choose(form: Worksheet, choices: Worksheet, height: int, lang: str) -> None:
    """Let the verdict of every line be chosen; other words are kept from being typed by mistake."""
    words = [t(f"overlap.verdict.{code}", lang) for code in VERDICTS]
    source = listed(choices, 0, [label("verdict", lang), *words])
    place = COLUMNS.index("verdict")
    if height:
        form.data_validation(1, place, height, place, {"validate": "list", "source": source})
    choices.hide()


def _explain(book: Workbook, how: Worksheet, lang: str) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    how.set_column(0, 0, 26)
    how.set_column(1, 1, 90)
    for number, name in enumerate(_HOW):
        how.merge_range(number, 0, number, 1, t(f"verdicts.explained.{name}", lang), wrapped)
        how.set_row(number, 32)
    for number, code in enumerate(VERDICTS, start=len(_HOW) + 1):
        how.write_string(number, 0, t(f"overlap.verdict.{code}", lang), bold)
        how.write_string(number, 1, t(f"verdicts.means.{code}", lang), wrapped)
