"""Guessing columns: headers and values speak, the layouts of published files are the measure."""

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csomap import importers
from csomap.errors import BadFile
from csomap.importers import header_words
from csomap.importers.guess import FIELDS, Proposal, guess
from csomap.importers.guess_fit import Seen, assigned
from csomap.settings import DATA, ROOT, rules

from .conftest import xlsx_bytes

REAL = ROOT.parent / "shared" / "data" / "3w"
FILES = sorted(REAL.glob("*.*")) if REAL.is_dir() else []
SAMPLE = DATA / "sample" / "sample_5w.csv"
ACCEPT = rules()["guess"]["accept"]

# The fields of the sample as three partners head them who never saw our form.
HEADERS = {
    "ar": {
        "activity_id": "رقم النشاط",
        "project_id": "رمز المشروع",
        "organisation": "اسم الجهة المنفذة",
        "programme_organisation": "المنظمة القائدة",
        "funder": "الجهة المانحة",
        "organisation_type": "نوع المنظمة",
        "service": "الخدمة المقدمة",
        "function": "نوع الدعم",
        "population_group": "الفئة المستهدفة",
        "characteristic": "الفئة العمرية",
        "pcode": "رمز المكان",
        "site": "المركز الصحي",
        "latitude": "خط العرض",
        "longitude": "خط الطول",
        "start": "تاريخ البدء",
        "end": "تاريخ الانتهاء",
        "status": "حالة النشاط",
        "targeted": "عدد المستهدفين",
        "reached": "عدد المستفيدين",
        "value_usd": "الميزانية بالدولار",
    },
    "fr": {
        "activity_id": "N° activité",
        "project_id": "Code du projet",
        "organisation": "Partenaire de mise en œuvre",
        "programme_organisation": "Chef de file",
        "funder": "Bailleur de fonds",
        "organisation_type": "Type d'acteur",
        "service": "Type d'activité",
        "function": "Type d'appui",
        "population_group": "Groupe cible",
        "characteristic": "Tranche d'âge",
        "pcode": "Pcode",
        "site": "Structure sanitaire",
        "latitude": "Latitude",
        "longitude": "Longitude",
        "start": "Date de début",
        "end": "Date de fin",
        "status": "Statut",
        "targeted": "Personnes ciblées",
        "reached": "Personnes atteintes",
        "value_usd": "Budget (USD)",
    },
    "es": {
        "activity_id": "Código de actividad",
        "project_id": "Código del proyecto",
        "organisation": "Socio implementador",
        "programme_organisation": "Organización principal",
        "funder": "Donante",
        "organisation_type": "Tipo de socio",
        "service": "Servicio",
        "function": "Tipo de apoyo",
        "population_group": "Población meta",
        "characteristic": "Grupo etario",
        "pcode": "Código de lugar",
        "site": "Centro de salud",
        "latitude": "Latitud",
        "longitude": "Longitud",
        "start": "Fecha inicio",
        "end": "Fecha fin",
        "status": "Estatus de la actividad",
        "targeted": "Personas planificadas",
        "reached": "Personas alcanzadas",
        "value_usd": "Monto USD",
    },
    "ckb": {
        "activity_id": "کۆدی چالاکی",
        "project_id": "ناوی پڕۆژە",
        "organisation": "ناوی ڕێکخراو",
        "funder": "لایەنی بەخشەر",
        "organisation_type": "جۆری ڕێکخراو",
        "service": "خزمەتگوزاری",
        "population_group": "گرووپی ئامانج",
        "pcode": "کۆدی شوێن",
        "site": "بنکەی تەندروستی",
        "latitude": "هێڵی پانی",
        "longitude": "هێڵی درێژی",
        "start": "بەرواری دەستپێک",
        "end": "بەرواری کۆتایی",
        "status": "دۆخی پڕۆژە",
        "reached": "ژمارەی سوودمەندان",
    },
}


def _found(proposal: Proposal) -> dict[str, str]:
    return {column.header: column.field for column in proposal.columns if column.field}


def _right(path: Path) -> tuple[int, int, int]:
    """Return how many columns were guessed right, guessed, and to be found in a published file.

    The measure is the layout of data/profiles/; columns that are empty in the file are left out, and the
    column that stands in where another is empty counts as well.
    """
    layout = importers.opened(path).layout
    proposal = guess(path)
    filled = {index for index, values in enumerate(proposal.samples) if values}
    truth = {field: {index} & filled for field, index in layout.columns.items()}
    for field, index in layout.otherwise.items():
        truth[field].add(index)
    guessed = {column.field: column.index for column in proposal.columns if column.field}
    right = sum(index in truth.get(field, ()) for field, index in guessed.items())
    return right, len(guessed), sum(bool(places) for places in truth.values())


@pytest.fixture(scope="module")
def measured() -> dict[str, tuple[int, int, int]]:
    return {path.name: _right(path) for path in FILES}


