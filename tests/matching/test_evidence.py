"""Each reason of the evidence in a small story, and how the strength is made of them.

In each story organisation `b` does what `a` does, where nothing else is told.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from csomap import flow
from csomap.settings import rules
from csomap.tables.query import Query
from tests.flow.forms import act, data

YEAR = ("01-01", "12-31")
Cells = dict[str, Any]


def story(nth: int, side: str, cells: Cells) -> Cells:
    """Return the plain activity of `a` or `b` with some cells changed; `when` are its days."""
    changed = dict(cells)
    days = changed.pop("when", YEAR)
    return act(f"{side}{nth}", *days, **changed)


def told(stories: Sequence[tuple[Cells, Cells]], asked: Query | None = None, **pair: Any) -> flow.Evidence:
    """Return the evidence of a0 and b0, a1 and b1...: one pair for each story."""
    rows = [
        story(n, side, one) for n, both in enumerate(stories) for side, one in zip("ab", both, strict=True)
    ]
    ids = {f"activity_{side}": [f"{side}{n}" for n in range(len(stories))] for side in "ab"}
    return flow.evidence_of_pairs(data(*rows), asked or Query(), pd.DataFrame(ids | pair))


def answers(reason: str, stories: Sequence[tuple[Cells, Cells]], **pair: Any) -> list[tuple[str, ...]]:
    """Return answer, value, value_a and value_b of one reason for each story."""
    found = told(stories, **pair).reasons
    own = found[found["reason"] == reason].assign(nth=found["activity_a"].str[1:].astype(int))
    columns = ["answer", "value", "value_a", "value_b"]
    return list(own.sort_values("nth")[columns].itertuples(index=False, name=None))


def shared(found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the answers with what both have in common."""
    return [one[:2] for one in found]


SERVICES = [
    ("mhpss_group", "mhpss_group", "same", "mhpss_group"),
    ("wash_hygiene_kits", "wash_hygiene_kits", "same", "wash_hygiene_kits"),
    ("mhpss_helpline", "mhpss_helpline", "everywhere", "mhpss_helpline"),
    ("mhpss", "mhpss", "coarse", "mhpss"),
    ("mhpss", "mhpss_group", "nested", "mhpss"),
    ("mhpss_counselling", "mhpss_group", "related", "mhpss"),
    ("mhpss_counselling", "srh", "different", ""),
    ("mhpss_counselling", "wash", "different", ""),
    ("health", "mhpss_group", "sector", "health"),
    ("", "mhpss_group", "unknown", ""),
]


def test_services_are_compared_on_their_tree() -> None:
    stories = [({"service": one}, {"service": two}) for one, two, *_ in SERVICES]
    expected = [(answer, code, one, two) for one, two, answer, code in SERVICES]
    assert answers("service", stories) == expected


def test_at_the_level_of_the_sector_nobody_knows_that_the_work_is_the_same() -> None:
    here = {"site": "Camp Laleh"}
    found = told([(here, here)], Query(service_level="sector"))
    reasons = found.reasons.set_index("reason")
    assert reasons.loc["service", "answer"] == "sector"
    assert found.pairs[["strength", "cause", "cause_reason"]].to_dict("records") == [
        {"strength": 0, "cause": "", "cause_reason": ""}
    ]


PEOPLE = [
    ("population", "population_group", "idp;host", "host", "same", "host"),
    ("population", "population_group", "idp", "idp_camp", "nested", "idp"),
    ("population", "population_group", "host", "idp_camp", "different", ""),
    ("population", "population_group", "", "idp_camp", "unknown", ""),
    ("characteristic", "characteristic", "", "", "everybody", ""),
    ("characteristic", "characteristic", "women;children", "women", "same", "women"),
    ("characteristic", "characteristic", "children", "children_under_5", "within", "children"),
    ("characteristic", "characteristic", "", "women", "nested", "women"),
    ("characteristic", "characteristic", "older_people", "women", "different", ""),
    ("function", "function", "direct_education", "direct_education", "same", "direct_education"),
    ("function", "function", "direct_support", "direct_education", "nested", "direct_support"),
    ("function", "function", "direct_basic_services", "direct_education", "step", "direct_support"),
    ("function", "function", "advocacy", "direct_education", "different", ""),
    ("function", "function", "", "", "unknown", ""),
]


@pytest.mark.parametrize("reason", ["population", "characteristic", "function"])
def test_people_and_functions_are_compared_on_their_trees(reason: str) -> None:
    own = [row[1:] for row in PEOPLE if row[0] == reason]
    stories = [({column: one}, {column: two}) for column, one, two, *_ in own]
    assert shared(answers(reason, stories)) == [(answer, code) for *_, answer, code in own]


AREAS = [
    ("IQG01Q01N01", "IQG01Q01N01", "same_subdistrict", "IQG01Q01N01"),
    ("IQG01Q01", "IQG01Q01", "same_district", "IQG01Q01"),
    ("IQG01", "IQG01", "same_governorate", "IQG01"),
    ("IQG01Q01N01", "IQG01Q01", "nested", "IQG01Q01"),
    ("IQG01", "IQG01Q01N01", "nested_wide", "IQG01"),
    ("IQG01Q01N01", "IQG01Q01N02", "apart", ""),
    ("IQG01Q01", "IQG01Q02", "different", ""),
    ("IQG01Q01N01", "", "unknown", ""),
]


