"""The sheet of the form that explains every column, in the words of a language."""

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from csomap.i18n import t
from csomap.tables import taxonomy
from csomap.tables.places import area_name

REQUIRED = ("organisation", "service", "adm1_name", "start")
LISTS = ("programme_organisation", "funder", "population_group", "characteristic")
_HEADS = ("column", "needed", "what", "example", "several")
_NOTES = ("rows", "choose", "other_words", "place", "headers", "back")
_TERMS = {
    "organisation_type": "cso",
    "service": "immunisation_routine",
    "function": "direct_education",
    "population_group": "idp_camp",
    "characteristic": "children_under_5",
    "status": "ongoing",
}
_PLACES = {"adm1_name": "IQG15", "adm2_name": "IQG15Q05", "adm3_name": "IQG15Q05N01", "pcode": "IQG15Q05N01"}
_PLAIN = {
    "activity_id": "A-17",
    "project_id": "P-3",
    "latitude": "36.2712",
    "longitude": "43.3774",
    "start": "2026-01-01",
    "end": "2026-06-30",
    "targeted": "1200",
    "reached": "850",
    "value_usd": "45000",
}


def write(book: Workbook, guide: Worksheet, fields: list[str], lang: str) -> None:
    """Write one line for each column of the form, and above them how the form works."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "text_wrap": True, "valign": "top"})
    for line, note in enumerate(_NOTES):
        guide.merge_range(line, 0, line, len(_HEADS) - 1, t(f"template.note.{note}", lang), wrapped)
        guide.set_row(line, 32)
    top = len(_NOTES) + 1
    guide.write_row(top, 0, [t(f"template.head.{name}", lang) for name in _HEADS], head)
    for line, field in enumerate(fields, start=top + 1):
        guide.write_string(line, 0, t(f"field.{field}", lang), bold)
        guide.write_row(line, 1, _told(field, lang), wrapped)
    for index, width in enumerate((24, 14, 64, 34, 26)):
        guide.set_column(index, index, width)
    guide.freeze_panes(top + 1, 0)


def _told(field: str, lang: str) -> list[str]:
    """Return whether it is needed, what to write, an example, and how several are written."""
    several = example(field, lang) + "; …" if field in LISTS else ""
    return [
        t("template.yes" if field in REQUIRED else "template.no", lang),
        t(f"template.what.{field}", lang),
        example(field, lang),
        t("template.joined", lang, example=several) if several else t("template.one", lang),
    ]


def example(field: str, lang: str) -> str:
    """Return what a cell of a column may say, in `lang`."""
    if field in _TERMS:
        return taxonomy.load(taxonomy.OF_FIELD[field]).label(_TERMS[field], lang)
    if field in _PLACES:
        name = area_name(_PLACES[field], lang)
        return f"{name} ({_PLACES[field]})" if field == "pcode" else name
    return _PLAIN.get(field) or t(f"template.example.{field}", lang)
