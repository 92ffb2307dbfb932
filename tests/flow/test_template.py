"""The form in three languages comes back in without mapping, filled in from its own drop-downs."""

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from csomap import flow, importers
from csomap.errors import BadFile
from csomap.i18n import LANGUAGES, t
from csomap.importers.template import columns, template
from csomap.importers.template_guide import REQUIRED, example
from csomap.settings import Settings
from csomap.tables import taxonomy
from csomap.tables.places import area_name, places

COLUMNS = columns()
AREAS = ("adm1_name", "adm2_name", "adm3_name")
TERMS = taxonomy.OF_FIELD
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


def sources(form: Worksheet) -> dict[str, str]:
    """Return what the drop-down of each column refers to."""
    return {
        COLUMNS[next(iter(validation.sqref.ranges)).min_col - 1]: str(validation.formula1)
        for validation in form.data_validations.dataValidation
    }


def choices(form: Worksheet, lists: Worksheet) -> dict[str, list[str]]:
    """Return the words of each drop-down that offers the same in every line."""
    found = {}
    for field, source in sources(form).items():
        if not source.startswith("OFFSET"):
            letter, last = source.split("$")[1], int(source.rsplit("$", 1)[1])
            found[field] = [cell.value for cell in lists[letter][1:last]]
    return found


_FOLLOWS = re.compile(
    r"OFFSET\((?P<sheet>'[^']+')!\$(?P<keys>[A-Z]+)\$1,"
    r"MATCH\((?P<asked>[^,]+),(?P<range>[^,]+),0\),1,COUNTIF\((?P=range),(?P=asked)\),1\)"
)


def offered(source: str, form: Worksheet, lists: Worksheet, chosen: dict[str, str]) -> list[str]:
    """Return what a drop-down that follows others offers in line 2, worked out as a spreadsheet does."""
    told = _FOLLOWS.fullmatch(source)
    assert told and told["sheet"] == f"'{lists.title}'"
    cells = [part for part in told["asked"].split("&") if part.startswith("$")]
    fields = [COLUMNS[column_index_from_string(cell[1:-1]) - 1] for cell in cells]
    assert all(cell.endswith("2") for cell in cells)
    asked = "|".join(chosen[field] for field in fields)
    assert told["asked"] == '&"|"&'.join(cells)
    keys = [cell.value for cell in lists[told["keys"]]]
    names = [row[column_index_from_string(told["keys"])].value for row in lists.iter_rows()]
    last = int(told["range"].rsplit("$", 1)[1])
    first = keys.index(asked, 1)
    count = keys[1:last].count(asked)
    return names[first : first + count]


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
    form, _, words_of = book.worksheets
    lists = choices(form, words_of)
    assert set(lists) == {*TERMS, "pcode", "adm1_name"}
    del lists["adm1_name"]  # it goes with the districts, below
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
    form, _, words_of = openpyxl.load_workbook(fill(tmp_path / "form.xlsx", "en")).worksheets
    lists = choices(form, words_of)
    assert len(lists["pcode"]) == len(places()) == len(set(lists["pcode"]))
    assert len(lists["service"]) >= 0.95 * len(taxonomy.load("services").codes)


@pytest.mark.parametrize(("lang", "reads_left"), [("en", False), ("ar", True), ("ckb", True)])
def test_the_form_is_read_in_the_direction_of_its_language(
    lang: str, reads_left: bool, tmp_path: Path
) -> None:
    form = openpyxl.load_workbook(fill(tmp_path / "form.xlsx", lang)).worksheets[0]
    assert bool(form.sheet_view.rightToLeft) is reads_left
    assert [cell.value for cell in form[1]] == [t(f"field.{name}", lang) for name in COLUMNS]


def _chain(pcode: str, lang: str) -> dict[str, str]:
    codes = [pcode[:length] for length in (5, 8, 11) if length <= len(pcode)]
    return {field: area_name(code, lang) for field, code in zip(AREAS, codes, strict=False)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lists_of_places_follow_what_was_chosen_above(lang: str, tmp_path: Path) -> None:
    form, _, lists = openpyxl.load_workbook(fill(tmp_path / "form.xlsx", lang)).worksheets
    told, every = sources(form), set(places()["pcode"])
    assert set(choices(form, lists)["adm1_name"]) == {area_name(one, lang) for one in every if len(one) == 5}
    for field, length, above in (("adm2_name", 8, 5), ("adm3_name", 11, 8)):
        for area in sorted(one for one in every if len(one) == above):
            inside = {area_name(one, lang) for one in every if len(one) == length and one.startswith(area)}
            if inside:
                found = offered(told[field], form, lists, _chain(area, lang))
                assert set(found) == inside and len(found) == len(inside)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_chosen_by_three_lists_is_that_place(lang: str, tmp_path: Path) -> None:
    plain = {"organisation": NAMES[lang], "start": "2021-01", "service": label("service", "health", lang)}
    codes = sorted(places()["pcode"])
    rows = [plain | _chain(pcode, lang) for pcode in codes]
    settings = Settings(tmp_path / "home")
    done = flow.ingest(fill(tmp_path / "form.xlsx", lang, *rows), settings)
    assert set(done.problems["code"]) <= {"organisation_unknown"}
    found = flow.load(settings).reports.sort_values("source_row")["pcode"]
    assert list(found) == codes


def test_a_formula_of_a_drop_down_is_short_enough_for_excel(tmp_path: Path) -> None:
    for lang in LANGUAGES:
        form = openpyxl.load_workbook(fill(tmp_path / "form.xlsx", lang)).worksheets[0]
        assert max(map(len, sources(form).values())) <= 255


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_explains_every_column_and_is_not_taken_for_a_table(lang: str, tmp_path: Path) -> None:
    row = {
        "organisation": NAMES[lang],
        "service": label("service", "health", lang),
        "start": "2021-01",
        **_chain("IQG15Q05", lang),
    }
    path = fill(tmp_path / "form.xlsx", lang, row)
    _, guide, lists = openpyxl.load_workbook(path).worksheets
    assert (guide.title, lists.title) == (t("template.guide", lang), t("template.lists", lang))
    told = {line[0]: line[1:] for line in guide.iter_rows(values_only=True) if line[1]}
    for name in COLUMNS:
        needed, what, example, several = told[t(f"field.{name}", lang)]
        assert needed == t("template.yes" if name in REQUIRED else "template.no", lang)
        assert what and example and several
    assert "sheet_ignored" not in set(flow.check(path).problems["code"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_of_the_explanation_are_understood(lang: str, tmp_path: Path) -> None:
    row: dict[str, object] = {name: example(name, lang) for name in COLUMNS}
    path = fill(tmp_path / "form.xlsx", lang, row)
    done, read = flow.check(path), importers.read(path).rows
    assert (done.entry.accepted, done.entry.review, done.entry.rejected) == (1, 0, 0)
    assert set(done.problems["code"]) <= {"organisation_unknown"}
    for name in COLUMNS:
        assert str(read[name].iloc[0]).startswith(str(row[name])) or name in _NUMBERS


_NUMBERS = {"targeted", "reached", "value_usd", "latitude", "longitude"}


def test_an_empty_form_is_not_taken_for_its_explanation(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        flow.ingest(fill(tmp_path / "form.xlsx", "ar"), Settings(tmp_path / "home"))
    assert refused.value.key == "nothing_usable"