def test_places_are_compared_as_finely_as_they_are_told() -> None:
    stories = [({"pcode": one}, {"pcode": two}) for one, two, *_ in AREAS]
    assert answers("area", stories) == [(answer, wider, one, two) for one, two, answer, wider in AREAS]


def at(north: float | None, **cells: Any) -> Cells:
    return {"latitude": north, "longitude": 44.0, **cells}


def test_a_tenth_of_a_degree_of_latitude_is_eleven_kilometres() -> None:
    stories = [(at(33.0), at(north)) for north in (33.1, 33.0, 33.005, 33.03, None)]
    told_km = [("far", "11.1"), ("same_point", "0.0"), ("here", "0.6"), ("near", "3.3"), ("unknown", "")]
    assert shared(answers("distance", stories)) == told_km


def test_places_on_two_sides_of_a_border_may_be_near() -> None:
    stories = [(at(33.0, pcode="IQG01Q01"), at(33.02, pcode="IQG02Q01"))]
    assert shared(answers("area", stories)) == [("near", "")]


def test_sites_of_one_name_in_places_that_lie_apart_are_two_sites() -> None:
    here, there = ({"site": "Al-Nasr PHCC", "pcode": f"IQG01Q01N0{n}"} for n in (1, 2))
    assert [one[0] for one in answers("site", [(here, here), (here, there)])] == ["same", "other"]


WHEN = [
    (YEAR, YEAR, "most", ("365", "1.0", "1.0")),
    (YEAR, ("03-01", "03-31"), "most", ("31", "0.08", "1.0")),
    (("01-01", "06-30"), ("06-01", "12-31"), "part", ("30", "0.17", "0.14")),
    (("01-01", "06-30"), ("06-30", "12-31"), "brief", ("1", "0.01", "0.01")),
    (("01-01", "06-30"), ("07-01", "12-31"), "after", ("0", "", "")),
    (("01-01", "06-30"), ("07-31", "12-31"), "after", ("30", "", "")),
    (("01-01", "06-30"), ("09-01", "12-31"), "different", ("", "", "")),
    (("01-01", ""), ("03-01", ""), "open", ("", "", "")),
    (("01-01", "02-28"), ("03-01", ""), "different", ("", "", "")),
    (("", ""), YEAR, "unknown", ("", "", "")),
]


def test_days_together_and_their_share_of_each_ones_own_time() -> None:
    stories = [({"when": one}, {"when": two}) for one, two, *_ in WHEN]
    assert answers("time", stories) == [(answer, *numbers) for _, _, answer, numbers in WHEN]


def test_a_window_clips_the_periods_before_days_are_counted() -> None:
    found = told([({}, {})], Query(start=dt.date(2021, 3, 1), end=dt.date(2021, 3, 31)))
    assert found.pairs["days"].tolist() == [31]
    assert found.reasons.set_index("reason").loc["time", "value_a"] == "1.0"


BETWEEN = [
    ("funder", {"funder": "x;y"}, {"funder": "y;z"}, "same", "y"),
    ("funder", {"funder": "x"}, {"funder": "z"}, "different", ""),
    ("funder", {"funder": ""}, {"funder": "z"}, "unknown", ""),
    ("project", {"project_id": "p"}, {"project_id": "p"}, "same", "p"),
    ("project", {"project_id": "p"}, {"project_id": "q"}, "different", ""),
    ("project", {"project_id": ""}, {"project_id": "q"}, "unknown", ""),
    ("role", {"programme_organisation": "b"}, {}, "programme", "b"),
    ("role", {}, {"funder": "a;z"}, "funder", "a"),
    ("role", {"programme_organisation": "a;x"}, {"programme_organisation": "x"}, "same_lead", "x"),
    ("role", {"programme_organisation": "a"}, {"programme_organisation": "b"}, "none", ""),
    ("role", {"organisation_type": "donor"}, {}, "donor", "a"),
    ("role", {}, {"organisation_type": "government"}, "authority", "b"),
    ("status", {"status": "planned"}, {}, "planned", ""),
    ("status", {"status": "planned"}, {"status": "suspended"}, "stopped", ""),
    ("status", {"status": ""}, {"status": "completed"}, "active", ""),
]


@pytest.mark.parametrize("reason", ["funder", "project", "role", "status"])
def test_what_joins_the_two_or_does_not(reason: str) -> None:
    own = [row[1:] for row in BETWEEN if row[0] == reason]
    found = answers(reason, [(one, two) for one, two, *_ in own])
    assert shared(found) == [(answer, value) for *_, answer, value in own]


NEEDS = [
    (2000.0, "small", "0.02"),
    (500.0, "part", "0.08"),
    (30.0, "above", "1.3333"),
    (float("nan"), "unknown", ""),
]


def test_both_targets_are_measured_against_the_people_in_need() -> None:
    stories = [({"targeted": 30.0}, {"targeted": 10.0})] * len(NEEDS)
    found = answers("scale", stories, people_in_need=[need for need, *_ in NEEDS])
    assert shared(found) == [(answer, share) for _, answer, share in NEEDS]


