"""Work near each other that a border parts: pairs come, none goes, and nothing is counted."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyproj
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.i18n import LANGUAGES
from csomap.settings import Settings, rules
from csomap.tables import schemas
from csomap.tables.query import Query

from .forms import act, data

JANUARY = ("01-01", "01-31")
HERE, THERE = "IQG15Q05", "IQG15Q02"
MOSUL = {"longitude": 43.13, "latitude": 36.34}
_EARTH = pyproj.Geod(ellps="WGS84")


def at(km: float) -> dict[str, float]:
    """Return coordinates so far east of Mosul."""
    lon, lat, _ = _EARTH.fwd(MOSUL["longitude"], MOSUL["latitude"], 90, km * 1000)
    return {"longitude": lon, "latitude": lat}


def two(km: float = 3.0, **second: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two organisations that do the same all January in two districts, so far apart; the second as told."""
    one = act("a1", *JANUARY, pcode=HERE) | MOSUL
    return one, act("b1", *JANUARY, pcode=THERE) | at(km) | second


def pairs(*activities: dict[str, Any], **asked: Any) -> pd.DataFrame:
    return flow.find_pairs(data(*activities), Query(**asked))


def near(*activities: dict[str, Any], **asked: Any) -> pd.DataFrame:
    return flow.find_near(data(*activities), Query(**asked))


def test_a_border_between_two_clinics_makes_a_near_pair_and_no_overlap() -> None:
    told = data(*two())
    assert flow.find_pairs(told, Query()).empty
    found = flow.find_pairs(told, Query(near_km=5)).to_dict("records")
    assert [(row["area_relation"], row["grade"], row["kind"]) for row in found] == [
        ("near", "possible", "overlap")
    ]
    assert flow.find_overlaps(told, Query(near_km=5)).empty
    assert flow.find_possible(told, Query(near_km=5)).empty


def test_the_table_of_near_pairs_says_where_and_how_far() -> None:
    found = near(*two(2.0, site="Camp B"), near_km=5)
    assert list(found.columns) == schemas.columns(schemas.NEAR)
    row = found.iloc[0]
    assert (row["pcode_a"], row["pcode_b"], row["site_a"], row["site_b"]) == (HERE, THERE, "", "Camp B")
    assert row["km"] == pytest.approx(2.0, abs=1e-6)


@pytest.mark.parametrize(
    ("km", "asked", "count"), [(3, 5, 1), (3, 2.9, 0), (49.9, 50, 1), (5.1, None, 0), (4.9, None, 1)]
)
def test_the_distance_that_is_asked_for_holds(km: float, asked: float | None, count: int) -> None:
    assert rules()["near"]["km"] == 5
    assert len(near(*two(km), near_km=asked)) == count


@pytest.mark.parametrize(
    "second",
    [
        {"pcode": HERE},
        {"pcode": "IQG15"},
        {"pcode": ""},
        {"pcode": "IQG15Q05N01"},
    ],
    ids=["same district", "governorate only", "no place", "a place within"],
)
def test_what_is_a_pair_already_stays_what_it_is(second: dict[str, Any]) -> None:
    told = two(1.0, **second)
    without, with_ = pairs(*told), pairs(*told, near_km=5)
    assert len(without) == 1
    pd.testing.assert_frame_equal(without, with_)
    assert near(*told, near_km=5).empty


@pytest.mark.parametrize(
    "second",
    [
        {"organisation": "a"},
        {"status": "planned"},
        {"status": "cancelled"},
        {"service": "ncd_screening"},
        {"population_group": "returnee"},
        {"characteristic": "women"},
        {"function": "advocacy"},
        {"start": pd.Timestamp("2021-03-01"), "end": pd.Timestamp("2021-03-31")},
        {"latitude": None},
        {"longitude": None},
        {"latitude": None, "longitude": None},
        {"latitude": 0.0, "longitude": 0.0},
    ],
    ids=lambda second: ",".join(f"{name}={value}" for name, value in second.items()),
)
def test_being_near_alone_makes_no_pair(second: dict[str, Any]) -> None:
    one = act("a1", *JANUARY, pcode=HERE, function="direct_support", characteristic="children") | MOSUL
    same = two(1.0, function="direct_support", characteristic="children")[1]
    assert len(near(one, same, near_km=5)) == 1
    assert near(one, same | second, near_km=5).empty


