"""The canonical form as a workbook, with drop-downs in one language; it comes back in without mapping."""

import io
from collections.abc import Mapping

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from csomap.i18n import direction, keys, t
from csomap.importers import profile, template_guide
from csomap.importers.template_places import AREAS, dependent
from csomap.tables import taxonomy
from csomap.tables.places import area_name, places

ROWS = 2000  # so many lines have drop-downs
_HEAD = {"bold": True, "bg_color": "#E3F0EF", "text_wrap": True, "valign": "top"}
_NEEDED = {**_HEAD, "bg_color": "#9CCFCB"}


def template(lang: str) -> bytes:
    """Return the form (.xlsx) with the canonical columns, labels and drop-downs in `lang`.

    The first sheet is to be filled in, the second explains every column, the third holds the lists
    behind the drop-downs. Cells take other text too, since several groups may stand in one cell,
    joined by ;.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        form, guide, lists = (
            book.add_worksheet(t(f"template.{sheet}", lang)) for sheet in ("form", "guide", "lists")
        )
        for sheet in (form, guide, lists):
            if direction(lang) == "rtl":
                sheet.right_to_left()
        _heads(book, form, columns(), lang)
        template_guide.write(book, guide, columns(), lang)
        _drop_downs(form, lists, lang)
    return buffer.getvalue()


def columns() -> list[str]:
    """Return the fields of the form in its order: the areas stand before the place that may name any."""
    told = [name for name in profile.load("5w_plain").columns if f"field.{name}" in keys("en")]
    rest = [name for name in told if name not in AREAS]
    place = rest.index("pcode")
    return [*rest[:place], *AREAS, *rest[place:]]


def _heads(book: Workbook, form: Worksheet, fields: list[str], lang: str) -> None:
    plain, needed = book.add_format(_HEAD), book.add_format(_NEEDED)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for index, name in enumerate(fields):
        required = name in template_guide.REQUIRED
        form.write_string(0, index, t(f"field.{name}", lang), needed if required else plain)
        form.write_comment(0, index, t(f"template.what.{name}", lang), {"x_scale": 2.2, "y_scale": 1.2})
    form.set_column(0, len(fields) - 1, 20)
    for name in ("start", "end"):
        form.set_column(fields.index(name), fields.index(name), 14, day)
    form.freeze_panes(1, 0)


def _drop_downs(form: Worksheet, lists: Worksheet, lang: str) -> None:
    fields = columns()
    for place, (field, choices) in enumerate(_choices(lang).items()):
        source = listed(lists, place, [t(f"field.{field}", lang), *choices])
        choose(form, fields.index(field), source)
    first = len(_choices(lang)) + 1
    for field, source in dependent(lists, first, fields.index(AREAS[0]), lang).items():
        choose(form, fields.index(field), source)


def _choices(lang: str) -> Mapping[str, list[str]]:
    terms = {field: _labels(taxonomy.load(name), lang) for field, name in taxonomy.OF_FIELD.items()}
    named = [f"{area_name(pcode, lang)} ({pcode})" for pcode in places()["pcode"]]
    return {**terms, "pcode": named}


def _labels(tree: taxonomy.Taxonomy, lang: str) -> list[str]:
    return list(dict.fromkeys(tree.label(code, lang) for code in tree.codes))


def listed(lists: Worksheet, place: int, words: list[str]) -> str:
    """Write a list with its header into a column of the sheet of lists; return where its choices stand."""
    lists.write_column(0, place, words)
    lists.set_column(place, place, 32)
    letter = xlsxwriter.utility.xl_col_to_name(place)
    name = lists.get_name().replace("'", "''")
    return f"='{name}'!${letter}$2:${letter}${len(words)}"


def choose(form: Worksheet, column: int, source: str) -> None:
    """Let every line of a column choose from `source`; other words only raise a hint."""
    choice = {"validate": "list", "source": source, "error_type": "information"}
    form.data_validation(1, column, ROWS, column, choice)
