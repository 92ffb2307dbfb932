"""Meetings: what they are about, what they agree on, and what the record says of them afterwards."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.settings import Settings, rules
from csomap.store import Decisions
from csomap.tables.query import Query
from tests.flow.judged import now, say
from tests.flow.meeting_data import BASRA, LONG_AGO, NINEWA, action, agreed, started, two_places

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")  # what differs between databases is in tests/store


def _record(settings: Settings, meeting: flow.Meeting) -> flow.MeetingRecord:
    return flow.meeting_record(now(settings), settings, meeting, flow.now())


def test_a_meeting_keeps_its_title_filters_and_time_and_ends(settings: Settings) -> None:
    before = flow.now()
    one = started(settings, "  Health\u200f cluster \n March ", NINEWA | {"topic": ""})
    assert one.title == "Health cluster March" and one.filters == NINEWA
    assert before <= one.started <= flow.now() and one.is_running(flow.now())
    flow.end_meeting(settings, one)
    ended = flow.meeting_of(settings, one.id)
    assert ended.ended and ended.started == one.started and not ended.is_running(flow.now())
    flow.go_on(settings, ended)
    assert flow.meeting_of(settings, one.id).is_running(flow.now())


def test_no_meeting_is_there_and_nothing_is_made_by_asking(settings: Settings) -> None:
    assert flow.meetings(settings) == [] and flow.actions(settings) == []
    assert not settings.home.exists()


def test_a_meeting_whose_start_was_taken_back_is_gone_and_can_come_back(settings: Settings) -> None:
    one = started(settings)
    flow.undo_decision(settings, one.decision)
    assert flow.meetings(settings) == []
    flow.restore_decision(settings, one.decision)
    assert [each.id for each in flow.meetings(settings)] == [one.id]


@pytest.mark.parametrize("title", ["", "  \u200f ", "x" * 121])
def test_a_title_that_nobody_can_read_is_refused(settings: Settings, title: str) -> None:
    with pytest.raises(BadInput) as told:
        started(settings, title)
    assert told.value.key == "meeting_title" and "120" in str(told.value)


def test_a_meeting_that_is_not_there_is_told_with_those_that_are(settings: Settings) -> None:
    one = started(settings)
    with pytest.raises(BadInput, match=one.id):
        flow.meeting_of(settings, "m-nobody")


def test_of_two_rooms_that_end_one_meeting_the_second_is_told(settings: Settings) -> None:
    one = started(settings)
    flow.end_meeting(settings, one, "north")
    with pytest.raises(BadInput) as told:
        flow.end_meeting(settings, one, "south")
    assert told.value.key == "meeting_changed"


def test_a_meeting_that_nobody_ended_is_over_after_a_working_day() -> None:
    begun = dt.datetime(2026, 3, 1, 6)
    one = flow.Meeting("m-1", "Health", begun, None)
    longest = rules()["meetings"]["longest_hours"] * HOUR
    assert one.is_running(begun + longest) and not one.is_running(begun + longest + HOUR)
    assert one.until(begun + HOUR) == begun + HOUR and one.until(begun + 9 * longest) == begun + longest


def test_the_day_is_that_of_iraq() -> None:
    late = dt.datetime(2026, 2, 28, 22, 30)
    assert (flow.iraqi_day(late), flow.iraqi_time(late)) == (dt.date(2026, 3, 1), "01:30")


def test_an_action_is_agreed_corrected_done_opened_again_and_withdrawn(settings: Settings) -> None:
    one = agreed(settings, started(settings))
    assert one.role == "health cluster coordinator" and one.is_late(dt.date(2020, 3, 2))
    assert not one.is_late(LONG_AGO)
    flow.correct(settings, one, flow.Agreed("Write to it", organisation="org-1", by=dt.date(2030, 1, 1)))
    changed = action(settings, one.id)
    assert (changed.what, changed.organisation, changed.role) == ("Write to it", "org-1", "")
    for status in ("done", "open", "withdrawn"):
        flow.set_status(settings, action(settings, one.id), status)
        assert action(settings, one.id).status == status
        assert not action(settings, one.id).is_late(dt.date(2020, 3, 2))
    told = flow.action_history(settings, one.id)
    assert list(told["status"]) == ["withdrawn", "open", "done", "open", "open"]
    assert list(told["what"]) == ["Write to it"] * 4 + ["Ask the directorate"]
    assert told["by"].iloc[-1] == LONG_AGO


def test_undo_takes_the_last_word_back_and_the_one_before_holds(settings: Settings) -> None:
    one = agreed(settings, started(settings))
    done = flow.set_status(settings, one, "done")
    flow.undo_decision(settings, done)
    assert action(settings, one.id) == one
    flow.undo_decision(settings, one.decision)
    assert flow.actions(settings) == [] and len(flow.action_history(settings, one.id)) == 2


def test_who_changes_what_somebody_else_changed_since_is_told_by_whom(settings: Settings) -> None:
    one = agreed(settings, started(settings))
    flow.set_status(settings, one, "done", who="north room")
    with pytest.raises(BadInput, match="north room") as told:
        flow.correct(settings, one, flow.Agreed("Forget it"))
    assert told.value.key == "action_changed" and action(settings, one.id).status == "done"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (flow.Agreed(" \n "), "action_what"),
        (flow.Agreed("x" * 301), "action_what"),
        (flow.Agreed("Call", role="somebody@example.org"), "action_private"),
        (flow.Agreed("Call", role="+964 (770) 123 45"), "action_private"),
        (flow.Agreed("Call", role="٠٧٧٠١٢٣٤"), "action_private"),
        (flow.Agreed("Call", role="x" * 81), "action_role"),
        (flow.Agreed("Call", about={"kind": "rumour"}), "action_about"),
    ],
)
def test_what_cannot_be_minuted_is_refused_with_the_way_out(
    settings: Settings, said: flow.Agreed, key: str
) -> None:
    with pytest.raises(BadInput) as told:
        flow.agree(settings, started(settings).id, said)
    assert told.value.key == key and flow.actions(settings) == []


def test_another_status_is_refused(settings: Settings) -> None:
    with pytest.raises(BadInput, match="open, done, withdrawn"):
        flow.set_status(settings, agreed(settings, started(settings)), "forgotten")


def test_what_is_due_first_stands_first_and_what_has_no_day_last(settings: Settings) -> None:
    one = started(settings)
    for what, day in (("none", None), ("late", dt.date(2020, 1, 1)), ("soon", dt.date(2030, 1, 1))):
        flow.agree(settings, one.id, flow.Agreed(what, by=day))
    assert [each.what for each in flow.actions(settings)] == ["late", "soon", "none"]


def test_the_next_meeting_about_the_same_takes_up_what_the_last_left_open(settings: Settings) -> None:
    first = started(settings)
    late, done = agreed(settings, first), agreed(settings, first, "Visit the camp")
    flow.set_status(settings, done, "done")
    agreed(settings, started(settings, "Basra", BASRA), "Elsewhere")
    second = started(settings, "April", {"sector": "health", "topic": "mhpss", "place": "IQG15Q05"})
    agreed(settings, second, "Its own")
    assert [one.id for one in flow.open_actions(flow.actions(settings), settings, second)] == [late.id]
    assert flow.open_actions(flow.actions(settings), settings, first) == []


def test_a_meeting_on_the_sample_leaves_nothing_to_one_on_real_data(settings: Settings) -> None:
    made = flow.start_meeting(settings, "A try", NINEWA, sample=True)
    agreed(settings, flow.meeting_of(settings, made))
    assert flow.open_actions(flow.actions(settings), settings, started(settings)) == []


def test_an_action_outlives_a_meeting_whose_start_was_taken_back(settings: Settings) -> None:
    first = started(settings)
    left = agreed(settings, first)
    flow.undo_decision(settings, first.decision)
    assert [one.id for one in flow.open_actions(flow.actions(settings), settings, started(settings))] == [
        left.id
    ]


def test_the_record_tells_the_verdicts_that_were_given_while_the_meeting_ran(
    settings: Settings, tmp_path: Path
) -> None:
    two_places(settings, tmp_path)
    say(settings, "shared_load", where=lambda rows: rows["pcode"] == "IQG15Q05", note="before")
    one = started(settings)
    say(settings, "data_error", where=lambda rows: rows["pcode"] == "IQG15Q03", note="first thought")
    say(settings, "duplicate_work", where=lambda rows: rows["pcode"] == "IQG15Q03", note="in the room")
    flow.end_meeting(settings, one)
    say(settings, "same_project", where=lambda rows: rows["pcode"] == "IQG15Q05", note="after")
    told = _record(settings, flow.meeting_of(settings, one.id)).verdicts
    assert list(told["note"]) == ["in the room"]
    assert list(told["verdict"]) == ["duplicate_work"] and list(told["status"]) == ["holds"]
    assert list(told["pcode"]) == ["IQG15Q03"]


def test_what_was_taken_back_in_the_room_is_no_decision_and_later_it_is_marked(
    settings: Settings, tmp_path: Path
) -> None:
    two_places(settings, tmp_path)
    one = started(settings)
    slip = say(settings, "data_error", where=lambda rows: rows["pcode"] == "IQG15Q05")
    flow.undo_decision(settings, slip)
    kept = say(settings, "shared_load", where=lambda rows: rows["pcode"] == "IQG15Q03")
    flow.end_meeting(settings, one)
    ended = flow.meeting_of(settings, one.id)
    assert list(_record(settings, ended).verdicts["status"]) == ["holds"]
    flow.undo_decision(settings, kept)
    assert list(_record(settings, ended).verdicts["status"]) == ["taken_back"]
    say(settings, "same_project", where=lambda rows: rows["pcode"] == "IQG15Q03")
    assert list(_record(settings, ended).verdicts["status"]) == ["replaced"]
    assert list(_record(settings, ended).verdicts["verdict"]) == ["shared_load"]


def test_a_room_that_sits_about_something_else_is_left_out(settings: Settings, tmp_path: Path) -> None:
    two_places(settings, tmp_path)
    rooms: list[tuple[dict[str, str], int]] = [
        ({"place": "IQG15"}, 2),
        ({"place": "IQG15Q03"}, 1),
        ({"place": "IQG02"}, 0),
        ({"sector": "health"}, 2),
        ({"sector": "health", "topic": "mhpss"}, 0),
        ({"population": "idp_camp"}, 2),  # said of all displaced people, so of those in camps too
        ({"population": "returnee"}, 0),
    ]
    sitting = [(started(settings, filters=filters), told) for filters, told in rooms]
    say(settings, "shared_load")
    data = now(settings)
    for one, told in sitting:
        record = flow.meeting_record(data, settings, one, flow.now())
        assert len(record.verdicts) == told, one.filters


def test_the_minutes_of_a_meeting_stay_as_it_ended(settings: Settings) -> None:
    first = started(settings)
    late, soon = agreed(settings, first, "late"), agreed(settings, first, "settled")
    second = started(settings, "April")
    own = agreed(settings, second, "own")
    flow.set_status(settings, soon, "done")
    flow.end_meeting(settings, second)
    ended = flow.meeting_of(settings, second.id)
    for one in (late, own):
        flow.set_status(settings, one, "done")
    told = flow.meeting_record(flow.load(settings), settings, ended, flow.now())
    assert [(one.what, one.status) for one in told.agreed] == [("own", "open")]
    assert [one.what for one in told.settled] == ["settled"]
    assert [one.what for one in told.open] == [one.what for one in told.late] == ["late"]


def test_what_is_due_today_is_not_late(settings: Settings) -> None:
    first = started(settings)
    today = flow.iraqi_day(flow.now())
    flow.agree(settings, first.id, flow.Agreed("today", by=today))
    flow.agree(settings, first.id, flow.Agreed("yesterday", by=today - dt.timedelta(days=1)))
    told = flow.meeting_record(flow.load(settings), settings, started(settings), flow.now())
    assert [one.what for one in told.late] == ["yesterday"] and len(told.open) == 2


def test_a_meeting_changes_no_data_and_stands_in_the_history_in_words(settings: Settings) -> None:
    before = flow.state(settings)
    agreed(settings, started(settings, "Health working group"))
    assert flow.state(settings) == before
    told = list(flow.decisions(settings, "en")["told"])
    assert "Ask the directorate" in told[0] and "Health working group" in told[1]
    assert all(len(Decisions(settings).holding(kind)) == 1 for kind in ("meeting", "action"))


def test_the_gaps_of_a_room_are_those_of_its_area_one_level_below() -> None:
    data = flow.load(Settings(Path("/nonexistent")))
    whole = flow.gap_query(data, Query(sector="health"))
    assert whole.area_level == "1"
    own = flow.gap_query(data, Query(sector="health", place="IQG15"))
    assert own.area_level == "2" and flow.coming_query(data, own).area_level == "2"
    assert flow.gap_query(data, Query(place="IQG15Q05N01")).area_level == "3"
    found = flow.analyse(data, "gaps", flow.window(data, own))
    listed = flow.biggest_gaps(found)
    assert set(listed["status"]) <= {"gap", "thin"} and len(listed) <= rules()["meetings"]["most_gaps"]
    assert listed["status"].is_monotonic_increasing
    assert flow.silent_areas(found) == (~found["status"].isin(["gap", "thin"])).sum()


def test_what_ends_first_is_named_once_although_it_ends_within_every_horizon() -> None:
    cells = [("IQG15Q05", 12, "ending"), ("IQG15Q05", 3, "ending"), ("IQG15Q03", 6, "ending")]
    silent = ("IQG15Q01", None, "stopped_reporting")
    found = pd.DataFrame([*cells, silent], columns=["pcode", "horizon_months", "kind"])
    found = found.assign(service="mhpss", population_group="idp", ends=pd.Timestamp("2026-01-31"))
    listed = flow.next_endings(found)
    assert list(zip(listed["pcode"], listed["horizon_months"], strict=True)) == [
        ("IQG15Q05", 3),
        ("IQG15Q03", 6),
    ]
