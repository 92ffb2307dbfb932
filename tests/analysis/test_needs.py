"""Figures of others: the newest counts, none is split downwards, and a hole stays a hole."""

import pandas as pd
import pytest

from csomap.analysis.needs import cited, held, measured, needs, people_in_need
from csomap.analysis.questions import need_sources
from csomap.settings import rules
from csomap.tables.places import areas_within

INDICATORS = {"": "population", "all": "population", "idp": "idp", "returnee": "returnee"}
FIGURES = [
    ("population", "IQG01", "", "", 100, "2018-07-01", "old estimate"),
    ("population", "IQG01", "", "", 120, "2024-11-20", "census"),
    ("population", "IQG02", "", "", 200, "2018-07-01", "old estimate"),
    ("population", "IQG03", "", "", 7, "2018-07-01", "old estimate"),
    ("population", "IQG03", "", "health", 5, "2025-01-01", "of one service"),
    ("idp", "IQG01", "idp", "", 9, "2021-09-30", "tracking"),
    ("idp", "IQG01Q01", "idp", "", 4, "2021-09-30", "tracking"),
]


@pytest.fixture
def table() -> pd.DataFrame:
    columns = ["indicator", "pcode", "population_group", "service", "value", "date", "source"]
    rows = pd.DataFrame(FIGURES, columns=columns)
    return rows.assign(value=rows["value"].astype(float), date=pd.to_datetime(rows["date"]))


def counted(table: pd.DataFrame, areas: list[str], population: str = "") -> list[float | None]:
    found = people_in_need(table, areas, population, INDICATORS)
    assert list(found["area"]) == areas
    return [None if pd.isna(value) else value for value in found["people_in_need"]]


def test_the_newest_figure_wins_whatever_the_order_of_the_rows(table: pd.DataFrame) -> None:
    assert counted(table, ["IQG01"]) == counted(table[::-1], ["IQG01"]) == [120]


def test_figures_are_never_split_downwards(table: pd.DataFrame) -> None:
    assert counted(table, ["IQG01Q01", "IQG01Q02", "IQG01Q01N01"]) == [None, None, None]


def test_nor_added_up_from_a_part(table: pd.DataFrame) -> None:
    only_district = table[table["pcode"] != "IQG01"]
    assert counted(only_district, ["IQG01", "IQG01Q01"], "idp") == [None, 4]


def test_displaced_people_are_counted_for_their_own_group_only(table: pd.DataFrame) -> None:
    assert counted(table, ["IQG01", "IQG02"], "idp") == [9, None]
    assert people_in_need(table, ["IQG01"], "idp", INDICATORS)["indicator"].tolist() == ["idp"]


@pytest.mark.parametrize("group", ["idp_camp", "host", "refugee"])
def test_a_group_without_an_indicator_has_no_figure(group: str, table: pd.DataFrame) -> None:
    found = people_in_need(table, ["IQG01"], group, INDICATORS)
    assert found["indicator"].tolist() == [""] and found["people_in_need"].isna().all()
    assert group not in rules()["needs"]["indicator"]


def test_a_figure_of_one_service_is_not_that_of_all(table: pd.DataFrame) -> None:
    assert counted(table, ["IQG03"]) == [7]


def test_a_region_adds_up_only_if_every_part_is_known(table: pd.DataFrame) -> None:
    members = {"east": ["IQG01", "IQG02"], "west": ["IQG03", "IQG04"]}
    found = people_in_need(table, ["east", "west"], "", INDICATORS, members).set_index("area")[
        "people_in_need"
    ]
    assert found["east"] == 320 and pd.isna(found["west"])


def test_the_source_and_the_date_can_be_cited(table: pd.DataFrame) -> None:
    assert cited(table, "population")[1] >= "2024-11-20"
    assert cited(table, "idp") == ("tracking", "2021-09-30")
    assert cited(table, "goats") == ("", "")


def test_the_real_table_knows_every_governorate() -> None:
    areas = [f"IQG{n:02}" for n in range(1, 19)]
    found = people_in_need(needs(), areas, "", rules()["needs"]["indicator"])
    assert set(found["indicator"]) == {"population"} and (found["people_in_need"] > 100_000).all()


