"""The form in three languages comes back in without mapping, filled in from its own drop-downs."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.importers.template import template
from csomap.settings import Settings
from csomap.tables import taxonomy
from csomap.tables.places import area_name, places
from tests.flow.forms import COLUMNS

TERMS = {
    "organisation_type": "organisation_types",
    "service": "services",
    "function": "functions",
    "population_group": "population_groups",
    "characteristic": "characteristics",
    "status": "statuses",
}
NAMES = {"en": "Palm Grove Society", "ar": "جمعية بستان النخيل", "ckb": "ڕێکخراوی باخی هەنار"}
CODES = {
    "service": "immunisation_routine",
    "function": "direct_basic_services",
    "population_group": "idp_camp",
    "characteristic": "children_under_5",
    "organisation_type": "cso",
    "status": "ongoing",
}


def label(field: str, code: str, lang: str) -> str:
    return taxonomy.load(TERMS[field]).label(code, lang)


def fill(path: Path, lang: str, *rows: dict[str, object]) -> Path:
    path.write_bytes(template(lang))
    book = openpyxl.load_workbook(path)
    form = book.worksheets[0]
    for number, cells in enumerate(rows, start=2):
        for name, value in cells.items():
            form.cell(number, COLUMNS.index(name) + 1, value)
    book.save(path)
    return path


def choices(form: Worksheet, lists: Worksheet) -> dict[str, list[str]]:
    """Return the words of each drop-down, as the form refers to them."""
    found = {}
    for validation in form.data_validations.dataValidation:
        first = next(iter(validation.sqref.ranges))
        letter = str(validation.formula1).split("$")[1]
        last = int(str(validation.formula1).rsplit("$", 1)[1])
        found[COLUMNS[first.min_col - 1]] = [cell.value for cell in lists[letter][1:last]]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_rows_filled_in_with_the_labels_of_a_language(lang: str, tmp_path: Path) -> None:
    words = {field: label(field, code, lang) for field, code in CODES.items()}
    first = words | {
        "organisation": NAMES[lang],
        "pcode": f"{area_name('IQG02', lang)} (IQG02)",
        "start": "2021-01",
        "end": "2021-03",
        "reached": 120,
    }
    groups = ";".join(label("population_group", code, lang) for code in ("returnee", "host"))
    second = first | {"pcode": f"{area_name('IQG15Q05', lang)} (IQG15Q05)", "population_group": groups}
    settings = Settings(tmp_path / "home")
    done = flow.ingest(fill(tmp_path / "form.xlsx", lang, first, second), settings)
    assert (done.entry.profile, done.entry.sheet) == ("5w_plain", t("template.form", lang))
    assert (done.entry.rows_read, done.entry.accepted) == (2, 2)
    one, two = flow.load(settings).reports.sort_values("source_row").to_dict("records")
    assert {field: one[field] for field in CODES} == CODES
    assert [one["pcode"], two["pcode"]] == ["IQG02", "IQG15Q05"]
    assert two["population_group"] == "host;returnee"
    assert [str(one["start"].date()), str(one["end"].date()), one["reached"]] == [
        "2021-01-01",
        "2021-03-31",
        120,
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_of_every_list_is_understood(lang: str, tmp_path: Path) -> None:
    path = fill(tmp_path / "form.xlsx", lang)
    book = openpyxl.load_workbook(path)
    lists = choices(*book.worksheets)
    assert set(lists) == {*TERMS, "pcode"}
    plain = {"organisation": NAMES[lang], "start": "2021-01", "service": label("service", "health", lang)}
    longest = max(map(len, lists.values()))
    rows = [plain | {field: words[n % len(words)] for field, words in lists.items()} for n in range(longest)]
    settings = Settings(tmp_path / "home")
    done = flow.ingest(fill(path, lang, *rows), settings)
    assert set(done.problems["code"]) <= {"organisation_unknown"}
    reports = flow.load(settings).reports.sort_values("source_row").to_dict("records")
    for asked, read in zip(rows, reports, strict=True):
        assert read["pcode"] == asked["pcode"].rsplit("(", 1)[1].rstrip(")")
        for field in set(TERMS) - {"organisation_type"}:
            assert label(field, read[field], lang) == asked[field]


def test_the_lists_hold_every_place_and_every_service(tmp_path: Path) -> None:
    lists = choices(*openpyxl.load_workbook(fill(tmp_path / "form.xlsx", "en")).worksheets)
    assert len(lists["pcode"]) == len(places()) == len(set(lists["pcode"]))
    assert len(lists["service"]) >= 0.95 * len(taxonomy.load("services").codes)


@pytest.mark.parametrize(("lang", "reads_left"), [("en", False), ("ar", True), ("ckb", True)])
def test_the_form_is_read_in_the_direction_of_its_language(
    lang: str, reads_left: bool, tmp_path: Path
) -> None:
    form = openpyxl.load_workbook(fill(tmp_path / "form.xlsx", lang)).worksheets[0]
    assert bool(form.sheet_view.rightToLeft) is reads_left
    assert [cell.value for cell in form[1]] == [t(f"field.{name}", lang) for name in COLUMNS]
