"""Kept mappings: the newest holds, nothing is lost, and what is undone is as if it had not been said."""

import pytest

from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.store import Decisions
from csomap.store.mappings import Mappings

FIRST = {"columns": {"organisation": {"headers": ["Partner"]}}, "required": ["organisation"]}
SECOND = {"columns": {"organisation": {"headers": ["Donor"]}}, "required": ["organisation"]}


@pytest.fixture
def mappings(settings: Settings) -> Mappings:
    return Mappings(settings)


def test_a_mapping_is_found_by_the_fingerprint_of_its_headers(mappings: Mappings) -> None:
    mappings.keep("abc", FIRST, "january.csv", who="planner")
    assert mappings.kept() == {"abc": {**FIRST, "title": "january.csv"}}
    [row] = mappings.table().to_dict("records")
    assert (row["who"], row["name"], row["columns"]) == ("planner", "january.csv", 1)


def test_the_newest_holds_and_undoing_it_brings_the_older_one_back(mappings: Mappings) -> None:
    mappings.keep("abc", FIRST, "january.csv")
    newer = mappings.keep("abc", SECOND, "february.csv")
    assert mappings.kept()["abc"]["title"] == "february.csv"
    mappings.undo(newer)
    assert mappings.kept()["abc"]["title"] == "january.csv"


def test_the_same_mapping_is_not_kept_twice(mappings: Mappings) -> None:
    first = mappings.keep("abc", FIRST, "january.csv")
    assert mappings.keep("abc", FIRST, "february.csv") == first
    assert len(mappings.table()) == 1


def test_the_same_mapping_is_kept_for_each_of_two_kinds_of_headers(mappings: Mappings) -> None:
    first, second = (mappings.keep(key, FIRST, "january.csv") for key in ("abc", "def"))
    assert list(mappings.table()["id"]) == [second, first]
    assert set(mappings.kept()) == {"abc", "def"}


def test_what_was_undone_stays_in_the_history(mappings: Mappings, settings: Settings) -> None:
    mappings.undo(mappings.keep("abc", FIRST, "january.csv"))
    assert mappings.kept() == {}
    assert "mapping" in set(Decisions(settings).history()["kind"])


def test_what_was_never_kept_cannot_be_undone(mappings: Mappings) -> None:
    with pytest.raises(BadInput):
        mappings.undo(99)
