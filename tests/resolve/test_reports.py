"""Raw rows to reports: every text gets its code, or the row waits for a person."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from csomap import importers
from csomap.resolve import reference
from csomap.resolve.organisations import provisional_id
from csomap.resolve.reports import Resolved, to_reports
from tests.flow.forms import COLUMNS, row, write

OCHA = [
    "Month", "ADM1_PCODE", "Governorate", "ADM2_PCODE", "District", "ADM3_PCODE", "Sub-district", "Location",
    "admin_level", "Cluster", "Beneficiary Type", "Partner Acronym", "Partner Full Name", "Organisation type",
]  # fmt: skip


@pytest.fixture
def read(tmp_path: Path):
    def resolved(*rows: dict[str, object], columns: list[str] = COLUMNS) -> Resolved:
        imported = importers.read(write(tmp_path / "rows.csv", *rows, columns=columns))
        return to_reports(imported.rows, "source", reference.resolvers(), imported.mapping)

    return resolved


def codes(resolved: Resolved) -> list[str]:
    return list(resolved.problems["code"])


def test_every_text_gets_its_code_in_any_of_the_three_languages(read) -> None:
    english = {"service": "Immunisation", "population_group": "Returnees", "pcode": "Mosul"}
    arabic = {"service": "التحصين", "population_group": "العائدون", "pcode": "الموصل"}
    plain = {"service": "immunisation", "population_group": "returnee", "pcode": "IQG15Q05"}
    reports = read(*(row(**words) for words in (english, arabic, plain))).reports
    for field, code in plain.items():
        assert list(reports[field]) == [code] * 3


def test_the_report_knows_its_row_and_its_import(read) -> None:
    reports = read(row(start="30/02/2021"), row(), row(service="goats")).reports
    assert list(reports["source_row"]) == [3, 4], "a rejected row is no report"
    assert set(reports["source_id"]) == {"source"}


def test_lists_are_sorted_distinct_and_joined_by_semicolons(read) -> None:
    cells = {
        "population_group": "Returnees; idp ;Returnees",
        "characteristic": "Older people;children_under_5",
        "funder": "UNICEF;WHO;World Health Organization",
        "programme_organisation": "UNICEF",
    }
    report = read(row(**cells)).reports.iloc[0]
    assert report["population_group"] == "idp;returnee"
    assert report["characteristic"] == "children_under_5;older_people"
    assert (report["funder"], report["programme_organisation"]) == ("unicef;who", "unicef")


@pytest.mark.parametrize("field", ["service", "function", "population_group", "characteristic", "status"])
def test_a_row_with_an_unknown_term_waits_for_a_person(field: str, read) -> None:
    resolved = read(row(**{field: "riding goats"}), row(start="2021-02"))
    assert list(resolved.reports["review"]) == [field, ""]
    problem = resolved.problems[resolved.problems["code"] == f"{field}_unknown"].iloc[0]
    assert (problem["source_row"], problem["column"]) == (2, field)
    assert (problem["value"], problem["effect"]) == ("riding goats", "review")


def test_one_unknown_group_of_a_list_makes_the_row_wait_and_is_named_alone(read) -> None:
    resolved = read(row(population_group="idp;riding goats"))
    assert resolved.reports.loc[0, "review"] == "population_group"
    told = resolved.problems.set_index("code").loc["population_group_unknown"]
    assert told["value"] == "riding goats"


def test_a_row_that_waits_for_several_reasons_names_them_all(read) -> None:
    resolved = read(row(service="goats", pcode="Atlantis", characteristic="camels"))
    assert resolved.reports.loc[0, "review"] == "characteristic;pcode;service"


@pytest.mark.parametrize("word", ["Mixed", "General population", "", "N/A"])
def test_a_vague_word_for_the_people_is_unknown_but_does_not_wait(word: str, read) -> None:
    resolved = read(row(population_group=word))
    assert list(resolved.reports[["population_group", "review"]].iloc[0]) == ["", ""]
    assert "population_group_unknown" not in codes(resolved)


def test_an_unknown_type_is_a_note_and_holds_nothing_up(read) -> None:
    resolved = read(row(organisation_type="circus"))
    assert list(resolved.reports[["review", "organisation_type"]].iloc[0]) == ["", ""]
    effects = dict(zip(resolved.problems["code"], resolved.problems["effect"], strict=True))
    assert effects["organisation_type_unknown"] == "note"


def test_an_unknown_place_waits_and_an_unknown_part_of_a_known_one_does_not(read) -> None:
    assert read(row(pcode="Atlantis")).reports.loc[0, "review"] == "pcode"
    resolved = read(_ocha(adm3="", name3="Seven Wells"), columns=OCHA)
    assert list(resolved.reports[["pcode", "review"]].iloc[0]) == ["IQG15Q05", ""]
    note = resolved.problems.set_index("code").loc["place_coarser"]
    assert (note["column"], note["value"], note["effect"]) == ("ADM3_PCODE", "Seven Wells", "note")


def test_a_code_and_a_name_in_different_areas_wait(read) -> None:
    resolved = read(_ocha(adm1="IQG02", name1="Al-Basrah"), columns=OCHA)
    assert resolved.reports.loc[0, "review"] == "pcode"
    assert "place_conflict" in codes(resolved)


@pytest.mark.parametrize(("level", "pcode"), [("2", "IQG15Q05"), ("3", "IQG15Q05N03"), ("4", "IQG15Q05N03")])
def test_at_admin_level_2_the_sub_district_is_only_nominal(level: str, pcode: str, read) -> None:
    resolved = read(_ocha(admin_level=level), columns=OCHA)
    assert list(resolved.reports[["pcode", "review"]].iloc[0]) == [pcode, ""]


def _ocha(
    adm1: str = "IQG15",
    name1: str = "Ninewa",
    adm3: str = "IQG15Q05N03",
    name3: str = "Bashiqa",
    admin_level: str = "3",
) -> dict[str, object]:
    place = [adm1, name1, "IQG15Q05", "Al-Mosul", adm3, name3, "Camp One", admin_level]
    people = ["Health", "Out-of-camp IDPs", "PGS", "Palm Grove Society", "NNGO"]
    return dict(zip(OCHA, ["2021-01", *place, *people], strict=True))


def test_a_report_of_the_real_layout(read) -> None:
    report = read(_ocha(), columns=OCHA).reports.iloc[0]
    assert list(report[["service", "population_group", "site", "organisation_type"]]) == [
        "health",
        "idp_out_of_camp",
        "Camp One",
        "cso",
    ]
    assert [str(day.date()) for day in report[["start", "end"]]] == ["2021-01-01", "2021-01-31"]
    assert not report["end_is_stated"] and report["site_key"]


def test_an_unknown_organisation_becomes_a_provisional_one_with_a_stable_id(read) -> None:
    resolved = read(row(organisation="Palm Grove Society"), row(organisation="palm grove  SOCIETY"))
    assert set(resolved.reports["organisation"]) == {provisional_id("Palm Grove Society")}
    assert provisional_id("Palm Grove Society") == "new-7c0cf8d1df"
    assert list(resolved.newcomers["name"]) == ["Palm Grove Society"]
    told = resolved.problems[resolved.problems["code"] == "organisation_unknown"]
    assert list(told["effect"]) == ["note", "note"]
    assert set(resolved.reports["review"]) == {""}


def test_the_type_of_a_newcomer_is_the_one_its_file_gives_in_any_of_its_rows(read) -> None:
    rows = [row(organisation_type=""), row(organisation_type="Local NGO", start="2021-02")]
    for ordered in (rows, rows[::-1]):
        newcomers = read(*ordered).newcomers
        assert list(newcomers["type"]) == ["cso"]


def test_the_registry_knows_the_type_better_than_a_file(read) -> None:
    report = read(row(organisation="World Health Organization", organisation_type="Local NGO")).reports.iloc[
        0
    ]
    assert (report["organisation"], report["organisation_type"]) == ("who", "un")


def test_an_acronym_is_not_believed_beside_the_name_of_another(read) -> None:
    cells = dict(zip(OCHA, _ocha().values(), strict=True))
    alone = cells | {"Partner Acronym": "WHO", "Partner Full Name": ""}
    beside = cells | {"Partner Acronym": "WHO", "Partner Full Name": "Palm Grove Society"}
    reports = read(alone, beside, columns=OCHA).reports
    assert list(reports["organisation"]) == ["who", provisional_id("Palm Grove Society")]


def test_an_unknown_acronym_with_an_unknown_name_goes_with_the_newcomer(read) -> None:
    resolved = read(_ocha(), columns=OCHA)
    newcomer = resolved.newcomers.iloc[0]
    assert list(newcomer[["name", "acronym", "type"]]) == ["Palm Grove Society", "PGS", "cso"]


def test_a_funder_that_nobody_knows_is_a_newcomer_too(read) -> None:
    resolved = read(row(organisation="WHO", funder="Fund of the Seven Wells;UNICEF"))
    assert list(resolved.newcomers["name"]) == ["Fund of the Seven Wells"]
    assert resolved.reports.loc[0, "funder"] == ";".join(
        sorted(["unicef", provisional_id("Fund of the Seven Wells")])
    )


def test_a_file_of_rejected_rows_only_has_no_reports_and_no_newcomers(read) -> None:
    resolved = read(row(start="30/02/2021"))
    assert resolved.reports.empty and resolved.newcomers.empty and resolved.problems.empty
    assert set(resolved.newcomers) == {"name", "acronym", "type", "org_id"}


def test_a_file_is_its_rows_and_not_their_order(read) -> None:
    rows = [row(service="goats"), row(pcode="Atlantis"), row(start="2021-02", end="2021-03")]
    one, two = read(*rows).reports, read(*rows[::-1]).reports
    kept = [name for name in one if name != "source_row"]
    pd.testing.assert_frame_equal(one[kept], two[kept][::-1].reset_index(drop=True))


def _point(longitude: pd.Series, latitude: pd.Series) -> list[str]:
    """A world of one place, at 44 degrees east, and of other countries."""
    return ["" if pd.isna(lon) else "IQG15Q05" if lon == 44 else "abroad" for lon in longitude]


def _with_points(read, *rows: dict[str, object]) -> Resolved:
    raw = read(*rows).answers.rows.assign(rejected=False)
    return to_reports(raw, "source", replace(reference.resolvers(), point=_point))


def test_a_row_without_a_place_has_that_of_its_coordinates_and_the_file_one_note(read) -> None:
    rows = [row(pcode="", latitude="36", longitude="44", start=f"2021-0{month}") for month in (1, 2, 3)]
    resolved = _with_points(read, *rows)
    assert list(resolved.reports["pcode"]) == ["IQG15Q05"] * 3
    assert list(resolved.reports["review"]) == [""] * 3
    noted = resolved.problems[resolved.problems["code"] == "place_from_point"]
    assert list(zip(noted["source_row"], noted["column"], noted["effect"], strict=True)) == [
        (2, "latitude", "note")
    ]


def test_blocks_of_one_file_share_the_note(read) -> None:
    raw = read(row(pcode="", latitude="36", longitude="44")).answers.rows.assign(rejected=False)
    known: dict[str, object] = {}
    told = [
        to_reports(raw, "source", replace(reference.resolvers(), point=_point), known=known).problems
        for _ in range(2)
    ]
    assert [int((one["code"] == "place_from_point").sum()) for one in told] == [1, 0]


def test_a_row_with_coordinates_abroad_waits(read) -> None:
    resolved = _with_points(read, row(pcode="Basrah", latitude="36", longitude="10"))
    assert (resolved.reports.loc[0, "pcode"], resolved.reports.loc[0, "review"]) == ("", "pcode")
    assert "place_abroad" in codes(resolved)
    assert "place_from_point" not in codes(resolved)


def test_rows_without_coordinates_are_read_as_ever(read) -> None:
    rows = [row(), row(pcode="", start="2021-02")]
    assert _with_points(read, *rows).reports.equals(read(*rows).reports)
