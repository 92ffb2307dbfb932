"""The raw rows as people corrected them by hand: the rows themselves stay as they came."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from csomap.store import Held
from csomap.tables import schemas

BY_HAND = "by-hand"
_NOT_CONTENT = {"source_row", "rejected", "other"}  # rows that agree in all else are one report


def applied(
    raw: Mapping[str, pd.DataFrame], edits: Iterable[Held], *, sample: bool
) -> dict[str, pd.DataFrame]:
    """Return the rows (RAW) of each import with the edits, and the activities that were added by hand.

    Edits that were made on the sample speak of it alone, the others of what is real. An edit speaks of what
    a row says, in whatever import that stands: of the file that replaces another, or that tells it again.
    """
    wanted = [one for one in edits if bool(one.answer["sample"]) == sample]
    added = [_added(one) for one in wanted if one.answer["what"] == "add"]
    rows = {**raw, **({BY_HAND: pd.concat(added, ignore_index=True)} if added else {})}
    changes = [change for one in wanted for change in one.answer.get("rows", [])]
    return {import_id: _changed(each, changes) for import_id, each in rows.items()}


def touched(raw: Mapping[str, pd.DataFrame], edit: Held) -> dict[str, set[tuple[str, int]]]:
    """Return where each row that an edit changes stands now: import and source row, by its content."""
    found: dict[str, set[tuple[str, int]]] = {row["content"]: set() for row in edit.answer.get("rows", [])}
    for import_id, rows in raw.items():
        for index, content in _named(rows, edit.answer.get("rows", [])):
            if content in found:
                found[content].add((import_id, int(rows.loc[index, "source_row"])))
    return found


def has_additions(edits: Iterable[Held], *, sample: bool) -> bool:
    """Say whether an activity was added by hand."""
    return any(one.answer["what"] == "add" and bool(one.answer["sample"]) == sample for one in edits)


def additions(edits: Iterable[Held]) -> list[Held]:
    """Return the edits that add an activity, without those that change one."""
    return [one for one in edits if one.answer["what"] == "add"]


def content_key(row: Mapping[Any, Any]) -> str:
    """Return a hash of what a raw row says: equal rows are one report.

    Fields that say nothing do not count, so that a field which is younger than the row changes nothing.
    """
    told = {
        str(name): str(value)
        for name, value in sorted(row.items())
        if name not in _NOT_CONTENT and not pd.isna(value) and value not in ("", False)
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def as_row(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON can keep them as values of RAW: days are no longer text."""
    return {
        name: (pd.Timestamp(value) if value else pd.NaT) if name in ("start", "end") else value
        for name, value in values.items()
    }


def _added(one: Held) -> pd.DataFrame:
    blank = dict.fromkeys(schemas.columns(schemas.RAW), "")  # fields that are younger than the edit
    row = blank | as_row(one.answer["row"]) | {"source_row": one.id, "rejected": False}
    return schemas.valid(schemas.RAW, pd.DataFrame([row]))


def _changed(rows: pd.DataFrame, changes: list[dict[str, Any]]) -> pd.DataFrame:
    """Apply the changes one after the other; every one names its row as it was at first."""
    known = {change["content"] for change in changes}
    places: dict[str, list[Any]] = {}
    for index, content in _named(rows, changes):
        if content in known:
            places.setdefault(content, []).append(index)
    if not places:
        return rows
    done = rows.copy()
    for change in changes:
        for index in places.get(change["content"], []):
            for column, value in as_row(change["set"]).items():
                done.loc[index, column] = value
            done.loc[index, "rejected"] |= change["gone"]
    return done


def _named(rows: pd.DataFrame, changes: Iterable[Mapping[str, Any]]) -> list[tuple[Any, str]]:
    """Return index and content of the usable rows that changes may name: those of their organisations
    and days, for a content costs more than to compare these."""
    wanted = {(change["organisation"], change["first"]) for change in changes}
    near = rows[rows["organisation"].isin({name for name, _ in wanted}) & ~rows["rejected"]]
    days = near["start"].dt.strftime("%Y-%m-%d").fillna("")
    there = [told in wanted for told in zip(near["organisation"], days, strict=True)]
    found = near[there]
    return list(zip(found.index, map(content_key, found.to_dict("records")), strict=True))
