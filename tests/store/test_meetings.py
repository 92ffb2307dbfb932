"""Meetings and actions among the decisions: names never clash between rooms, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from csomap.errors import Outdated
from csomap.settings import Settings
from csomap.store import Decisions
from csomap.store.meetings import ACTION, MEETING, Meetings, new_id


def test_a_name_that_somebody_has_is_not_given_twice(settings: Settings) -> None:
    names = iter(["m-1", "m-1", "m-1", "m-2"])
    rooms = Meetings(settings, lambda _: next(names))
    assert [rooms.add(MEETING, {"title": room})[0] for room in ("north", "south")] == ["m-1", "m-2"]


def test_the_name_of_a_meeting_that_was_taken_back_is_not_given_to_another(settings: Settings) -> None:
    names = iter(["m-1", "m-1", "m-2"])
    rooms = Meetings(settings, lambda _: next(names))
    _, made = rooms.add(MEETING, {"title": "a slip"})
    Decisions(settings).undo(made)
    assert rooms.add(MEETING, {"title": "the meeting"})[0] == "m-2"


def test_rooms_that_want_the_same_name_at_the_same_moment_each_get_their_own(settings: Settings) -> None:
    numbers = [count(1) for _ in range(6)]

    def keep(room: int) -> str:
        mine = Meetings(settings, lambda _: f"a-{next(numbers[room])}")
        return mine.add(ACTION, {"title": f"room {room}"})[0]

    Meetings(settings)
    with ThreadPoolExecutor(6) as rooms:
        given = list(rooms.map(keep, range(6)))
    assert sorted(given) == [f"a-{number}" for number in range(1, 7)]
    assert len(Meetings(settings).history(ACTION)) == 6


def test_names_tell_meetings_from_actions_and_differ() -> None:
    assert new_id(MEETING).startswith("m-") and new_id(ACTION).startswith("a-")
    assert len({new_id(ACTION) for _ in range(1000)}) == 1000


def test_of_two_rooms_that_change_one_action_the_second_is_told_and_nothing_is_lost(
    settings: Settings,
) -> None:
    store = Meetings(settings)
    name, saw = store.add(ACTION, {"title": "Ask the directorate"})
    store.change(ACTION, name, {"title": "Ask both directorates"}, saw, "north")
    with pytest.raises(Outdated) as told:
        store.change(ACTION, name, {"title": "Ask nobody"}, saw, "south")
    assert told.value.held[-1].who == "north"
    assert store.history(ACTION)["who"].iloc[0] == "north" and len(store.history(ACTION)) == 2


def test_the_history_is_of_one_kind_newest_first(settings: Settings) -> None:
    store = Meetings(settings)
    store.add(MEETING, {"title": "Health cluster"})
    Decisions(settings).decide("place", "Mosul", "IQG15Q05")
    store.add(ACTION, {"title": "first"})
    store.add(ACTION, {"title": "second"})
    assert ["second" in answer for answer in store.history(ACTION)["answer"]] == [True, False]
    assert len(Decisions(settings).history()) == 4 and len(Decisions(settings).history("place")) == 1
