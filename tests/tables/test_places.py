"""Places by their codes: names in three languages, what lies within, what does not exist."""

import pytest

from csomap.errors import BadInput
from csomap.tables import places


def test_the_gazetteer_is_whole() -> None:
    table = places.places()
    assert table["level"].value_counts().to_dict() == {1: 18, 2: 101, 3: 294}
    assert table["pcode"].is_unique


def test_areas_within_a_place_are_those_of_the_level_at_or_below_it() -> None:
    assert len(places.areas_within("1")) == 18
    assert places.areas_within("1", "IQG15") == ["IQG15"]
    districts = places.areas_within("2", "IQG15")
    assert "IQG15Q05" in districts and all(code.startswith("IQG15Q") for code in districts)
    assert places.areas_within("3", "IQG15Q05N03") == ["IQG15Q05N03"]
    assert places.areas_within("1", "IQG15Q05") == [], "a governorate does not lie in a district"


def test_names_in_three_languages_and_arabic_where_sorani_has_no_source() -> None:
    assert places.area_name("IQG02") == "Al-Basrah"
    assert places.area_name("IQG02", "ar") == "البصرة"
    assert places.area_name("IQG02", "ckb") == "بەسرە"
    assert places.area_name("IQG15Q03N03", "ckb") == places.area_name("IQG15Q03N03", "ar") != ""


def test_a_site_and_a_region_have_names_too() -> None:
    assert places.area_name("IQG02|camp one") == "Al-Basrah, camp one"
    assert places.area_name("south") == "South"
    assert places.area_name("IQG99") == "IQG99", "a code without a name shows itself"


def test_every_governorate_is_in_exactly_one_region() -> None:
    table = places.regions()
    assert sorted(table["pcode"]) == places.areas_within("1")
    assert table.groupby("region")["pcode"].count().to_dict() == {
        "kri": 3,
        "north": 5,
        "centre": 6,
        "south": 4,
    }


@pytest.mark.parametrize("code", ["IQG99", "Basrah", "IQ", "iqg02"])
def test_a_place_that_does_not_exist_is_refused(code: str) -> None:
    with pytest.raises(BadInput) as error:
        places.check_place(code)
    assert error.value.key == "place_unknown"


def test_a_place_that_exists_or_none_is_fine() -> None:
    for code in ("", "IQG02", "IQG02Q01", "IQG02Q01N01"):
        places.check_place(code)


@pytest.mark.parametrize(("code", "level"), [("IQG02", "1"), ("IQG02Q01", "2"), ("IQG02Q01N01", "3")])
def test_the_level_of_a_place(code: str, level: str) -> None:
    assert places.level_of(code) == level