@pytest.mark.skipif(not FILES, reason="the published files are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_columns_of_a_published_file_are_found_without_its_profile(
    path: Path, measured: dict[str, tuple[int, int, int]]
) -> None:
    right, guessed, there = measured[path.name]
    assert right / there >= 0.8
    assert right / guessed >= 0.85


@pytest.mark.skipif(not FILES, reason="the published files are not here")
def test_over_all_published_files_nine_of_ten_columns_are_found_and_right(
    measured: dict[str, tuple[int, int, int]],
) -> None:
    right, guessed, there = map(sum, zip(*measured.values(), strict=True))
    assert right / there >= 0.9
    assert right / guessed >= 0.9


@pytest.mark.parametrize("lang", HEADERS)
def test_the_sample_under_headers_of_another_language_is_found_whole(
    lang: str, table: Callable[..., Path]
) -> None:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))[:400]
    filled = [name for name in HEADERS[lang] if any(row.get(name) for row in rows)]
    body = [[row[name] for name in filled] for row in rows]
    found = _found(guess(table([HEADERS[lang][name] for name in filled], *body)))
    assert found == {HEADERS[lang][name]: name for name in filled}


ROWS = [
    ["Partner", "Activity", "Governorate", "Month", "Comments", "Boys", "Donor", "Budget"],
    ["Palm Grove Society", "Immunisation", "Ninewa", "2021-01", "went well", "4", "", "100"],
    ["Reed Boat Relief", "Nutrition", "Al-Basrah", "2021-02", "late", "7", "", "250"],
]


def _seen(rows: Sequence[Sequence[str]]) -> list[Seen]:
    head, *body = rows
    return [Seen(name, "", tuple(row[i] for row in body if row[i])) for i, name in enumerate(head)]


@given(st.permutations(range(len(ROWS[0]))))
def test_the_order_of_columns_does_not_change_the_guess(order: list[int]) -> None:
    def told(columns: list[Seen]) -> dict[str, tuple[str, int]]:
        taken = zip(columns, assigned(columns), strict=True)
        return {seen.header: (fit.field, fit.confidence) for seen, (fit, _) in taken if fit}

    columns = _seen(ROWS)
    assert told([columns[index] for index in order]) == told(columns)


def test_two_columns_that_fit_equally_are_told_apart_by_their_headers_not_their_place() -> None:
    columns = [Seen("Donor", "", ("Lantern Fund",)), Seen("Funder", "", ("Lantern Fund",))]
    names = []
    for pair in (columns, columns[::-1]):
        names += [seen.header for seen, (fit, _) in zip(pair, assigned(pair), strict=True) if fit]
    assert names == ["Donor", "Donor"]


def test_nothing_is_guessed_from_an_empty_column(table: Callable[..., Path]) -> None:
    proposal = guess(table(*ROWS))
    donor = proposal.columns[6]
    assert (donor.header, donor.field, donor.confidence) == ("Donor", "", 0)
    assert donor.evidence == (("empty", {}),)


def test_every_field_is_proposed_once_and_only_above_the_threshold(table: Callable[..., Path]) -> None:
    proposal = guess(table(*ROWS))
    fields = [column.field for column in proposal.columns if column.field]
    assert sorted(fields) == sorted(set(fields))
    assert all(column.confidence >= ACCEPT for column in proposal.columns if column.field)


def test_the_evidence_names_the_word_and_the_values_that_spoke(table: Callable[..., Path]) -> None:
    governorate = guess(table(*ROWS)).columns[2]
    assert governorate.field == "adm1_name"
    assert governorate.evidence == (
        ("header_exact", {"word": "governorate"}),
        ("values_place1", {"hits": 2, "n": 2}),
    )


def test_a_column_that_may_be_either_gives_way_to_one_that_may_be_the_first_alone() -> None:
    either, alone = ("Partner / Donor", "Reed Boat", "Palm Grove"), ("Partner names", "Olive Tree", "Fig Aid")
    seen = [Seen(header, "", tuple(values)) for header, *values in (either, alone)]
    assert [fit.field for fit, _ in assigned(seen) if fit] == ["funder", "organisation"]


def test_a_long_column_is_judged_by_some_of_its_values_from_all_over_it(table: Callable[..., Path]) -> None:
    most = rules()["guess"]["sampled"]
    rows = [[*ROWS[1][:3], f"{2000 + n}-01-05", *ROWS[1][4:]] for n in range(2 * most - 1)]
    days = dict(guess(table(ROWS[0], *rows)).columns[3].evidence)
    assert days["values_date"] == {"hits": most, "n": most}


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Activity description", ("Vaccination of children in the camp", "Training of midwives")),
        ("Is this a health activity?", ("Yes", "No", "Yes")),
        ("Start date", ("soon", "after the rains")),
        ("Organisation", ("12", "15", "18")),
        ("Latitude", ("north", "south")),
        ("Budget", ("1000", "2500")),
        ("Contact person", ("the focal point", "somebody else")),
        ("", ("x", "y")),
    ],
)
def test_what_cannot_be_the_field_is_not_taken_for_it(header: str, values: tuple[str, ...]) -> None:
    [(fit, _)] = assigned([Seen(header, "", values)])
    assert fit is None


