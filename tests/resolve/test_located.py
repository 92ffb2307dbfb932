"""One place from several columns: the finest on which they agree, or a word about what is wrong."""

import pytest

from csomap.resolve import reference
from csomap.resolve.located import Place, locate

COLUMNS = ["pcode", "adm1", "adm1_name", "adm2", "adm2_name", "adm3", "adm3_name", "admin_level"]
MOSUL = {"adm1_name": "Ninewa", "adm2_name": "Mosul"}


def place(**texts: str) -> Place:
    return locate(dict.fromkeys(COLUMNS, "") | texts, reference.place_resolver())


@pytest.mark.parametrize(
    ("texts", "pcode"),
    [
        ({"adm1": "IQG15", "adm2": "IQG15Q05", "adm3": "IQG15Q05N03"}, "IQG15Q05N03"),
        ({"adm1_name": "Ninewa", "adm2_name": "Mosul", "adm3_name": "Bashiqa"}, "IQG15Q05N03"),
        ({"adm1_name": "نينوى", "adm2_name": "الموصل"}, "IQG15Q05"),
        ({"adm1": "IQG15", "adm1_name": "Ninewa", "adm2": "IQG15Q05", "adm2_name": "Al-Mosul"}, "IQG15Q05"),
        ({"adm1_name": "Ninewa", "adm3_name": "Bashiqa"}, "IQG15Q05N03"),
        ({"pcode": "iqg15q05"}, "IQG15Q05"),
        ({"pcode": "Al-Mosul (IQG15Q05)"}, "IQG15Q05"),
        ({"pcode": "Al-Basrah (IQG02Q02)"}, "IQG02Q02"),
        ({"adm1": "IQG02", "pcode": "IQG02Q01"}, "IQG02Q01"),
        ({"adm1": "IQG15", "adm2": "IQG15Q05", "pcode": "IQG15"}, "IQG15Q05"),
        ({}, ""),
    ],
)
def test_columns_that_agree_name_the_finest_place(texts: dict[str, str], pcode: str) -> None:
    assert place(**texts) == Place(pcode)


def test_a_name_of_two_places_is_the_one_inside_the_area_that_the_row_names() -> None:
    assert place(adm1="IQG02", adm2_name="Al-Basrah").pcode == "IQG02Q02"


def test_an_unknown_sub_district_in_a_known_district_falls_back_with_a_note() -> None:
    found = place(**MOSUL, adm3_name="Seven Wells")
    assert (found.pcode, found.problem, found.field) == ("IQG15Q05", "place_coarser", "adm3")
    assert (found.text, found.effect, found.waits) == ("Seven Wells", "note", False)
    assert all(hint.startswith("IQG15Q05N") for hint in found.hint.split(", "))


def test_an_unknown_district_in_a_known_governorate_falls_back_too() -> None:
    found = place(adm1_name="Ninewa", adm2_name="Seven Wells")
    assert (found.pcode, found.problem, found.waits) == ("IQG15", "place_coarser", False)


def test_an_unknown_code_beside_a_known_name_is_read_by_the_name() -> None:
    assert place(adm1="IQG15", adm2="IQG15Q99", adm2_name="Mosul").pcode == "IQG15Q05"


@pytest.mark.parametrize("text", ["Atlantis", "IQG99", "IQG02Q99", "All governorates", "Aleppo"])
def test_a_place_that_is_not_known_at_all_waits(text: str) -> None:
    found = place(pcode=text)
    assert (found.pcode, found.problem, found.text) == ("", "place_unknown", text)
    assert found.waits and found.effect == "review"


@pytest.mark.parametrize(
    ("texts", "field", "text"),
    [
        ({"adm1": "IQG02", "adm2": "IQG15Q05"}, "adm2", "IQG15Q05"),
        ({"adm1": "IQG02", "adm2_name": "Al-Mosul"}, "adm2", "Al-Mosul"),
        ({"adm1": "IQG02", "adm1_name": "Ninewa"}, "adm1", "Ninewa"),
        ({"adm1": "IQG15", "adm2": "IQG15Q05", "adm2_name": "Al-Basrah"}, "adm2", "Al-Basrah"),
        ({"adm1": "IQG02", "pcode": "IQG15Q05"}, "pcode", "IQG15Q05"),
        ({"pcode": "Al-Basrah (IQG15)"}, "pcode", "Al-Basrah"),
        ({"pcode": "IQG02; IQG15"}, "pcode", "IQG02; IQG15"),
        ({"pcode": "IQG02 or IQG15Q05"}, "pcode", "IQG02 or IQG15Q05"),
    ],
)
def test_a_code_and_a_name_in_different_areas_wait(texts: dict[str, str], field: str, text: str) -> None:
    found = place(**texts)
    assert (found.problem, found.field, found.text) == ("place_conflict", field, text)
    assert found.waits and found.effect == "review"


@pytest.mark.parametrize(
    ("admin_level", "pcode"),
    [("1", "IQG15"), ("2", "IQG15Q05"), ("3", "IQG15Q05N03"), ("4", "IQG15Q05N03"), ("", "IQG15Q05N03")],
)
def test_admin_level_says_how_finely_the_place_is_known(admin_level: str, pcode: str) -> None:
    assert place(**MOSUL, adm3="IQG15Q05N03", admin_level=admin_level) == Place(pcode)


def test_admin_level_makes_no_place_finer_than_it_is() -> None:
    assert place(**MOSUL, admin_level="3") == Place("IQG15Q05")
