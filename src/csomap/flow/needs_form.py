"""The form for newer figures of need: a workbook with drop-downs in one language."""

import io

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from csomap.analysis.needs import COLUMNS
from csomap.errors import BadInput
from csomap.flow.needs_cells import INDICATORS
from csomap.flow.needs_sheet import NEEDED, label
from csomap.i18n import LANGUAGES, direction, t
from csomap.importers.template import choose, listed
from csomap.tables import taxonomy
from csomap.tables.places import area_name, places

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEAD = {"bold": True, "bg_color": "#E3F0EF", "text_wrap": True, "valign": "top"}
_NEEDED = {**_HEAD, "bg_color": "#9CCFCB"}
_NOTES = ("indicator", "place", "newer", "all", "back")


def needs_template(lang: str) -> bytes:
    """Return the form (.xlsx): columns to fill in, what each takes, and the lists behind the drop-downs.

    It comes back in through `read_needs`. Raises BadInput for a language that does not exist.
    """
    if lang not in LANGUAGES:
        raise BadInput("language_unknown", value=lang, known=", ".join(LANGUAGES))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        form, guide, lists = (_sheet(book, name, lang) for name in ("form", "guide", "lists"))
        _heads(book, form, lang)
        _explain(book, guide, lang)
        for place, (name, words) in enumerate(_choices(lang).items()):
            choose(form, COLUMNS.index(name), listed(lists, place, [label(name, lang), *words]))
    return buffer.getvalue()


def _sheet(book: Workbook, name: str, lang: str) -> Worksheet:
    sheet = book.add_worksheet(t(f"needs.form.{name}", lang))
    if direction(lang) == "rtl":
        sheet.right_to_left()
    return sheet


def _heads(book: Workbook, form: Worksheet, lang: str) -> None:
    plain, needed = book.add_format(_HEAD), book.add_format(_NEEDED)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, name in enumerate(COLUMNS):
        form.write_string(0, place, label(name, lang), needed if name in NEEDED else plain)
        form.set_column(place, place, 24, day if name == "date" else None)
    form.freeze_panes(1, 0)


def _explain(book: Workbook, guide: Worksheet, lang: str) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for line, note in enumerate(_NOTES):
        guide.merge_range(line, 0, line, 1, t(f"needs.form.note.{note}", lang), wrapped)
        guide.set_row(line, 48)
    for line, name in enumerate(COLUMNS, start=len(_NOTES) + 1):
        guide.write_string(line, 0, label(name, lang), bold)
        guide.write_string(line, 1, t(f"needs.form.what.{name}", lang), wrapped)
    guide.set_column(0, 0, 28)
    guide.set_column(1, 1, 90)


def _choices(lang: str) -> dict[str, list[str]]:
    trees = {"population_group": "population_groups", "service": "services"}
    named = {field: taxonomy.load(name) for field, name in trees.items()}
    terms = {
        field: list(dict.fromkeys(tree.label(code, lang) for code in tree.codes))
        for field, tree in named.items()
    }
    spots = [f"{area_name(pcode, lang)} ({pcode})" for pcode in places()["pcode"]]
    return {"indicator": [t(f"needs.indicator.{code}", lang) for code in INDICATORS], "pcode": spots, **terms}
