"""A report as PDF, set by typst; every word goes in as data, so nothing in it is read as markup."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from csomap.i18n import direction, t
from csomap.reports import cells, fonts
from csomap.reports.document import Document, Section

_WIDE = 150  # letters of a row; narrower tables are as wide as their words
_TALL = 1500  # letters of a cell that may be parted by the end of a page; others are kept together


def written(document: Document) -> bytes:
    """Return the report as PDF, A4 lying, tagged for screen readers."""
    return _compiled(document, "pdf")[0]


def pictures(document: Document, ppi: float = 60.0) -> list[bytes]:
    """Return the pages of the PDF as PNG, to look at them."""
    return _compiled(document, "png", ppi)


def _compiled(document: Document, form: Any, ppi: float | None = None) -> list[bytes]:
    template = files("csomap.reports").joinpath("page.typ").read_bytes()
    inputs = {"document": json.dumps(_data(document))}
    compiler = typst.Compiler(template, font_paths=_fonts(), sys_inputs=inputs)
    made = compiler.compile(format=form, ppi=ppi)
    return made if isinstance(made, list) else [made or b""]


@cache
def _fonts() -> typst.Fonts:
    folders = [str(path) for path in dict.fromkeys(path.parent for path in fonts.paths())]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "lang": document.lang,
        "dir": direction(document.lang),
        "banner": document.banner,
        "fonts": fonts.families(),
        "sections": [_section(section, document.lang) for section in document.sections],
        "notes_title": t("reports.notes", document.lang),
        "notes": list(document.notes),
    }


def _section(section: Section, lang: str) -> dict[str, Any]:
    return {
        "title": section.title,
        "text": list(section.text),
        "picture": list(section.picture) if section.picture else None,
        "alt": section.alt,
        **_table(section, lang),
    }


def _table(section: Section, lang: str) -> dict[str, Any]:
    if section.table is None or not section.has_rows:
        return {"header": None}
    header = [str(name) for name in section.table.columns]
    rows = cells.rows(section.table, lang, section.most)
    more, asked = len(section.table) - len(rows), cells.shares([header, *rows], _WIDE)
    return {
        "header": header,
        "numeric": cells.are_numbers(section.table),
        "shares": asked if sum(asked) >= _WIDE - 1 else [0] * len(asked),
        "whole": max(len(cell) for row in rows for cell in row) < _TALL,
        "rows": rows,
        "more": t("reports.more", lang, n=more) if more else "",
    }