def test_values_speak_where_the_header_does_not(table: Callable[..., Path]) -> None:
    codes = [["Column A", "Column B"], ["IQG01", "x1"], ["IQG15", "x2"], ["IQG08", "x3"]]
    assert _found(guess(table(*codes))) == {"Column A": "adm1"}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("*ADMIN1\n(Mohafaza)\n", "adm1_name"),
        ("partner.name", "organisation"),
        ("Organisaton name", "organisation"),
        ("startDate", "start"),
        ("3. Sub-District", "adm3_name"),
        ("group_where/Governorate", "adm1_name"),
        ("Nom de l'organisation", "organisation"),
        ("ناوی ڕێکخراو", "organisation"),
    ],
)
def test_headers_are_known_through_templates_paths_and_slips(header: str, field: str) -> None:
    told = header_words.likeness(header)
    assert max(told, key=lambda name: told[name].score) == field


def test_a_tag_speaks_for_a_column_whose_header_says_nothing() -> None:
    assert header_words.likeness("col_7", "#org +impl +name")["organisation"].reason == "tag"


def test_headers_below_notes_on_the_second_sheet_are_found(file: Callable[..., Path]) -> None:
    notes = [["About these figures"], ["They are made up"]]
    data = xlsx_bytes({"Notes": notes, "Data": [["Monthly table"], [], *ROWS]})
    path = file(data, "report.xlsx")
    proposal = guess(path)
    assert (proposal.sheet, proposal.header_row) == ("Data", 3)
    assert _found(proposal)["Partner"] == "organisation"


def test_a_month_that_is_reported_on_states_no_end(table: Callable[..., Path]) -> None:
    profile = guess(table(*ROWS)).profile()
    assert profile.month_is_report
    assert profile.columns["start"].kind == "month"
    assert set(profile.required) == {"organisation", "service", "start"}


def test_a_month_beside_an_end_is_where_the_work_begins(table: Callable[..., Path]) -> None:
    rows = [[*row, end] for row, end in zip(ROWS, ("End date", "2021-03-31", "2021-04-30"), strict=True)]
    profile = guess(table(*rows)).profile()
    assert "end" in profile.columns and not profile.month_is_report
    assert profile.columns["start"].kind == "date"


def test_a_header_that_speaks_as_much_of_nothing_we_know_is_not_taken_for_a_service() -> None:
    found = header_words.likeness("activity id comments")
    assert "activity_id" in found and "service" not in found


def test_a_proposal_reads_the_file_that_it_was_made_for(table: Callable[..., Path]) -> None:
    path = table(*ROWS)
    read = importers.read(path, mapping=guess(path).profile())
    assert list(read.rows["organisation"]) == ["Palm Grove Society", "Reed Boat Relief"]
    assert list(read.rows["adm1_name"]) == ["Ninewa", "Al-Basrah"]
    assert read.unmapped == ["Comments", "Boys", "Donor", "Budget"]


def test_what_a_person_chooses_goes_before_the_guess(table: Callable[..., Path]) -> None:
    profile = guess(table(*ROWS)).profile({0: "funder", 6: "organisation"})
    assert {name: column.header for name, column in profile.columns.items()} == {
        "funder": "Partner",
        "organisation": "Donor",
    }


def test_a_column_without_a_header_or_with_one_that_is_there_twice_cannot_be_chosen(
    table: Callable[..., Path],
) -> None:
    proposal = guess(table(["Partner", "", "partner", "Month"], ["Palm Grove Society", "a", "b", "2021-01"]))
    assert proposal.usable == (0, 3)


def test_a_file_without_any_row_of_headers_is_refused(table: Callable[..., Path]) -> None:
    with pytest.raises(BadFile) as fault:
        guess(table(["only one cell"], ["and another"]))
    assert fault.value.key == "file_no_header"


def test_the_same_values_in_another_order_of_rows_give_the_same_fields(table: Callable[..., Path]) -> None:
    head, *rows = ROWS
    random.Random(3).shuffle(rows)
    assert _found(guess(table(head, *rows))) == _found(guess(table(*ROWS)))


def test_the_list_of_words_names_fields_and_languages_and_says_nothing_twice() -> None:
    with header_words.WORDS.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = [tuple(row.values()) for row in rows]
    assert len(told) == len(set(told))
    assert {row["field"] for row in rows} == {*FIELDS, "none", "month"}
    assert {row["lang"] for row in rows} == {"en", "ar", "ckb", "fr", "es", "hxl"}
    assert all(row["word"].strip() == row["word"] != "" for row in rows)
