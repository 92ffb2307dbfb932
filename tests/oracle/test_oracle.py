"""The oracle against stories small enough to count on fingers: activities, pairs, overlaps."""

from datetime import date
from typing import Any

import pytest

from .asked import Params
from .overlaps import overlaps
from .pairs import pairs, relations, same_site
from .runs import activities
from .stories import AS_IS, TREES, act, day, periods_of, rep


def test_consecutive_months_are_one_activity_and_a_missing_month_splits() -> None:
    found = activities([rep(2, "01-01", "01-31"), rep(3, "02-01", "02-28"), rep(4, "04-01", "04-30")])
    assert periods_of(found) == [(day("01-01"), day("02-28")), (day("04-01"), day("04-30"))]
    assert sorted(a["report_count"] for a in found) == [1, 2]


def test_a_short_report_within_a_long_one_does_not_cut_it() -> None:
    (found,) = activities([rep(2, "01-01", "01-31"), rep(3, "01-05", "01-10"), rep(4, "02-01", "02-28")])
    assert (found["start"], found["end"]) == (day("01-01"), day("02-28"))


def test_a_row_told_twice_is_one_report_and_people_are_largest_and_sum() -> None:
    january = rep(2, "01-01", "01-31", reached=10.0)
    february = rep(9, "02-01", "02-28", reached=30.0, status="completed", funder="x")
    (found,) = activities([february, january, january | {"source_row": 7}])
    assert (found["reached"], found["reached_sum"], found["report_count"]) == (30.0, 40.0, 2)
    assert (found["targeted"], found["targeted_sum"]) == (None, None)
    assert (found["source_row"], found["status"], found["funder"]) == (2, "completed", "x")


def test_a_report_with_an_open_date_stays_alone_and_its_own_id_is_then_not_unique() -> None:
    found = activities([rep(2, "01-01", "01-31", activity_id="X"), rep(3, "02-01", "", activity_id="X")])
    assert [(a["own_id"], a["own_id_is_unique"]) for a in found] == [("X", False), ("X", False)]
    assert activities([rep(2, "01-01", "01-31", activity_id="X")])[0]["own_id_is_unique"]


def test_an_end_is_stated_if_any_report_with_the_latest_end_states_it() -> None:
    reports = [
        rep(2, "01-01", "01-31", end_is_stated=True),
        rep(3, "02-01", "02-28"),
        rep(4, "02-10", "02-28", end_is_stated=True),
    ]
    assert activities(reports)[0]["end_is_stated"]
    assert not activities(reports[:2])[0]["end_is_stated"]


def test_two_organisations_with_five_days_in_common_are_a_confirmed_pair() -> None:
    (found,) = pairs([act("b1", "01-27", "02-10"), act("a1", "01-01", "01-31")], AS_IS)
    assert found == {
        "activity_a": "a1", "activity_b": "b1", "org_a": "a", "org_b": "b", "kind": "overlap",
        "grade": "confirmed", "service": "mhpss", "service_relation": "same", "population_relation": "same",
        "characteristic_relation": "same", "area_relation": "same", "time_relation": "same", "days": 5,
        "same_site": "unknown",
    }  # fmt: skip
    assert pairs([act("b1", "01-27", "02-10"), act("a1", "01-01", "01-31")], Params(TREES, min_days=6)) == []


@pytest.mark.parametrize(
    ("other", "name", "relation"),
    [
        ({"service": "health"}, "service", "nested"),
        ({"service": "mhpss_group"}, "service", "same"),
        ({"service": "srh"}, "service", "different"),
        ({"service": ""}, "service", "unknown"),
        ({"pcode": "IQG01"}, "area", "nested"),
        ({"pcode": "IQG01Q01N02"}, "area", "same"),
        ({"pcode": "IQG01Q02"}, "area", "different"),
        ({"population_group": "host;idp_camp"}, "population", "nested"),
        ({"population_group": "host"}, "population", "different"),
        ({"population_group": ""}, "population", "unknown"),
        ({"characteristic": "disability"}, "characteristic", "nested"),
        ({"end": None}, "time", "unknown"),
        ({"start": None, "end": date(2020, 12, 31)}, "time", "different"),
    ],
)
def test_each_dimension_has_its_relation(other: dict[str, Any], name: str, relation: str) -> None:
    a, b = act("a1", "01-01", "01-31"), act("b1", "01-01", "01-31") | other
    assert relations(a, b, AS_IS)[name] == relation == relations(b, a, AS_IS)[name]
    grades = [pair["grade"] for pair in pairs([a, b], AS_IS)]
    assert grades == {"same": ["confirmed"], "different": []}.get(relation, ["possible"])


def test_a_pair_is_named_by_its_coarser_service() -> None:
    for service, named in (("health", "health"), ("mhpss", "mhpss"), ("mhpss_group", "mhpss"), ("", "")):
        both = [act("a1", "01-01", "01-31"), act("b1", "01-01", "01-31", service=service)]
        assert pairs(both, AS_IS)[0]["service"] == named == pairs(both[::-1], AS_IS)[0]["service"]


def test_functions_part_only_where_neither_holds_the_other() -> None:
    care = act("a1", "01-01", "01-31", function="direct_care")
    for function, count in (("advocacy", 0), ("direct_training", 0), ("direct_support", 1), ("", 1)):
        assert len(pairs([care, act("b1", "01-01", "01-31", function=function)], AS_IS)) == count


