"""The oracle's coverage against stories small enough to count on fingers."""

from dataclasses import replace

import pytest

from .coverage import CoverageParams, coverage
from .stories import FIRST_QUARTER, TREES, act


def test_coverage_counts_months_of_organisations_and_people() -> None:
    told = [
        act("a1", "01-01", "02-28", reached=5.0, reached_sum=9.0),
        act("a2", "02-10", "02-20", reached=4.0, reached_sum=4.0, pcode="IQG01Q01N01"),
        act("b1", "03-31", "05-01", organisation_type="un"),
    ]
    (row,) = coverage(told, ["IQG01Q01"], ["mhpss"], FIRST_QUARTER)
    assert [row[c] for c in ("organisations", "cso_count", "activities", "months_active", "months")] == [
        2,
        1,
        3,
        3,
        3,
    ]
    assert [row[c] for c in ("continuity", "org_months", "reached_max", "reached_sum")] == [1.0, 3, 5.0, 13.0]
    assert (row["targeted_sum"], row["status"]) == (None, "covered")


def test_silence_a_gap_and_not_knowing_are_three_things() -> None:
    told = [act("a1", "01-01", "01-31"), act("b1", "01-01", "01-31", pcode="IQG02Q01", service="health")]
    told += [act("c1", "01-05", "", pcode="IQG03")]
    areas = ["IQG01Q01", "IQG01Q02", "IQG02Q01", "IQG03Q01"]
    rows = {(r["pcode"], r["service"]): r for r in coverage(told, areas, ["mhpss", "srh"], FIRST_QUARTER)}
    assert [rows[a, "mhpss"]["status"] for a in areas] == ["thin", "no_data", "unknown", "unknown"]
    assert [rows[a, "srh"]["status"] for a in areas] == ["gap", "no_data", "unknown", "no_data"]
    assert [rows[a, "mhpss"]["unspecified"] for a in areas] == [0, 0, 1, 1]
    assert [rows[a, "mhpss"]["unlocated"] for a in areas] == [0, 0, 0, 1]


def test_two_organisations_are_thin_if_short_or_few_for_the_people() -> None:
    told = [act("a1", "01-01", "01-31"), act("b1", "01-01", "01-31")]
    lasting = act("a2", "02-01", "02-01", status="completed")
    needs = {("IQG01", "mhpss"): 3_000_000.0}
    strict = replace(FIRST_QUARTER, needs=needs, thin_per_100k=0.1)
    lenient = replace(strict, thin_per_100k=0.05)
    for activities, asked, status in [
        (told, FIRST_QUARTER, "thin"), ([*told, lasting], FIRST_QUARTER, "covered"),
        ([*told, lasting | {"status": "planned"}], FIRST_QUARTER, "thin"),
        ([*told, lasting], strict, "thin"), ([*told, lasting], lenient, "covered"),
    ]:  # fmt: skip
        assert coverage(activities, ["IQG01"], ["mhpss"], asked)[0]["status"] == status


def test_what_is_not_active_or_not_in_the_window_is_not_counted_but_is_not_silence() -> None:
    cancelled = act("a1", "01-01", "01-31", status="cancelled")
    (row,) = coverage(
        [cancelled, act("b1", "04-01", "04-30"), act("c1", "", "")], ["IQG01Q01"], ["mhpss"], FIRST_QUARTER
    )
    assert (row["activities"], row["unspecified"], row["status"]) == (0, 0, "gap")
    (row,) = coverage(
        [act("b1", "04-01", "04-30"), act("c1", "", "")], ["IQG01Q01"], ["mhpss"], FIRST_QUARTER
    )
    assert row["status"] == "no_data"


def test_the_gap_score_weighs_presence_against_need() -> None:
    told = [act("a1", "01-01", "03-31"), act("b1", "01-01", "01-31", pcode="IQG01Q02")]
    asked = CoverageParams(
        TREES,
        *(FIRST_QUARTER.from_, FIRST_QUARTER.to),
        needs={("IQG01Q01", "mhpss"): 100, ("IQG01Q02", "mhpss"): 300},
    )
    rows = coverage(told, ["IQG01Q01", "IQG01Q02", "IQG01Q03"], ["mhpss"], asked)
    assert [r["presence_share"] for r in rows] == [0.75, 0.25, 0.0]
    assert [r["need_share"] for r in rows] == [0.25, 0.75, None]
    assert [r["gap_score"] for r in rows] == [-0.5, 0.5, None]
    assert [r["organisations_per_100k"] for r in rows] == [1000.0, pytest.approx(100_000 / 300), None]


def test_a_group_is_counted_at_or_below_and_a_coarser_one_is_unspecified() -> None:
    groups = ["idp_camp;host", "all", "", "host"]
    told = [act(f"{o}1", "01-01", "01-31", population_group=g) for o, g in zip("abcd", groups, strict=True)]
    asked = CoverageParams(TREES, FIRST_QUARTER.from_, FIRST_QUARTER.to, population_group="idp")
    (row,) = coverage(told, ["IQG01Q01"], ["mhpss"], asked)
    assert (row["activities"], row["unspecified"], row["unlocated"]) == (1, 2, 0)
