"""What a meeting did: the verdicts given while it ran, what was agreed, what earlier meetings had agreed."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from csomap.flow.actions import DONE, OPEN, WITHDRAWN, Action, actions
from csomap.flow.live import Data
from csomap.flow.meetings import Meeting, iraqi_day, meetings, one_line, related
from csomap.flow.renamed import Names
from csomap.flow.verdicts import KIND, cell_of, pair_of
from csomap.matching.standing import CELL
from csomap.settings import Settings
from csomap.store import Decisions, exists
from csomap.tables.codes import query_of
from csomap.tables.query import PCODE_LENGTH, Query
from csomap.tables.visibility import is_sensitive

HOLDS, TAKEN_BACK, REPLACED = "holds", "taken_back", "replaced"
COLUMNS = ["org_a", "org_b", *CELL, "verdict", "note", "who", "at", "status"]


@dataclass(frozen=True)
class MeetingRecord:
    """What happened between the start of a meeting and `until` (UTC).

    verdicts: COLUMNS, a row for each two organisations in a cell, the last word of the meeting about them;
    agreed: its own actions; settled: actions of earlier meetings that were done or withdrawn in it; open:
    those that stayed open, late ones on top. All as they stood at `until`.
    """

    meeting: Meeting
    until: dt.datetime
    verdicts: pd.DataFrame
    agreed: tuple[Action, ...]
    settled: tuple[Action, ...]
    open: tuple[Action, ...]

    @property
    def day(self) -> dt.date:
        """The day in Iraq on which it ended: what was due before is late."""
        return iraqi_day(self.until)

    @property
    def late(self) -> tuple[Action, ...]:
        """What stayed open of earlier meetings although its day had passed."""
        return tuple(one for one in self.open if one.is_late(self.day))


def meeting_record(data: Data, settings: Settings, meeting: Meeting, moment: dt.datetime) -> MeetingRecord:
    """Return what a meeting did; of one that runs, until `moment` (UTC).

    data: as pages may show it, for the names of today. Verdicts are those on its services, groups and area:
    a room that sits at the same time about something else is left out.
    """
    until = meeting.until(moment)
    own, earlier = _parted(settings, meeting, of_today(data, actions(settings, until)))
    settled = [one for one in earlier if one.status in (DONE, WITHDRAWN) and one.changed >= meeting.started]
    return MeetingRecord(
        meeting=meeting,
        until=until,
        verdicts=_verdicts(data, settings, meeting, until),
        agreed=tuple(one for one in own if one.status != WITHDRAWN),
        settled=tuple(settled),
        open=tuple(one for one in earlier if one.status == OPEN),
    )


def open_actions(every: list[Action], settings: Settings, meeting: Meeting) -> list[Action]:
    """Return those of all actions that earlier meetings about the same left open, in their order."""
    _, earlier = _parted(settings, meeting, every)
    return [one for one in earlier if one.status == OPEN]


def of_today(data: Data, every: list[Action]) -> list[Action]:
    """Return actions with the org_ids that the data has now: merges are followed, and newcomers that were
    recognised since."""
    names = Names(data)
    return [
        replace(one, organisation=names.now(one.organisation), about=_about(one.about, names))
        for one in every
    ]


def _about(codes: Mapping[str, str], names: Names) -> dict[str, str]:
    orgs = [names.now(code) for code in codes.get("org_ids", "").split(";") if code]
    return {**codes, "org_ids": ";".join(dict.fromkeys(orgs))} if orgs else dict(codes)


def _parted(settings: Settings, meeting: Meeting, every: list[Action]) -> tuple[list[Action], list[Action]]:
    """Return the meeting's own actions, and those of earlier ones that may be about the same."""
    known = {one.id: one for one in meetings(settings)}

    def is_earlier(action: Action) -> bool:
        other = known.get(action.meeting)
        if other is None:  # its meeting was taken back, what was agreed was not
            return action.agreed < meeting.started
        alike = other.is_sample == meeting.is_sample and related(other.filters, meeting.filters)
        return other.started < meeting.started and other.id != meeting.id and alike

    own = [one for one in every if one.meeting == meeting.id]
    return own, [one for one in every if is_earlier(one)]


def _verdicts(data: Data, settings: Settings, meeting: Meeting, until: dt.datetime) -> pd.DataFrame:
    rows = Decisions(settings).history(KIND) if exists(settings) else pd.DataFrame()
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    at, undone = (pd.to_datetime(rows[name]) for name in ("at", "undone_at"))
    given = (at >= meeting.started) & (at <= until) & ~(undone <= until)
    last = rows[given].drop_duplicates(["subject", "context"])  # the newest stand first
    told = last.assign(status=[_status(rows, one) for one in last.itertuples()])
    query, names = query_of(meeting.filters), Names(data)
    found = [_row(one, names) for one in told.itertuples() if _is_about(query, str(one.context))]
    return _for_everybody(pd.DataFrame(found, columns=COLUMNS).sort_values("at", kind="stable"))


def _row(one: Any, names: Names) -> list[Any]:
    verdict = json.loads(one.answer)["verdict"]
    pair = pair_of(*map(names.now, one.subject.split(";")))
    return [*pair, *cell_of(one.context), verdict, one.note, one.who, one.at, one.status]


def _status(rows: pd.DataFrame, one: Any) -> str:
    """Say what became of a verdict since: it holds, was taken back, or somebody said something else."""
    same = (rows["subject"] == one.subject) & (rows["context"] == one.context)
    if (same & (rows["id"] > one.id) & rows["undone_at"].isna()).any():
        return REPLACED
    return HOLDS if pd.isna(one.undone_at) else TAKEN_BACK


def _is_about(query: Query, context: str) -> bool:
    """Say whether a cell lies in what a meeting is about, or holds it."""
    service, group, _, place = cell_of(context)
    return (
        one_line("services", service, query.finest_service)
        and one_line("population_groups", group, query.population)
        and (place.startswith(query.place) or query.place.startswith(place.split("|")[0]))
    )


def _for_everybody(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return verdicts with the places of sensitive services no finer than the governorate."""
    if verdicts.empty:
        return verdicts
    coarse = verdicts["pcode"].str[: PCODE_LENGTH["1"]]
    return verdicts.assign(pcode=verdicts["pcode"].where(~is_sensitive(verdicts), coarse))