def test_a_shared_project_is_joint_and_a_named_partner_a_chain() -> None:
    a = act("a1", "01-01", "01-31", project_id="P", programme_organisation="c")
    others = [act("b1", "01-01", "01-31", project_id="P"), act("c1", "01-01", "01-31")]
    assert [p["kind"] for p in pairs([a, *others], AS_IS)] == ["joint", "chain", "overlap"]
    assert overlaps([a, others[0]], AS_IS) == [] == overlaps([a, others[1]], AS_IS)


def test_sites_are_the_same_by_name_and_place() -> None:
    a = act("a1", "01-01", "01-31", site="Camp One")
    for site, pcode, answer in [
        ("camp  one", "IQG01Q01", "yes"), ("Camp One", "IQG01", "unknown"), ("", "IQG01Q01", "unknown"),
        ("Camp One", "IQG01Q02", "no"), ("Camp Two", "IQG01Q01", "no"), ("Camp One", "", "unknown"),
    ]:  # fmt: skip
        assert same_site(a, a | {"site": site, "pcode": pcode}) == answer


def test_a_relay_of_three_organisations_is_one_row_and_a_day_apart_makes_two() -> None:
    relay = [act("a1", "01-01", "01-20"), act("b1", "01-11", "02-10"), act("c1", "01-31", "02-28")]
    first, second = overlaps(relay, AS_IS)
    assert (first["start"], first["end"], first["org_ids"]) == (day("01-11"), day("01-20"), "a;b")
    assert (second["start"], second["end"], second["org_ids"]) == (day("01-31"), day("02-10"), "b;c")
    (whole,) = overlaps([*relay, act("a2", "01-21", "01-30")], AS_IS)
    assert (whole["days"], whole["org_count"], whole["activity_ids"]) == (31, 3, "a1;a2;b1;c1")


def test_a_row_tells_of_sites_funders_and_csos() -> None:
    a = act("a1", "01-01", "01-31", site="Camp One", funder="x;y")
    b = act("b1", "01-31", "02-10", site="camp one", funder="y", organisation_type="un")
    (row,) = overlaps([a, b], AS_IS)
    assert (row["same_site"], row["funders_known"], row["same_funder"], row["cso_count"]) == (
        "yes",
        "yes",
        "yes",
        1,
    )
    (row,) = overlaps([a | {"funder": ""}, b | {"site": "Camp Two"}], AS_IS)
    assert (row["same_site"], row["funders_known"], row["same_funder"]) == ("no", "no", "unknown")


def test_an_unknown_function_joins_each_function_of_the_cell() -> None:
    told = [
        act("a1", "01-01", "01-31", function="advocacy"),
        act("b1", "01-01", "01-31", function="direct_care"),
    ]
    assert overlaps(told, AS_IS) == []
    rows = overlaps([*told, act("c1", "01-01", "01-31")], AS_IS)
    assert sorted(r["org_ids"] for r in rows) == ["a;c", "b;c"]
    (row,) = overlaps([*told, act("c1", "03-01", "03-31"), act("d1", "03-01", "03-31")], AS_IS)
    assert row["org_ids"] == "c;d"


def test_a_function_joins_the_cells_of_what_is_below_it() -> None:
    told = [act("a1", "01-01", "01-31", function="direct_support")]
    told += [act("b1", "01-01", "01-31", function="direct_care")]
    told += [act("c1", "01-01", "01-31", function="direct_training")]
    assert sorted(r["org_ids"] for r in overlaps(told, AS_IS)) == ["a;b", "a;c"]


def test_what_is_known_more_coarsely_is_possible_and_counted_beside_the_row() -> None:
    both = [act("a1", "01-01", "01-31"), act("b1", "01-01", "01-31")]
    coarse = [
        act("c1", "01-01", "01-31", service="health"), act("c2", "01-31", "", population_group="all"),
        act("d1", "", "01-01", pcode="IQG01"), act("e1", "01-10", "01-10", service=""),
    ]  # fmt: skip
    outside = [
        act("a2", "01-01", "01-31", service="health"), act("f1", "02-01", "", service="health"),
        act("f2", "01-01", "01-31", service="wash"), act("f3", "01-01", "", characteristic="disability"),
        act("f4", "01-01", "01-31", population_group="idp_camp", pcode="IQG01"),
        act("f5", "01-01", "", status="planned"),
    ]  # fmt: skip
    (row,) = overlaps([*both, *coarse, *outside], AS_IS)
    assert (row["org_ids"], row["possible_count"]) == ("a;b", 4)


def test_the_window_clips_and_the_site_level_keeps_camps_apart() -> None:
    both = [act("a1", "01-01", "01-31", site="Camp One"), act("b1", "01-11", "02-10", site="Camp Two")]
    (row,) = overlaps(both, Params(TREES, from_=day("01-21"), to=day("01-25")))
    assert (row["start"], row["end"], row["days"]) == (day("01-21"), day("01-25"), 5)
    by_site = Params(TREES, area_level="site")
    assert overlaps(both, by_site) == [] == pairs(both, by_site)
    assert pairs([both[0], both[1] | {"site": ""}], by_site)[0]["area_relation"] == "nested"
