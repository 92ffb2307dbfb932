"""A meeting to play in tests: two organisations that meet in two places, and rooms that decide."""

import datetime as dt
from pathlib import Path

from csomap import flow
from csomap.settings import Settings
from csomap.store.decisions import Decision, Decisions
from csomap.store.meetings import ACTION, MEETING
from tests.flow.judged import PALM, REED, bring, told

NINEWA = {"sector": "health", "place": "IQG15"}
BASRA = {"sector": "health", "place": "IQG02"}
LONG_AGO = dt.date(2020, 3, 1)


def two_places(settings: Settings, folder: Path) -> None:
    """Bring in two organisations that give the same service in two districts of one governorate."""
    places = ("IQG15Q05", "IQG15Q03")
    bring(settings, folder, "two", *(told(name, pcode=place) for place in places for name in (PALM, REED)))


def started(
    settings: Settings, title: str = "Health working group", filters: dict[str, str] | None = None
) -> flow.Meeting:
    """Return a meeting that has just begun, on data that is not the sample."""
    made = flow.start_meeting(settings, title, NINEWA if filters is None else filters, sample=False)
    return flow.meeting_of(settings, made)


def agreed(settings: Settings, meeting: flow.Meeting, what: str = "Ask the directorate") -> flow.Action:
    """Return an action with a day that is long past: it can only be late."""
    said = flow.Agreed(what, role="health cluster coordinator", by=LONG_AGO)
    name, _ = flow.agree(settings, meeting.id, said)
    return action(settings, name)


def action(settings: Settings, name: str) -> flow.Action:
    """Return an action as it stands now."""
    return next(one for one in flow.actions(settings) if one.id == name)


def earlier_meeting(settings: Settings, what: str, filters: dict[str, str] | None = None) -> None:
    """Keep an earlier meeting that left one late action open."""
    about = {"title": "Last month", "filters": filters or {}, "sample": False, "ended": True}
    left = {"title": what, "organisation": "", "role": "health cluster coordinator", "about": {}}
    rest = {"by": f"{LONG_AGO}", "meeting": "m-last", "status": "open"}
    made = [Decision(MEETING, "m-last", about), Decision(ACTION, "a-last", left | rest)]
    Decisions(settings).decide_all(made)
