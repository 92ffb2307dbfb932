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


def at(point: str, **texts: str) -> Place:
    return locate(dict.fromkeys(["country", *COLUMNS], "") | texts, reference.place_resolver(), point)


@pytest.mark.parametrize(
    ("texts", "field", "text"),
    [
        ({"country": "Jordan", "adm1_name": "Al Karak"}, "adm1", "Al Karak"),
        ({"country": "LBN", "adm1_name": "Bekaa", "adm2_name": "Zahle"}, "adm2", "Zahle"),
        ({"country": "سوريا"}, "country", "سوريا"),
        ({"country": "JO", "pcode": "Mosul"}, "pcode", "Mosul"),
        ({"adm1": "SY02", "adm1_name": "Aleppo"}, "adm1", "SY02"),
        ({"adm2": "CD6101", "adm2_name": "Basrah"}, "adm2", "CD6101"),
    ],
)
def test_a_row_of_another_country_waits_and_nothing_is_guessed_into_iraq(
    texts: dict[str, str], field: str, text: str
) -> None:
    found = place(**texts)
    assert (found.pcode, found.problem, found.field, found.text) == ("", "place_abroad", field, text)
    assert (found.waits, found.candidates, found.hint) == (True, (), "")


@pytest.mark.parametrize("country", ["", "Iraq", "IRQ", "Kurdistan Region", "Iraq; Syria"])
def test_a_row_that_says_iraq_or_nothing_is_looked_for_there(country: str) -> None:
    assert place(country=country, adm1_name="Ninewa").pcode == "IQG15"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Erbil; Duhok", "IQG09, IQG11"),
        ("Erbil, Duhok, Sulaymaniyah", "IQG06, IQG09, IQG11"),
        ("Ninewa and Kirkuk", "IQG13, IQG15"),
        ("أربيل ودهوك", "IQG09, IQG11"),
    ],
)
def test_a_cell_that_lists_places_waits_and_shows_them(text: str, hint: str) -> None:
    found = place(adm1_name=text)
    assert (found.pcode, found.problem, found.hint) == ("", "place_conflict", hint)


def test_a_governorate_that_the_gazetteer_has_as_a_district_is_that_district() -> None:
    assert place(adm1_name="Halabja") == Place("IQG06Q05")
    assert place(adm1_name="Sinjar").pcode == ""


def test_a_text_that_a_person_called_no_place_makes_no_row_wait() -> None:
    taught = reference.place_resolver((("Head office", "", ""), ("Camp 7", "IQG15", "")))
    nothing = dict.fromkeys(["country", *COLUMNS], "")
    assert locate(nothing | {"pcode": "Head office"}, taught) == Place("")
    assert locate(nothing | {"adm1": "IQG15", "adm3_name": "Camp 7"}, taught) == Place("IQG15")
    assert locate(nothing | {"adm3_name": "Camp 7"}, taught).problem == "place_unknown"


@pytest.mark.parametrize(
    ("texts", "pcode"),
    [
        ({}, "IQG15Q05N03"),
        ({"adm1_name": "Ninewa"}, "IQG15Q05N03"),
        (MOSUL, "IQG15Q05N03"),
        ({"adm1_name": "Ninewa", "admin_level": "2"}, "IQG15Q05"),
    ],
)
def test_coordinates_tell_the_place_or_make_it_finer(texts: dict[str, str], pcode: str) -> None:
    assert at("IQG15Q05N03", **texts) == Place(pcode, from_point=True)


def test_coordinates_that_say_less_than_the_texts_change_nothing() -> None:
    assert at("IQG15", **MOSUL) == at("", **MOSUL) == at("IQG15Q05", **MOSUL) == Place("IQG15Q05")


def test_coordinates_stand_in_for_an_unknown_text_with_a_note() -> None:
    found = at("IQG15Q05", adm1_name="Seven Wells")
    assert (found.pcode, found.problem, found.text) == ("IQG15Q05", "place_by_point", "Seven Wells")
    assert (found.effect, found.hint) == ("note", "IQG15Q05")


@pytest.mark.parametrize("text", ["Nationwide", "Aleppo", "Unknown"])
def test_coordinates_do_not_place_what_is_known_to_be_elsewhere_or_everywhere(text: str) -> None:
    found = at("IQG08Q03", adm1_name=text)
    assert (found.pcode, found.problem, found.waits) == ("", "place_unknown", True)


def test_where_text_and_coordinates_differ_the_text_stays_with_a_note() -> None:
    found = at("IQG11Q02", **MOSUL)
    assert (found.pcode, found.problem, found.effect) == ("IQG15Q05", "place_point_differs", "note")
    assert (found.field, found.text, found.hint) == ("adm2", "Mosul", "IQG11Q02")


@pytest.mark.parametrize("point", ["IQG15Q05", "IQG02Q01", "abroad"])
def test_coordinates_do_not_settle_a_conflict(point: str) -> None:
    texts = {"adm1": "IQG02", "adm2": "IQG15Q05"}
    assert at(point, **texts) == at("", **texts)
    assert at(point, **texts).problem == "place_conflict"


def test_coordinates_outside_iraq_make_the_row_wait() -> None:
    found = at("abroad", pcode="Riyadh", adm1_name="Al-Salam")
    assert (found.pcode, found.problem, found.candidates) == ("", "place_abroad", ())
    assert at("abroad").problem == at("abroad", adm1_name="Basrah").problem == "place_abroad"


@pytest.mark.parametrize("texts", [{"adm1": "IQG15"}, {"country": "Iraq", "adm1_name": "Ninewa"}])
def test_coordinates_outside_iraq_beside_a_sure_place_in_iraq_are_a_note(texts: dict[str, str]) -> None:
    found = at("abroad", **texts)
    assert (found.pcode, found.problem, found.waits) == ("IQG15", "place_point_differs", False)
