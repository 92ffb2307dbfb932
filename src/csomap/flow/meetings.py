"""Meetings: started about a topic and an area, ended, gone on with; what each was about, and when."""

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from csomap.errors import BadInput, Outdated
from csomap.settings import Settings, rules
from csomap.store import exists
from csomap.store.database import now
from csomap.store.meetings import MEETING, Meetings
from csomap.tables import taxonomy

__all__ = [
    "Meeting",
    "end_meeting",
    "go_on",
    "iraqi_day",
    "iraqi_time",
    "meeting_of",
    "meetings",
    "now",
    "one_line",
    "related",
    "start_meeting",
    "words_of",
]

# Iraq keeps one time in winter and summer, so no table of time zones is asked for.
_IRAQ = dt.timedelta(hours=3)
_SERVICES = ("service", "topic", "sector")
_JOINERS = "\u200c\u200d"  # Sorani is written with them


@dataclass(frozen=True)
class Meeting:
    """One meeting. started, ended: UTC, `ended` None while nobody ended it; filters: codes by name, as the
    address carries them; decision: the id of the decision that holds."""

    id: str
    title: str
    started: dt.datetime
    ended: dt.datetime | None
    filters: Mapping[str, str] = field(default_factory=dict)
    is_sample: bool = False
    decision: int = 0

    def until(self, moment: dt.datetime) -> dt.datetime:
        """Return the end, of a meeting that nobody ended the moment or as many hours as one may last."""
        latest = self.started + dt.timedelta(hours=rules()["meetings"]["longest_hours"])
        return self.ended or min(moment, latest)

    def is_running(self, moment: dt.datetime) -> bool:
        """Say whether it goes on: nobody ended it, and it is not forgotten either."""
        return self.ended is None and self.until(moment) >= moment


def start_meeting(
    settings: Settings, title: str, filters: Mapping[str, str], *, sample: bool, who: str = ""
) -> str:
    """Start a meeting about what `filters` keep (codes by name) and return its id.

    sample: whether the data is the fictional sample. Raises BadInput for a title that nobody could read.
    """
    kept = {name: code for name, code in filters.items() if code}
    told = {"title": words_of(title, "meeting_title"), "filters": kept, "sample": sample, "ended": False}
    return Meetings(settings).add(MEETING, told, who)[0]


def end_meeting(settings: Settings, meeting: Meeting, who: str = "") -> int:
    """End a meeting and return the id of the decision; raises BadInput where somebody else did already."""
    return _changed(settings, meeting, who, ended=True)


def go_on(settings: Settings, meeting: Meeting, who: str = "") -> int:
    """Go on with a meeting that was ended, and return the id of the decision."""
    return _changed(settings, meeting, who, ended=False)


def meetings(settings: Settings) -> list[Meeting]:
    """Return every meeting that holds, the newest first."""
    if not exists(settings):
        return []
    told = Meetings(settings).history(MEETING)
    return [found for _, rows in told.groupby("subject", sort=False) if (found := _meeting(rows))]


def meeting_of(settings: Settings, meeting_id: str) -> Meeting:
    """Return a meeting by its id; raises BadInput where there is none."""
    every = meetings(settings)
    found = next((one for one in every if one.id == meeting_id), None)
    if found is None:
        known = ", ".join(one.id for one in every[:5]) or "-"
        raise BadInput("meeting_unknown", value=ascii(meeting_id[:40]), known=known)
    return found


def related(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether two meetings may speak of the same: one's area and services lie in the other's."""
    here, there = one.get("place", ""), other.get("place", "")
    return (here.startswith(there) or there.startswith(here)) and one_line(
        "services", _finest(one), _finest(other)
    )


def one_line(name: str, one: str, other: str) -> bool:
    """Say whether one code of a taxonomy is the other or lies above it; everything lies below none."""
    tree = taxonomy.load(name)
    if not one or not other or one == other:
        return True
    return any(
        below in tree.codes and above in tree.ancestors(below)
        for below, above in ((one, other), (other, one))
    )


def iraqi_day(moment: dt.datetime) -> dt.date:
    """Return the day on which a moment (UTC) falls in Iraq."""
    return (moment + _IRAQ).date()


def iraqi_time(moment: dt.datetime) -> str:
    """Return the time of day of a moment (UTC) in Iraq, as 14:05."""
    return f"{moment + _IRAQ:%H:%M}"


def words_of(text: str, key: str) -> str:
    """Return a text in one line without signs that nobody sees; raises BadInput (`key`) for none or too many
    letters."""
    seen = (
        sign for sign in text if sign.isspace() or sign in _JOINERS or unicodedata.category(sign)[0] != "C"
    )
    plain = " ".join(unicodedata.normalize("NFC", "".join(seen)).split())
    most = rules()["meetings"]["longest"][key]
    if not plain.strip(_JOINERS) or len(plain) > most:
        raise BadInput(key, most=most)
    return plain


def _finest(filters: Mapping[str, str]) -> str:
    return next((filters[name] for name in _SERVICES if filters.get(name)), "")


def _meeting(rows: pd.DataFrame) -> Meeting | None:
    """Return the meeting of its decisions, newest first; None where all of them were taken back."""
    held = rows[rows["undone_at"].isna()]
    if held.empty:
        return None
    newest: Any = held.iloc[0]
    told = json.loads(newest["answer"])
    return Meeting(
        id=str(newest["subject"]),
        title=told["title"],
        started=rows["at"].iloc[-1].to_pydatetime(),
        ended=newest["at"].to_pydatetime() if told["ended"] else None,
        filters=told["filters"],
        is_sample=told["sample"],
        decision=int(newest["id"]),
    )


def _changed(settings: Settings, meeting: Meeting, who: str, *, ended: bool) -> int:
    told = {
        "title": meeting.title,
        "filters": dict(meeting.filters),
        "sample": meeting.is_sample,
        "ended": ended,
    }
    try:
        return Meetings(settings).change(MEETING, meeting.id, told, meeting.decision, who)
    except Outdated:
        raise BadInput("meeting_changed", title=meeting.title) from None
