import json

import pandas as pd
import pytest

from csomap.resolve import normalise
from csomap.settings import GEO


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(GEO / name, dtype=str, keep_default_na=False)


PLACES, ALIASES, NEVER, REGIONS = map(
    table, ("places.csv", "place_aliases.csv", "never_match.csv", "regions.csv")
)
NAMES = ["name_en", "name_ar", "name_ckb"]
LENGTH = {"1": 5, "2": 8, "3": 11}

# Namesakes on one line of ancestry: one of them is officially spelt as the other often is.
DELIBERATE = {
    ("IQG12", "kerbela", "IQG12Q03"),
    ("IQG18", "wasit", "IQG18Q02N01"),
    ("IQG05", "الديوانيه", "IQG05Q02"),
    ("IQG05", "ديوانيه", "IQG05Q02"),
    ("IQG12Q03", "kerbala", "IQG12"),
}


def key(text: str) -> str:
    return normalise(text).replace(" ", "")


def test_the_gazetteer_is_whole() -> None:
    assert PLACES["level"].value_counts().to_dict() == {"1": 18, "2": 101, "3": 294}
    assert PLACES["pcode"].is_unique
    assert (PLACES["pcode"].str.len() == PLACES["level"].map(LENGTH)).all()


def test_every_parent_exists_and_is_a_prefix() -> None:
    finer = PLACES[PLACES["level"] != "1"]
    assert set(PLACES.loc[PLACES["level"] == "1", "parent"]) == {"IQ"}
    assert set(finer["parent"]) <= set(PLACES["pcode"])
    assert (finer["parent"] == finer["pcode"].str[:-3]).all()


def test_every_place_has_an_english_and_an_arabic_name() -> None:
    assert (PLACES[["name_en", "name_ar"]] != "").all(axis=None)
    assert PLACES["name_ar"].str.fullmatch("[\u0621-\u064a ]+").all()


@pytest.mark.parametrize(
    "frame", [PLACES, ALIASES, NEVER, REGIONS], ids=["places", "aliases", "never", "regions"]
)
def test_no_cell_has_spaces_to_spare(frame: pd.DataFrame) -> None:
    assert (frame == frame.apply(lambda column: column.str.split().str.join(" "))).all(axis=None)


def test_sorani_names_are_bare_and_spelt_one_way() -> None:
    known = PLACES.loc[PLACES["name_ckb"] != "", "name_ckb"]
    assert not known.str.contains("پارێزگای|قەزای|[كيىةھ]").any()
    assert (PLACES.loc[PLACES["level"] == "1", "name_ckb"] != "").all()


def test_every_point_is_in_iraq() -> None:
    assert PLACES["lon"].astype(float).between(38.7, 48.8).all()
    assert PLACES["lat"].astype(float).between(29.0, 37.4).all()


def test_areas_are_known_down_to_the_district() -> None:
    coarse = PLACES[PLACES["level"] != "3"]
    total = coarse["area_km2"].astype(float).groupby(coarse["level"]).sum()
    assert (PLACES.loc[PLACES["level"] == "3", "area_km2"] == "").all()
    assert total["1"] == pytest.approx(total["2"], rel=0.01)


def test_every_alias_points_to_a_place_once() -> None:
    assert set(ALIASES["pcode"]) <= set(PLACES["pcode"])
    assert set(ALIASES["lang"]) == {"en", "ar", "ckb", "ku-Latn", "other"}
    assert set(ALIASES["source"]) == {"gazetteer", "cod-ab", "dtm", "csomap"}
    assert not pd.DataFrame({"pcode": ALIASES["pcode"], "key": ALIASES["alias"].map(key)}).duplicated().any()


def test_no_alias_takes_another_places_name_by_accident() -> None:
    official = PLACES.melt("pcode", NAMES, value_name="name").query("name != ''")
    official["key"] = official["name"].map(key)
    aliases = ALIASES.assign(key=ALIASES["alias"].map(key))
    shared = aliases.merge(official, on="key", suffixes=("", "_named")).query("pcode != pcode_named")
    assert set(shared[["pcode", "key", "pcode_named"]].itertuples(index=False, name=None)) == DELIBERATE


def test_one_alias_of_two_places_names_a_governorate_and_its_own_district() -> None:
    holders = ALIASES.assign(key=ALIASES["alias"].map(key)).groupby("key")["pcode"].agg(sorted)
    for key_, codes in holders[holders.map(len) > 1].items():
        assert [len(code) for code in codes] == [5, 8], key_
        assert codes[1].startswith(codes[0]), key_


@pytest.mark.parametrize(
    "text",
    [
        "أمانة العاصمة",
        "City of Peace",
        "Madinat Al Salam",
        "Ain Al Arab",
        "قضاء علي الفربي",
        "قضاء الکجلاء",
        "Nationwide",
    ],
)
def test_known_wrong_aliases_stay_out(text: str) -> None:
    assert key(text) not in set(ALIASES["alias"].map(key))


def test_nasiriyah_is_the_district_and_baladruz_is_not_baquba() -> None:
    pairs = set(zip(ALIASES["pcode"], ALIASES["alias"].map(key), strict=True))
    assert ("IQG17", key("الناصرية")) not in pairs
    assert not {alias for code, alias in pairs if code == "IQG10Q04" and "balad" in alias}
    assert PLACES.set_index("pcode").at["IQG10Q03", "name_ar"] == "بلدروز"


def test_never_match_texts_have_a_reason_and_are_no_place() -> None:
    never = NEVER["text"].map(key)
    taken = set(ALIASES["alias"].map(key)).union(*(PLACES[column].map(key) for column in NAMES)) - {""}
    assert (NEVER != "").all(axis=None)
    assert never.is_unique
    assert set(never) & taken == set()


def test_regions_cover_the_governorates_once() -> None:
    assert sorted(REGIONS["pcode"]) == sorted(PLACES.loc[PLACES["level"] == "1", "pcode"])
    assert REGIONS["region"].value_counts().to_dict() == {"kri": 3, "north": 5, "centre": 6, "south": 4}


def test_there_is_one_outline_for_every_governorate() -> None:
    shapes = json.loads((GEO / "governorates.geojson").read_text(encoding="utf-8"))["features"]
    assert sorted(shape["properties"]["pcode"] for shape in shapes) == sorted(REGIONS["pcode"])