@pytest.mark.parametrize(
    ("second", "relation", "answer"),
    [
        ({"service": "health"}, "service_relation", "nested"),
        ({"service": ""}, "service_relation", "unknown"),
        ({"population_group": ""}, "population_relation", "unknown"),
        ({"population_group": "idp_camp"}, "population_relation", "nested"),
        ({"characteristic": "women"}, "characteristic_relation", "nested"),
        ({"end": None}, "time_relation", "unknown"),
    ],
)
def test_all_other_relations_are_judged_as_in_pairs(
    second: dict[str, Any], relation: str, answer: str
) -> None:
    told = two(1.0, **second)
    beside = two(1.0, **second | {"pcode": HERE})
    found, plain = near(*told, near_km=5).iloc[0], pairs(*beside).iloc[0]
    assert found[relation] == answer
    same = [
        name for name in schemas.columns(schemas.PAIRS) if name not in ("area_relation", "grade", "same_site")
    ]
    assert found[same].to_dict() == pytest.approx(plain[same].to_dict(), nan_ok=True)


def test_joint_and_chain_are_named_so() -> None:
    assert near(*two(1.0, funder="a"), near_km=5)["kind"].tolist() == ["chain"]
    first, second = two(1.0, project_id="p")
    assert near(first | {"project_id": "p"}, second, near_km=5)["kind"].tolist() == ["joint"]


def test_one_site_written_in_two_districts_is_zero_kilometres_apart() -> None:
    found = near(*two(0.0, site="Camp B"), near_km=5)
    assert found["km"].tolist() == [0.0]


def test_at_the_level_of_sites_two_sites_of_one_district_may_be_near() -> None:
    first, second = two(1.0, pcode=HERE, site="Camp B")
    told = (first | {"site": "Camp A"}, second)
    assert near(*told, near_km=5).empty
    assert near(*told, near_km=5, area_level="site")["area_relation"].tolist() == ["near"]


def test_those_that_are_the_same_in_all_else_come_first_and_then_the_nearest() -> None:
    first, same = two(4.0)
    nearer = act("c1", *JANUARY, pcode=THERE) | at(1.0) | {"service": "health"}
    nearest = act("d1", *JANUARY, pcode=THERE) | at(2.0)
    found = near(first, same, nearer, nearest, near_km=4.5)
    met = found[found["activity_a"] == "a1"]
    assert met["activity_b"].tolist() == ["d1", "b1", "c1"]
    assert met["km"].round(6).tolist() == [2.0, 4.0, 1.0]


def test_a_sector_is_compared_as_a_sector() -> None:
    first, second = two(1.0, service="health")
    told = (first | {"service": "health"}, second)
    assert near(*told, near_km=5)["service_relation"].tolist() == ["nested"]
    assert near(*told, near_km=5, service_level="sector")["service_relation"].tolist() == ["same"]


def test_filters_and_window_hold_for_near_pairs() -> None:
    told = two(1.0)
    assert len(near(*told, near_km=5, place="IQG15", population="idp")) == 1
    assert near(*told, near_km=5, place=HERE).empty
    assert near(*told, near_km=5, min_days=32).empty
    cut = near(*told, near_km=5, start=pd.Timestamp("2021-01-11").date())
    assert cut["days"].tolist() == [21]


def test_sensitive_work_is_near_nobody_on_pages() -> None:
    told = two(1.0, service="srh_clinical_rape")
    both = data(told[0] | {"service": "srh_clinical_rape"}, told[1])
    assert len(flow.find_near(both, Query(near_km=5))) == 1
    assert flow.find_near(flow.for_pages(both), Query(near_km=5)).empty


def test_the_sample_gains_pairs_and_loses_none(tmp_path: Path) -> None:
    sample = flow.load(Settings(tmp_path))
    before, after = (flow.find_pairs(sample, Query(near_km=km)) for km in (None, 50))
    assert set(before["activity_a"] + before["activity_b"]) <= set(after["activity_a"] + after["activity_b"])
    kept = after[after["area_relation"] != "near"].reset_index(drop=True)
    pd.testing.assert_frame_equal(before, kept)


@pytest.mark.parametrize("km", [0, -1, 50.1, float("nan"), float("inf")])
def test_an_impossible_distance_is_refused_in_three_languages(km: float) -> None:
    for ask in (flow.find_near, flow.find_pairs):
        with pytest.raises(BadInput) as refused:
            ask(data(*two()), Query(near_km=km))
    assert refused.value.key == "near_km"
    assert len({refused.value.told(lang) for lang in LANGUAGES}) == len(LANGUAGES)
    assert all("50" in refused.value.told(lang) for lang in LANGUAGES)
