"""One activity added, corrected or ended by hand: kept beside the rows, which stay as they came."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pandas as pd

from csomap.errors import BadInput
from csomap.flow import edited, spans, typed
from csomap.flow.faults import Faults
from csomap.flow.history import decisions
from csomap.flow.live import Data, load, sources
from csomap.flow.memory import Memory, recall
from csomap.flow.resolving import resolvers
from csomap.importers import dates
from csomap.matching.runs import KEY
from csomap.resolve.answers import Resolvers
from csomap.resolve.reports import to_reports
from csomap.settings import Settings
from csomap.store import Decisions, Held, Store
from csomap.tables.schemas import RAW, columns

_PLACES = (*(name for name in columns(RAW) if name.startswith("adm")), "country", "latitude", "longitude")
# What else a row says of a thing leaves with the old value, or it would contradict the new one.
_WITH = {"organisation": ("organisation_acronym",), "service": ("sector",), "pcode": _PLACES}
_NOTHING = {"latitude": None, "longitude": None}
_PEOPLE = ("targeted", "reached", "value_usd")
_SAME = [
    *(*KEY, "start", "end", "end_is_stated", "status", "programme_organisation", "funder"),
    *("latitude", "longitude", *_PEOPLE),
]


def add_activity(settings: Settings, fields: Mapping[str, object], note: str = "", who: str = "") -> int:
    """Add an activity by hand and return the decision's id, which is its source_row in source by-hand.

    fields: names of typed.FIELDS. It joins what the store holds; where that is the sample alone, it stays
    with the sample. Raises Faults with every value that cannot be read or is not known.
    """
    _known_fields(fields)
    memory = recall(settings)
    is_sample = _is_sample_kept(settings)
    row = _read(fields, resolvers(settings, sample=is_sample, decided=memory.decided))
    answer = {"what": "add", "sample": is_sample, "activity": "", "rows": [], "row": row}
    answer["organisation"] = row["organisation"]
    return _keep(settings, answer, note, who)


def correct_activity(
    settings: Settings, activity_id: str, changes: Mapping[str, object], note: str = "", who: str = ""
) -> int:
    """Correct fields of an activity in all its reports and return the decision's id.

    changes: names of typed.FIELDS. `start` and `end` move the ends of the whole: reports outside leave,
    and an `end` counts as stated. People and money are stated once, in the last report. Raises BadInput for
    an unknown activity or field, Faults with every value that cannot be read or is not known.
    """
    _known_fields(changes)
    found = _Found(settings, activity_id)
    whole = {name: found.activity[name] for name in ("organisation", "start", "end")}
    row = _read({**whole, **changes}, found.resolvers)
    moved = {name: row[name] for name in ("start", "end") if name in changes}
    rows = found.moved(moved)
    people = [name for name in _PEOPLE if name in changes]
    values = {name: row[name] for name in set(changes) - {"start", "end", *_PEOPLE}}
    left = {with_it: _NOTHING.get(with_it, "") for name in values for with_it in _WITH.get(name, ())}
    for one in rows:
        one["set"] |= left | values
        for name in people:
            one["set"][name] = row[name] if one["is_last"] else None
    told = {name: typed.as_text(value) for name, value in changes.items()}
    return _keep(settings, found.answer("correct", rows, told), note, who)


def end_activity(
    settings: Settings, activity_id: str, day: dt.date | str, note: str = "", who: str = ""
) -> int:
    """Say on which day an activity ended: its end is stated from then on, and later reports leave it.

    Raises BadInput for an unknown activity and for a day that cannot be read or is before its start.
    """
    found = _Found(settings, activity_id)
    last = dates.read(day).last if isinstance(day, str) else day
    if last is None:
        raise BadInput("date_argument", value=day)
    rows = found.moved({"end": last.isoformat()})
    return _keep(settings, found.answer("end", rows, {"end": last.isoformat()}), note, who)


def edits_of(settings: Settings, data: Data, activity_id: str) -> pd.DataFrame:
    """Return the decisions by which people added, corrected or ended an activity, newest first."""
    mine = data.reports[data.reports["final_id"] == activity_id]
    places = set(zip(mine["source_id"], mine["source_row"], strict=True))
    memory = recall(settings)
    raw = edited.applied(sources(settings, memory).raw, edited.additions(memory.edits), sample=data.is_sample)
    ids = {one.id for one in memory.edits if _places(one, raw) & places}
    told = decisions(settings)
    return told[told["id"].isin(ids)].reset_index(drop=True)


class _Found:
    """An activity with the raw rows that it was made of, repeats included."""

    def __init__(self, settings: Settings, activity_id: str) -> None:
        memory = recall(settings)
        self.live = sources(settings, memory)
        data = load(settings)
        known = resolvers(settings, sample=self.live.is_sample, decided=memory.decided)
        self.resolvers = replace(known, merged=data.merged)
        named = data.activities[data.activities["activity_id"] == activity_id]
        if named.empty:
            raise BadInput("activity_unknown", value=activity_id)
        self.activity = named.iloc[0].to_dict()
        told = data.reports[data.reports["final_id"] == activity_id]
        self.reports = self._targets(told, memory)
        self._edits = memory.edits

    def moved(self, ends: Mapping[str, str | None]) -> list[dict[str, Any]]:
        """Return the reports as `spans.moved` does, and those that an earlier edit took out and that lie
        outside the new days too: else undoing that edit would bring them back."""
        mine = {one["content"] for one in self.reports}
        named = [one.answer["rows"] for one in self._edits]
        taken = [
            row for rows in named if mine & {row["content"] for row in rows} for row in rows if row["gone"]
        ]
        left = {row["content"]: row | _days(row) for row in taken if row["content"] not in mine}
        return spans.moved(self.reports, ends) + spans.outside(list(left.values()), ends)

    def answer(self, what: str, rows: list[dict[str, Any]], changes: Mapping[str, str]) -> dict[str, Any]:
        """Return the edit as it is kept: its rows by their content, where they stood, and their changes."""
        kept = ("source_id", "source_row", "content", "organisation", "first", "last", "set", "gone")
        return {
            "what": what,
            "sample": self.live.is_sample,
            "activity": self.activity["activity_id"],
            "organisation": self.activity["organisation"],
            "changes": dict(changes),
            "rows": [{name: one[name] for name in kept} for one in rows],
        }

    def _targets(self, told: pd.DataFrame, memory: Memory) -> list[dict[str, Any]]:
        """Return source_id, source_row, content, start and end of each raw row that tells the same."""
        wanted = set(_alike(told))
        before = edited.applied(self.live.raw, edited.additions(memory.edits), sample=self.live.is_sample)
        now = edited.applied(self.live.raw, memory.edits, sample=self.live.is_sample)
        return [one for name in now for one in self._of_import(name, before[name], now[name], wanted)]

    def _of_import(
        self, source_id: str, before: pd.DataFrame, now: pd.DataFrame, wanted: set[tuple[str, ...]]
    ) -> list[dict[str, Any]]:
        kept = now.index[~now["rejected"]]
        reports = to_reports(now, source_id, self.resolvers).reports
        told = zip(kept, _alike(reports), reports["review"] != "", strict=True)
        mine = [index for index, key, waits in told if key in wanted and not waits]
        rows = [before.loc[index].to_dict() for index in mine]
        return [
            {
                "source_id": source_id,
                "source_row": int(row["source_row"]),
                "content": edited.content_key(row),
                "organisation": row["organisation"],
                "first": typed.as_text(row["start"]),
                "last": typed.as_text(row["end"]),
                **{name: now.loc[index, name] for name in ("start", "end")},
            }
            for index, row in zip(mine, rows, strict=True)
        ]


def _days(row: Mapping[str, str]) -> dict[str, Any]:
    named = (("start", "first"), ("end", "last"))
    return {name: pd.Timestamp(row[kept]) if row[kept] else pd.NaT for name, kept in named}


def _alike(reports: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(reports[_SAME].astype(str).itertuples(index=False, name=None))


def _keep(settings: Settings, answer: Mapping[str, Any], note: str, who: str) -> int:
    return Decisions(settings).decide("edit", uuid4().hex, answer, note=note, who=who)


def _read(fields: Mapping[str, object], wanted: Resolvers) -> dict[str, Any]:
    row, problems = typed.read(fields, wanted)
    if len(problems):
        raise Faults("activity_faults", problems)
    return row


def _known_fields(fields: Mapping[str, object]) -> None:
    unknown = ", ".join(sorted(set(fields) - set(typed.FIELDS)))
    if unknown or not fields:
        raise BadInput("activity_field", value=unknown or "-", known=", ".join(typed.FIELDS))


def _is_sample_kept(settings: Settings) -> bool:
    """Say whether the sample was brought in; without any import an activity by hand is real."""
    store = Store(settings)
    entries = store.imports().set_index("import_id")
    live = store.live()
    is_real = edited.has_additions(recall(settings).edits, sample=False)
    return bool(live) and not is_real and bool(entries.loc[live, "is_sample"].all())


def _places(one: Held, raw: Mapping[str, pd.DataFrame]) -> set[tuple[str, int]]:
    """Return the source rows that an edit speaks of."""
    told = set().union(*edited.touched(raw, one).values())
    return told | ({(edited.BY_HAND, one.id)} if one.answer["what"] == "add" else set())
