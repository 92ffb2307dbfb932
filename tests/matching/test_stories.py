"""The rules of overlap in the words of the contract, one small story each.

In each story `a1` is an activity of organisation `a`, the same work for the same people in the same district.
"""

from typing import Any

import pandas as pd
import pytest

from csomap import flow
from csomap.engine import run
from csomap.matching import runs
from csomap.resolve.normalise import normalise
from csomap.tables.query import Query
from tests.flow.forms import act, data
from tests.oracle.pools import REPORT_COLUMNS, frame
from tests.oracle.stories import day, rep

JANUARY = ("01-01", "01-31")


def overlaps(*activities: dict[str, Any], **asked: Any) -> list[dict[str, Any]]:
    return flow.find_overlaps(data(*activities), Query(**asked)).to_dict("records")


def pairs(*activities: dict[str, Any], **asked: Any) -> list[dict[str, Any]]:
    return flow.find_pairs(data(*activities), Query(**asked)).to_dict("records")


def two(**second: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two organisations that do the same all January; the second as told."""
    return act("a1", *JANUARY), act("b1", *JANUARY) | second


def merged(*reports: dict[str, Any]) -> pd.DataFrame:
    table = frame(list(reports), REPORT_COLUMNS)
    table["site_key"] = table["site"].map(normalise)
    return run(runs.activities, memo="activities", reports=table).sort_values("start", ignore_index=True)


def spans(table: pd.DataFrame) -> list[tuple[str, str]]:
    return [(str(row.start.date())[5:], str(row.end.date())[5:]) for row in table.itertuples()]


# From reports to activities


def test_months_that_touch_are_one_activity_and_a_hole_splits() -> None:
    found = merged(rep(2, "01-01", "01-31"), rep(3, "02-01", "02-28"), rep(4, "04-01", "04-30"))
    assert spans(found) == [("01-01", "02-28"), ("04-01", "04-30")]


@pytest.mark.parametrize(("start", "count"), [("01-31", 1), ("02-01", 1), ("02-02", 2)])
def test_the_next_report_touches_if_it_starts_at_most_one_day_later(start: str, count: int) -> None:
    assert len(merged(rep(2, "01-01", "01-31"), rep(3, start, "02-28"))) == count


def test_a_report_without_an_end_is_never_merged() -> None:
    found = merged(rep(2, "01-01", "01-31"), rep(3, "02-01", ""), rep(4, "03-01", "03-31"))
    assert len(found) == 3


def test_an_activity_keeps_its_id_when_next_months_file_makes_it_longer() -> None:
    one = merged(rep(2, "01-01", "01-31"))
    longer = merged(rep(2, "01-01", "01-31"), rep(3, "02-01", "02-28"))
    assert one.loc[0, "activity_id"] == longer.loc[0, "activity_id"]


def test_an_own_id_that_names_two_activities_gets_a_hash_and_a_good_one_stays() -> None:
    found = merged(
        rep(2, "01-01", "01-31", activity_id="X"),
        rep(3, "04-01", "04-30", activity_id="X"),
        rep(4, "01-01", "01-31", activity_id="Y"),
    )
    ids = set(found["activity_id"])
    assert "Y" in ids and len(ids) == 3
    assert sum(name.startswith("X#") for name in ids) == 2


def test_another_site_function_or_project_is_another_activity() -> None:
    plain = rep(2, "01-01", "01-31")
    for other in ({"site": "Camp One"}, {"function": "advocacy"}, {"project_id": "P"}, {"service": "mhpss"}):
        assert len(merged(plain, rep(3, "02-01", "02-28", **other))) == 2


# Who overlaps


def test_two_organisations_that_do_the_same_overlap_on_their_days_in_common() -> None:
    (row,) = overlaps(act("a1", "01-01", "01-20"), act("b1", "01-11", "02-10"))
    assert (row["service"], row["pcode"], row["population_group"]) == ("mhpss", "IQG01Q01", "idp")
    assert (row["start"], row["end"], row["days"]) == (
        pd.Timestamp(day("01-11")),
        pd.Timestamp(day("01-20")),
        10,
    )
    assert (row["org_ids"], row["activity_ids"]) == ("a;b", "a1;b1")


def test_one_organisation_does_not_overlap_with_itself() -> None:
    same = act("a1", *JANUARY), act("a2", *JANUARY)
    assert overlaps(*same) == [] and pairs(*same) == []


def test_a_single_day_in_common_counts_and_the_next_day_does_not() -> None:
    (row,) = overlaps(act("a1", "01-01", "01-10"), act("b1", "01-10", "01-31"))
    assert row["days"] == 1
    assert overlaps(act("a1", "01-01", "01-10"), act("b1", "01-11", "01-31")) == []


def test_min_days_asks_for_more() -> None:
    for start, found in (("01-06", 1), ("01-07", 0)):
        both = act("a1", "01-01", "01-10"), act("b1", start, "01-31")
        assert len(overlaps(*both, min_days=5)) == len(pairs(*both, min_days=5)) == found


@pytest.mark.parametrize(
    ("second", "relation"),
    [
        ({"service": "mhpss_group"}, None),
        ({"pcode": "IQG01Q01N01"}, None),
        ({"population_group": "host;idp"}, None),
        ({"service": "health"}, ("service", "nested")),
        ({"service": ""}, ("service", "unknown")),
        ({"pcode": "IQG01"}, ("area", "nested")),
        ({"pcode": ""}, ("area", "unknown")),
        ({"population_group": "idp_camp"}, ("population", "nested")),
        ({"population_group": "all"}, ("population", "nested")),
        ({"population_group": ""}, ("population", "unknown")),
        ({"characteristic": "children"}, ("characteristic", "nested")),
        ({"end": None}, ("time", "unknown")),
    ],
)
def test_what_is_only_coarser_or_missing_is_possible_and_never_an_overlap(
    second: dict[str, Any], relation: tuple[str, str] | None
) -> None:
    (pair,) = pairs(*two(**second))
    names = ("service", "area", "population", "characteristic", "time")
    assert {name: pair[f"{name}_relation"] for name in names} == dict.fromkeys(names, "same") | dict(
        [relation or ("service", "same")]
    )
    assert pair["grade"] == ("possible" if relation else "confirmed")
    assert len(overlaps(*two(**second))) == (0 if relation else 1)


@pytest.mark.parametrize(
    "second",
    [
        {"service": "immunisation"},
        {"pcode": "IQG01Q02"},
        {"population_group": "returnee"},
        {"start": day("02-01"), "end": day("02-10")},
        {"organisation": "a"},
        {"status": "planned"},
        {"status": "cancelled"},
    ],
)
def test_what_differs_is_nothing_at_all(second: dict[str, Any]) -> None:
    assert pairs(*two(**second)) == [] and overlaps(*two(**second)) == []


def test_stated_characteristics_that_differ_are_other_people() -> None:
    one, other = act("a1", *JANUARY, characteristic="children"), act("b1", *JANUARY, characteristic="women")
    assert pairs(one, other) == [] and overlaps(one, other) == []
    assert len(overlaps(one, other | {"characteristic": "children;women"})) == 1


@pytest.mark.parametrize("status", ["ongoing", "completed", "suspended", ""])
def test_only_planned_and_cancelled_work_is_not_active(status: str) -> None:
    assert len(overlaps(*two(status=status))) == 1


# Coordination


def test_a_donor_and_its_implementer_are_a_chain_and_not_an_overlap() -> None:
    told = two(funder="a")
    assert [pair["kind"] for pair in pairs(*told)] == ["chain"] and overlaps(*told) == []
    assert [pair["kind"] for pair in pairs(*two(programme_organisation="x;a"))] == ["chain"]


def test_a_third_organisation_beside_a_chain_makes_an_overlap_of_all_three() -> None:
    (row,) = overlaps(*two(funder="a"), act("c1", *JANUARY))
    assert row["org_ids"] == "a;b;c"
    kinds = {(p["org_a"], p["org_b"]): p["kind"] for p in pairs(*two(funder="a"), act("c1", *JANUARY))}
    assert kinds == {("a", "b"): "chain", ("a", "c"): "overlap", ("b", "c"): "overlap"}


def test_one_project_of_two_is_joint_and_two_without_a_project_are_not() -> None:
    joint = act("a1", *JANUARY, project_id="P"), act("b1", *JANUARY, project_id="P")
    assert [pair["kind"] for pair in pairs(*joint)] == ["joint"] and overlaps(*joint) == []
    assert [pair["kind"] for pair in pairs(*two())] == ["overlap"]


def test_a_funder_whose_name_only_begins_alike_is_no_chain() -> None:
    assert [pair["kind"] for pair in pairs(*two(funder="aa;ba"))] == ["overlap"]


# Runs and cells


def test_a_beside_b_and_later_c_beside_d_are_one_row_of_four_and_two_pairs() -> None:
    told = (
        act("a1", "01-01", "01-20"),
        act("b1", "01-01", "01-20"),
        act("c1", "01-21", "02-10"),
        act("d1", "01-21", "02-10"),
    )
    (row,) = overlaps(*told)
    assert (row["org_ids"], row["org_count"], row["days"]) == ("a;b;c;d", 4, 41)
    assert [(p["org_a"], p["org_b"]) for p in pairs(*told)] == [("a", "b"), ("c", "d")]
    members, behind = flow.card(data(*told), pd.Series(row), Query())
    assert len(members) == 4 and len(behind) == 2


def test_a_day_with_one_organisation_alone_ends_the_run() -> None:
    found = overlaps(act("a1", "01-01", "01-10"), act("a2", "01-12", "01-20"), act("b1", "01-01", "01-20"))
    assert [row["days"] for row in found] == [10, 9]
    assert len({row["overlap_id"] for row in found}) == 2


def test_an_activity_stands_in_one_cell_for_each_of_its_groups() -> None:
    both = (act(name, *JANUARY, population_group="host;idp") for name in ("a1", "b1"))
    assert sorted(row["population_group"] for row in overlaps(*both)) == ["host", "idp"]


def test_different_functions_are_different_cells_and_an_unknown_one_joins() -> None:
    advocacy, support = (
        act("a1", *JANUARY, function="advocacy"),
        act("b1", *JANUARY, function="direct_support"),
    )
    assert overlaps(advocacy, support) == [] == pairs(advocacy, support)
    found = overlaps(advocacy, support, act("c1", *JANUARY))
    assert sorted(row["org_ids"] for row in found) == ["a;c", "b;c"]


def test_an_unknown_function_joins_a_sub_function_too() -> None:
    (row,) = overlaps(act("a1", *JANUARY, function="direct_education"), act("b1", *JANUARY))
    assert row["org_ids"] == "a;b"


def test_a_coarser_function_joins_the_cell_of_a_finer_one_and_is_told_once() -> None:
    told = [act(name, *JANUARY, function="direct_support") for name in ("a1", "b1")]
    found = overlaps(*told, act("c1", *JANUARY, function="direct_education"))
    assert {row["org_ids"]: row["possible_count"] for row in found} == {"a;b;c": 0}


def test_a_sub_function_is_not_different_from_its_function() -> None:
    (row,) = overlaps(
        act("a1", *JANUARY, function="direct_support"), act("b1", *JANUARY, function="direct_education")
    )
    assert row["org_ids"] == "a;b"


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("Camp One", "camp  one", "yes"),
        ("Camp One", "Camp Two", "no"),
        ("Camp One", "", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_same_site_is_yes_no_or_unknown(one: str, other: str, answer: str) -> None:
    told = act("a1", *JANUARY, site=one), act("b1", *JANUARY, site=other)
    (row,), (pair,) = overlaps(*told), pairs(*told)
    assert row["same_site"] == pair["same_site"] == answer


def test_at_level_site_two_camps_of_a_district_are_two_places() -> None:
    one, other = act("a1", *JANUARY, site="Camp One"), act("b1", *JANUARY, site="Camp Two")
    assert len(overlaps(one, other)) == 1 and overlaps(one, other, area_level="site") == []
    (row,) = overlaps(one, other | {"site": "camp one"}, area_level="site")
    assert row["pcode"] == "IQG01Q01|camp one"


def test_funders_are_told() -> None:
    for first, second, known, same in (
        ("x", "x;y", "yes", "yes"),
        ("x", "y", "yes", "no"),
        ("x", "", "no", "unknown"),
    ):
        (row,) = overlaps(act("a1", *JANUARY, funder=first), act("b1", *JANUARY, funder=second))
        assert (row["funders_known"], row["same_funder"]) == (known, same)


def test_csos_are_counted() -> None:
    (row,) = overlaps(*two(organisation_type="ingo"))
    assert (row["org_count"], row["cso_count"]) == (2, 1)


# What is only possible


def test_possible_count_names_others_that_are_coarser_and_could_fall_into_the_run() -> None:
    could = [
        act("c1", *JANUARY, service="health"),
        act("d1", *JANUARY, pcode="IQG01"),
        act("e1", *JANUARY, population_group=""),
        act("f1", "01-20", ""),
    ]
    could_not = [
        act("g1", *JANUARY, service="immunisation"),
        act("h1", *JANUARY, pcode="IQG02"),
        act("i1", "02-05", ""),
        act("a2", *JANUARY, service="health"),
        act("j1", *JANUARY, service="health", status="planned"),
        act("k1", *JANUARY, service="health", function="advocacy"),
    ]
    told = [act("a1", *JANUARY, function="direct_support"), act("b1", *JANUARY, function="direct_support")]
    (alone,), (row,) = overlaps(*told), overlaps(*told, *could, *could_not)
    assert (alone["possible_count"], row["possible_count"]) == (0, len(could))
    assert row["overlap_id"] == alone["overlap_id"]


def test_a_filter_still_counts_what_is_coarser_than_it() -> None:
    told = [*two(), act("c1", *JANUARY, pcode="IQG01"), act("d1", *JANUARY, pcode="IQG02")]
    (row,) = overlaps(*told, place="IQG01Q01", topic="mhpss")
    assert (row["org_ids"], row["possible_count"]) == ("a;b", 1)


# Filters and windows


def test_periods_are_clipped_before_days_are_counted() -> None:
    (row,) = overlaps(*two(), start=day("01-10"), end=day("01-12"))
    assert (row["days"], row["start"], row["end"]) == (
        3,
        pd.Timestamp(day("01-10")),
        pd.Timestamp(day("01-12")),
    )
    assert overlaps(*two(), start=day("01-10"), end=day("01-13"), min_days=5) == []
    assert overlaps(*two(), start=day("02-01")) == []
    assert [pair["days"] for pair in pairs(*two(), end=day("01-05"))] == [5]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"sector": "health"}, 1),
        ({"topic": "mhpss"}, 1),
        ({"service": "mhpss_counselling"}, 1),
        ({"topic": "immunisation"}, 0),
        ({"population": "idp"}, 1),
        ({"population": "idp_camp"}, 0),
        ({"population": "all"}, 1),
        ({"place": "IQG01"}, 1),
        ({"place": "IQG01Q01"}, 1),
        ({"place": "IQG01Q01N01"}, 0),
        ({"place": "IQG02"}, 0),
        ({"organisation_type": "cso"}, 1),
        ({"organisation_type": "un"}, 0),
    ],
)
def test_a_filter_keeps_the_codes_at_or_below_it(asked: dict[str, Any], found: int) -> None:
    assert len(pairs(*two(), **asked)) == found


def test_at_sector_level_different_services_meet_and_at_service_level_topics_do_not() -> None:
    told = two(service="immunisation")
    assert [row["service"] for row in overlaps(*told, service_level="sector")] == ["health"]
    assert overlaps(*two(service="mhpss_group"), service_level="service") == []


# Ids


def test_an_overlap_keeps_its_id_when_it_grows_longer_and_not_when_somebody_joins() -> None:
    (row,) = overlaps(*two())
    (longer,) = overlaps(act("a1", "01-01", "03-31"), act("b1", "01-01", "03-31"))
    (joined,) = overlaps(*two(), act("c1", *JANUARY))
    assert row["overlap_id"] == longer["overlap_id"] != joined["overlap_id"]
