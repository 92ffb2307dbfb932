"""The canonical form as a workbook, with drop-downs in one language; it comes back in without mapping."""

import io
from collections.abc import Mapping

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from csomap.i18n import direction, keys, t
from csomap.importers import profile
from csomap.tables import taxonomy
from csomap.tables.places import area_name, places

_ROWS = 1000


def template(lang: str) -> bytes:
    """Return the form (.xlsx) with the canonical columns, labels and drop-downs in `lang`.

    The first sheet is to be filled in; the second holds the lists behind the drop-downs. Cells
    take other text too, since several groups may stand in one cell, joined by ;.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        form, lists = (
            book.add_worksheet(t("template.form", lang)),
            book.add_worksheet(t("template.lists", lang)),
        )
        if direction(lang) == "rtl":
            form.right_to_left()
            lists.right_to_left()
        columns = [name for name in profile.load("5w_plain").columns if f"field.{name}" in keys("en")]
        _heads(book, form, columns, lang)
        for place, (field, choices) in enumerate(_choices(lang).items()):
            _list(form, lists, columns.index(field), place, [t(f"field.{field}", lang), *choices])
    return buffer.getvalue()


def _heads(book: Workbook, form: Worksheet, columns: list[str], lang: str) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#E3F0EF", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    form.write_row(0, 0, [t(f"field.{name}", lang) for name in columns], bold)
    form.set_column(0, len(columns) - 1, 20)
    for name in ("start", "end"):
        form.set_column(columns.index(name), columns.index(name), 14, day)
    form.freeze_panes(1, 0)


def _choices(lang: str) -> Mapping[str, list[str]]:
    terms = {field: _labels(taxonomy.load(name), lang) for field, name in taxonomy.OF_FIELD.items()}
    named = [f"{area_name(pcode, lang)} ({pcode})" for pcode in places()["pcode"]]
    return {**terms, "pcode": named}


def _labels(tree: taxonomy.Taxonomy, lang: str) -> list[str]:
    return list(dict.fromkeys(tree.label(code, lang) for code in tree.codes))


def _list(form: Worksheet, lists: Worksheet, column: int, place: int, words: list[str]) -> None:
    lists.write_column(0, place, words)
    lists.set_column(place, place, 32)
    letter = xlsxwriter.utility.xl_col_to_name(place)
    name = lists.get_name().replace("'", "''")
    source = f"='{name}'!${letter}$2:${letter}${len(words)}"
    choice = {"validate": "list", "source": source, "error_type": "information"}
    form.data_validation(1, column, _ROWS, column, choice)
