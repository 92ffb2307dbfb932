"""The needs figures are numbers with a place, a date and a source, and add up to what was published."""

import pandas as pd
import pytest

from csomap.i18n import keys, t
from csomap.settings import DATA, GEO

COLUMNS = ["indicator", "pcode", "population_group", "service", "value", "date", "source", "method", "note"]


@pytest.fixture(scope="module")
def needs() -> pd.DataFrame:
    return pd.read_csv(DATA / "needs/needs.csv", dtype={"value": float}, keep_default_na=False)


def _total(needs: pd.DataFrame, indicator: str, length: int) -> float:
    rows = needs[(needs["indicator"] == indicator) & (needs["pcode"].str.len() == length)]
    return float(rows["value"].sum())


def test_the_columns_are_those_of_the_contract(needs: pd.DataFrame) -> None:
    assert list(needs) == COLUMNS


def test_the_governorates_add_up_to_the_population_of_2018(needs: pd.DataFrame) -> None:
    assert _total(needs, "population", 5) == 38_124_182


def test_the_census_total_stands_for_the_country_alone(needs: pd.DataFrame) -> None:
    census = needs[(needs["indicator"] == "population") & (needs["date"] >= "2024")]
    assert census[["pcode", "value"]].to_numpy().tolist() == [["IQ", 46_118_793]]


def test_the_displaced_add_up_to_round_123(needs: pd.DataFrame) -> None:
    assert _total(needs, "idp", 5) == 1_189_581


def test_no_governorate_has_fewer_displaced_than_its_districts(needs: pd.DataFrame) -> None:
    idp = needs[needs["indicator"] == "idp"].set_index("pcode")["value"]
    districts = idp[idp.index.str.len() == 8]
    excess = districts.groupby(districts.index.str[:5]).sum() - idp[idp.index.str.len() == 5]
    assert excess.max() == 0


def test_districts_that_were_counted_in_part_stay_empty(needs: pd.DataFrame) -> None:
    assert not needs["pcode"].isin(["IQG08Q02", "IQG16Q04", "IQG18Q04"]).any()
    assert (needs["pcode"].str.len() == 8).sum() == 95


def test_two_counted_parts_of_one_district_are_added_up(needs: pd.DataFrame) -> None:
    assert needs.loc[needs["pcode"] == "IQG08Q07", "value"].tolist() == [156]


def test_the_wrong_count_of_facilities_in_ninewa_is_left_out(needs: pd.DataFrame) -> None:
    facilities = needs[needs["indicator"] == "health_facilities"]
    assert len(facilities) == 17 and "IQG15" not in set(facilities["pcode"])


def test_displaced_people_are_a_figure_for_displaced_people_only(needs: pd.DataFrame) -> None:
    groups = needs.groupby("indicator")["population_group"].unique()
    assert groups["idp"].tolist() == ["idp"] and groups["population"].tolist() == [""]


def test_every_figure_is_a_number_with_a_date_and_a_source(needs: pd.DataFrame) -> None:
    dates = pd.to_datetime(needs["date"], format="%Y-%m-%d", errors="raise")
    assert (needs["value"] > 0).all() and dates.max() < pd.Timestamp("2025-01-01")
    assert (needs[["source", "method"]] != "").all().all()


def test_people_and_facilities_are_whole_numbers(needs: pd.DataFrame) -> None:
    counted = needs[~needs["indicator"].str.contains("per_10000")]
    assert (counted["value"] % 1 == 0).all()


def test_one_place_has_one_figure_for_one_thing_and_day(needs: pd.DataFrame) -> None:
    assert not needs.duplicated(["indicator", "pcode", "population_group", "service", "date"]).any()


def test_every_figure_stands_for_a_known_place(needs: pd.DataFrame) -> None:
    known = set(pd.read_csv(GEO / "places.csv", usecols=["pcode"])["pcode"]) | {"IQ"}
    assert set(needs["pcode"]) <= known


def test_every_source_has_words_of_its_own_in_arabic_and_sorani(needs: pd.DataFrame) -> None:
    told = {
        text: t(code, "ar") + t(code, "ckb")
        for code in keys("en")
        if (text := t(code)) in set(needs["source"])
    }
    assert set(told) == set(needs["source"])
    assert not [text for text, words in told.items() if text in words]