def test_the_nearest_service_that_is_told_of_goes_before_those_above_it(table: pd.DataFrame) -> None:
    told = [("people_in_need", "IQG01", "", code, n, "2024-01-01", "s") for code, n in (("a", 1), ("b", 2))]
    rows = pd.DataFrame(told, columns=list(table.columns)).assign(date=pd.Timestamp("2024-01-01"))
    lines = {"b": ["b", "a"], "c": ["c", "a"], "d": ["d"]}
    every = {"IQG01": ["IQG01"], "IQG02": ["IQG02"]}
    found = measured(pd.concat([table, rows]), lines, every, "", INDICATORS, {"": "people_in_need"})
    assert found["people_in_need"].fillna(-1).tolist() == [2, -1, 1, -1, 120, 200]
    assert found["indicator"].tolist() == ["people_in_need"] * 4 + ["population"] * 2
    without = measured(
        pd.concat([table, rows]), lines, every, "", INDICATORS, {"": "people_in_need", "b": ""}
    )
    assert without["people_in_need"].tolist()[:2] == [120, 200], "the rules may leave a service out"


def test_what_holds_is_told_in_short(table: pd.DataFrame) -> None:
    found = held(table[table["service"] == ""]).set_index(["indicator", "level", "source"])["places"]
    assert found[("population", "1", "old estimate")] == 2 and found[("population", "1", "census")] == 1
    assert found[("idp", "2", "tracking")] == 1


def _told(*figures: tuple[str, float, str, str]) -> pd.DataFrame:
    rows = pd.DataFrame(figures, columns=["pcode", "value", "date", "source"])
    kind = {"indicator": "people_in_need", "population_group": "", "service": "health"}
    return rows.assign(date=pd.to_datetime(rows["date"]), value=rows["value"].astype(float), **kind)


def _sources(table: pd.DataFrame, *cells: tuple[str, str], population: str = "") -> list[list[str]]:
    found = need_sources(table, pd.DataFrame(cells, columns=["pcode", "service"]), population)
    days = found.assign(**{name: found[name].dt.date.astype(str) for name in ("first", "last")})
    return days[["source", "first", "last"]].to_numpy().tolist()


def _districts(of: str, day: str = "2024-05-31", source: str = "survey") -> list[tuple[str, float, str, str]]:
    return [(code, 10.0, day, source) for code in areas_within("2", of)]


def test_the_source_is_that_of_the_figure_and_not_of_a_newer_one_elsewhere() -> None:
    table = _told(("IQG15", 5, "2021-01-31", "old"), ("IQG04", 7, "2024-01-31", "new"))
    assert _sources(table, ("IQG15", "health")) == [["old", "2021-01-31", "2021-01-31"]]
    both = _sources(table, ("IQG15", "immunisation"), ("IQG04", "immunisation"))
    assert [name for name, _, _ in both] == ["old", "new"]
    assert _sources(table, ("IQG15", "wash")) == [], "of another sector"
    assert _sources(table, ("IQG15", "health"), population="idp") == [], "of other people"


def test_newer_parts_that_are_complete_go_before_an_older_figure_of_the_whole() -> None:
    own, parts = ("IQG04", 7.0, "2021-01-31", "old"), _districts("IQG04")
    table = _told(own, *parts)
    measure = measured(
        table, {"health": ["health"]}, {"IQG04": ["IQG04"]}, "", INDICATORS, {"": "people_in_need"}
    )
    assert measure["people_in_need"].tolist() == [10.0 * len(parts)]
    assert _sources(table, ("IQG04", "health")) == [["survey", "2024-05-31", "2024-05-31"]]
    for told in ([own, *parts[1:]], [own, *_districts("IQG04", "2021-01-31"), parts[0]]):
        assert _sources(_told(*told), ("IQG04", "health")) == [["old", "2021-01-31", "2021-01-31"]]


def test_one_source_of_several_days_is_told_from_the_first_to_the_last() -> None:
    parts = _districts("IQG04")
    later = (parts[-1][0], 3.0, "2024-07-31", "survey")
    assert _sources(_told(*parts, later), ("IQG04", "health")) == [["survey", "2024-05-31", "2024-07-31"]]


def test_a_region_stands_on_the_sources_of_all_its_governorates(table: pd.DataFrame) -> None:
    members = pd.DataFrame({"region": ["east", "east"], "pcode": ["IQG01", "IQG02"]})
    rows = pd.DataFrame({"pcode": ["east"], "service": ["health"]})
    assert need_sources(table, rows, "", members)["source"].tolist() == ["old estimate", "census"]