def test_without_a_target_of_each_nobody_knows_the_share() -> None:
    assert shared(answers("scale", [({"targeted": 30.0}, {})], people_in_need=100.0)) == [("unknown", "")]


def test_inhabitants_are_not_people_in_need_and_no_figure_is_split_downwards() -> None:
    all_there = {"population_group": "all", "pcode": "IQG01", "targeted": 500.0}
    finer = all_there | {"pcode": "IQG01Q01"}
    stories = [(all_there, all_there), (finer, finer)]
    assert [one[0] for one in answers("need", stories)] == ["population", "unknown"]
    assert [one[0] for one in answers("scale", stories)] == ["population", "unknown"]


def test_displaced_people_are_measured_by_their_own_figure_and_not_by_a_wider_one() -> None:
    idp = {"population_group": "idp", "pcode": "IQG09Q02"}
    camp = idp | {"population_group": "idp_camp"}
    assert [one[0] for one in answers("need", [(idp, idp), (camp, camp)])] == ["idp", "unknown"]


REPORTS = [
    ({"targeted": 42.0}, {"targeted": 42.0}, "same", "42"),
    ({"targeted": 42.0}, {"targeted": 42.0, "when": ("01-02", "12-31")}, "same_figure", "42"),
    ({"targeted": 500.0}, {"targeted": 500.0}, "round", "500"),
    ({"targeted": 5.0}, {"targeted": 5.0}, "round", "5"),
    ({"targeted": 500.0}, {"targeted": 500.0, "when": ("01-02", "12-31")}, "different", "500"),
    ({"targeted": 42.0, "reached": 7.0}, {"targeted": 43.0, "reached": 7.0}, "different", ""),
    ({"reached": 421.0}, {"targeted": 9.0, "reached": 421.0}, "same", "421"),
    ({"targeted": 42.0}, {"reached": 42.0}, "unknown", ""),
]


def test_equal_figures_and_dates_hint_at_one_activity_told_twice() -> None:
    found = answers("report", [(one, two) for one, two, *_ in REPORTS])
    assert shared(found) == [(answer, figure) for _, _, answer, figure in REPORTS]


def test_the_strength_is_the_base_and_the_points_of_every_answer() -> None:
    weights = rules()["evidence"]
    here = {"site": "Camp Laleh", "pcode": "IQG01Q01N01"}
    found = told([(here, here)], people_in_need=float("nan"))
    points = weights["points"]
    expected = weights["base"] + points["service"]["same"] + points["population"]["same"]
    expected += points["area"]["same_subdistrict"] + points["site"]["same"] + points["time"]["most"]
    assert found.pairs["strength"].tolist() == [expected]
    assert found.reasons["points"].sum() == expected
    assert found.reasons["reason"].iloc[0] == "start"


def test_of_several_activities_the_two_that_speak_most_are_shown() -> None:
    rows = data(
        act("a1", *YEAR, site="Camp Zerin"),
        act("a2", *YEAR, site="Camp Laleh"),
        act("b1", *YEAR, site="Camp Laleh"),
    )
    found = flow.find_evidence(rows, Query(), flow.find_overlaps(rows, Query()))
    pair = found.pairs.to_dict("records")[0]
    assert (pair["activity_a"], pair["activity_b"], pair["pair_count"]) == ("a2", "b1", 2)
    assert found.strengths[["strength", "cause"]].to_dict("records") == [
        {"strength": pair["strength"], "cause": pair["cause"]}
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_of_activities_that_speak_as_much_the_first_by_id_is_shown(order: tuple[int, ...]) -> None:
    rows = [act("a1", *YEAR, site="Post 1"), act("a2", *YEAR, site="Post 2"), act("b1", *YEAR)]
    told = data(*(rows[place] for place in order))
    found = flow.find_evidence(told, Query(), flow.find_overlaps(told, Query()))
    assert found.pairs["activity_a"].tolist() == ["a1"]


def test_a_row_of_overlaps_is_as_strong_as_its_strongest_pair_that_does_not_work_together() -> None:
    rows = data(
        act("a1", *YEAR, site="Camp Laleh", project_id="p"),
        act("b1", *YEAR, site="Camp Laleh", project_id="p"),
        act("c1", *YEAR, site="Camp Zerin"),
    )
    found = flow.find_evidence(rows, Query(), flow.find_overlaps(rows, Query()))
    kinds = dict(zip(found.pairs["org_a"] + found.pairs["org_b"], found.pairs["kind"], strict=True))
    assert kinds == {"ab": "joint", "ac": "overlap", "bc": "overlap"}
    strongest = found.pairs.loc[found.pairs["kind"] == "overlap", "strength"].max()
    assert found.strengths["strength"].tolist() == [strongest]


def test_no_overlaps_have_no_evidence() -> None:
    rows = data(act("a1", *YEAR))
    found = flow.find_evidence(rows, Query(), flow.find_overlaps(rows, Query()))
    assert found.pairs.empty and found.reasons.empty and found.strengths.empty
