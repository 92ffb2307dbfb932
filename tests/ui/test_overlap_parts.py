"""What the page of overlaps reckons by itself: which rows are listed, which comes next, where, with whom."""

import pandas as pd
import pytest

from csomap.ui.overlap_coordination import coordinated
from csomap.ui.overlap_filters import listed
from csomap.ui.overlap_map import spots
from csomap.ui.overlap_matrix import counted
from csomap.ui.overlap_steps import next_undecided

ROWS = pd.DataFrame(
    {
        "overlap_id": ["a", "b", "c", "d", "e"],
        "verdict": ["undecided", "mixed", "shared_load", "undecided", "duplicate_work"],
        "is_open": [True, True, False, False, False],  # of d nobody was there long enough to be asked about
        "is_decided": [False, False, True, False, True],
        "is_new": [False, True, False, False, True],
        "strength": [80, 50, 49, 25, 0],
        "cause": ["duplicate_work", "none", "shared_load", "none", "none"],
    }
)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, "abcde"),
        ({"verdict": "undecided"}, "ab"),
        ({"verdict": "decided"}, "ce"),
        ({"verdict": "mixed"}, "b"),
        ({"verdict": "new"}, "be"),
        ({"strength": "50"}, "ab"),
        ({"cause": "none", "strength": "25"}, "bd"),
        ({"verdict": "data_error"}, ""),
    ],
)
def test_choices_of_verdict_cause_and_strength_add_up(asked: dict[str, str], kept: str) -> None:
    assert "".join(listed(ROWS, **asked)["overlap_id"]) == kept


@pytest.mark.parametrize(("at", "then"), [("a", "b"), ("b", "a"), ("c", "a"), ("gone", "a")])
def test_the_next_undecided_begins_again_at_the_top(at: str, then: str) -> None:
    assert next_undecided(ROWS, at) == then


def test_after_the_last_undecided_there_is_no_next_one() -> None:
    assert next_undecided(ROWS.iloc[[0, 2]], "a") == ""


def test_coordinates_speak_before_the_middle_of_a_place_and_nobody_located_is_nowhere() -> None:
    activities = pd.DataFrame(
        {
            "organisation": ["x", "y", "y", "z"],
            "pcode": ["IQG15Q05", "IQG15Q05", "IQG15Q05", ""],
            "latitude": [36.3, None, None, 36.3],
            "longitude": [43.2, None, None, None],
        }
    )
    found = spots(activities).set_index("organisations")
    assert set(found.index) == {"x", "y"}
    assert (found.loc["x", "lat"], found.loc["x", "exact"]) == (36.3, True)
    assert not found.loc["y", "exact"]
    assert found.loc["y", "count"] == 1


def test_coordination_tells_each_two_organisations_once_and_never_what_is_only_possible() -> None:
    pairs = pd.DataFrame(
        {
            "activity_a": ["1", "2", "3", "4"],
            "org_a": ["x", "y", "x", "x"],
            "org_b": ["y", "x", "y", "z"],
            "kind": ["joint", "joint", "overlap", "chain"],
            "grade": ["confirmed", "confirmed", "confirmed", "possible"],
            "service": ["srh", "mhpss", "srh", "srh"],
            "days": [10.0, 30.0, 5.0, 5.0],
        }
    )
    found = coordinated(pairs, pd.Series({"1": "A", "2": "B", "3": "C", "4": "D"}))
    assert len(found) == 1
    assert found.iloc[0].to_dict() == {
        "kind": "joint",
        "org_a": "x",
        "org_b": "y",
        "services": "mhpss;srh",
        "places": "A;B",
        "pair_count": 2,
        "days_together": 30.0,
    }


def test_the_matrix_counts_each_row_once() -> None:
    rows = pd.DataFrame({"service": ["s", "s", "t"], "pcode": ["A", "A", "B"]})
    assert counted(rows).to_dict() == {"A": {"s": 2, "t": 0}, "B": {"s": 0, "t": 1}}
