"""What people decided: one list to which is only added, and in which nothing is lost."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import sqlalchemy as sa

from csomap.errors import BadInput, Outdated
from csomap.settings import Settings
from csomap.store.database import META, Words, now, opened, reading, who

UNDO = "undo"

Key = tuple[str, str, str]  # kind, subject and context of a decision
Expected = Mapping[Key, int | None]

_decisions = sa.Table(
    "decisions",
    META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", Words, nullable=False),
    sa.Column("kind", Words, nullable=False, index=True),
    sa.Column("subject", Words, nullable=False),
    sa.Column("context", Words, nullable=False, default=""),
    sa.Column("answer", Words, nullable=False),
    sa.Column("note", Words, nullable=False, default=""),
    sa.Column("batch", sa.Integer, nullable=False, default=0),
    sa.Column("undone_at", sa.DateTime),
    sa.Column("undone_by", Words, nullable=False, default=""),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True)
class Decision:
    """One decision: `answer` (what JSON can hold) about a `subject` in a `context`; `note` says why."""

    kind: str
    subject: str
    answer: Any
    context: str = ""
    note: str = ""


@dataclass(frozen=True)
class Held(Decision):
    """A decision that holds, with its id, when and by whom it was made."""

    id: int = 0
    at: dt.datetime = dt.datetime.min
    who: str = ""


class Decisions:
    """The decisions of one installation. The newest about a subject in a context holds, unless undone."""

    def __init__(self, settings: Settings) -> None:
        self._engine = opened(settings)

    def decide(
        self, kind: str, subject: str, answer: Any, context: str = "", note: str = "", who: str = ""
    ) -> int:
        """Keep a decision and return its id; without `who` it is the user of this process."""
        return self.decide_all([Decision(kind, subject, answer, context)], note, who)

    def decide_all(
        self,
        decisions: Iterable[Decision],
        note: str = "",
        who: str = "",
        expected: Expected | None = None,
    ) -> int:
        """Keep decisions that belong together, all or none, and return the first id; undone as one.

        `note` is that of those that have none of their own.
        `expected` says what the person saw: for a (kind, subject, context), decided about here or not, the id
        that held then, 0 if none did; None looks at nothing. Raises Outdated, and keeps nothing, where
        something else holds now. Without decisions nothing is kept, and 0 returned.
        """
        rows = [_row(one, note, who) for one in decisions]
        with self._engine.begin() as change:
            _check(change, expected or {})
            return _put(change, rows)

    def undo(self, decision_id: int, note: str = "", who: str = "") -> int:
        """Take a decision back, and all that were made with it; return the id of the undoing.

        Undoing an undoing lets the decision hold again, and returns its id. Raises BadInput for an id that
        does not exist or is undone already.
        """
        with self._engine.begin() as change:
            found = _standing(change, decision_id)
            _mark(change, found, now(), who)
            if found.kind == UNDO:
                earlier = _found(change, int(found.subject))
                _mark(change, earlier, None, "")
                return int(earlier.id)
            undoing = Decision(UNDO, str(found.batch or found.id), None)
            return _put(change, [_row(undoing, note, who)])

    def restore(self, decision_id: int, who: str = "") -> int:
        """Let a decision that was undone hold again, and all that were made with it; return its id.

        Raises BadInput for an id that does not exist or is not undone.
        """
        with self._engine.begin() as change:
            found = _found(change, decision_id)
            undoing = _decisions.c.subject == str(found.batch or found.id)
            standing = (_decisions.c.kind == UNDO, _decisions.c.undone_at.is_(None))
            last = change.execute(sa.select(_decisions).where(undoing, *standing)).one_or_none()
            if last is None:
                raise BadInput("decision_holds", id=str(decision_id))
            _mark(change, last, now(), who)
            _mark(change, found, None, "")
        return decision_id

    def history(self, kind: str = "") -> pd.DataFrame:
        """Return every decision ever made and every undoing, newest first, `answer` as JSON text.

        `kind` keeps one kind only.
        """
        wanted = sa.select(_decisions).order_by(_decisions.c.id.desc())
        with reading(self._engine) as change:
            rows = change.execute(wanted.where(_decisions.c.kind == kind) if kind else wanted)
            return pd.DataFrame(rows.mappings().all(), columns=[c.name for c in _decisions.c])

    def holding(self, kind: str = "") -> list[Held]:
        """Return what holds, oldest first: of each kind, subject and context the newest that is not undone.

        `kind` keeps one kind only. Undoings are not among them.
        """
        with reading(self._engine) as change:
            return _holding(change, [kind] if kind else [])


def clear(change: sa.Connection) -> None:
    """Forget every decision."""
    change.execute(sa.delete(_decisions))


def _holding(change: sa.Connection, kinds: Collection[str]) -> list[Held]:
    wanted = sa.select(_decisions).where(_decisions.c.undone_at.is_(None), _decisions.c.kind != UNDO)
    wanted = wanted.where(_decisions.c.kind.in_(kinds)) if kinds else wanted
    newest = {_key(row): row for row in change.execute(wanted.order_by(_decisions.c.id))}
    return [_held(row) for row in sorted(newest.values(), key=lambda row: int(row.id))]


def _check(change: sa.Connection, expected: Expected) -> None:
    """Raise Outdated where something else holds than what a person saw."""
    seen = {key: found for key, found in expected.items() if found is not None}
    held = {_key(one): one for one in _holding(change, {key[0] for key in seen})} if seen else {}
    outdated = [key for key in seen if seen[key] != (held[key].id if key in held else 0)]
    if outdated:
        now = sorted((held[key] for key in outdated if key in held), key=lambda one: one.id)
        gone = [seen[key] for key in outdated if key not in held]
        raise Outdated(outdated, now, _taken_back(change, gone))


def _taken_back(change: sa.Connection, ids: Collection[int]) -> list[Held]:
    """Return decisions that were undone, with who undid them and when, the newest undoing last."""
    these = (_decisions.c.id.in_(ids), _decisions.c.undone_at.is_not(None))
    rows = change.execute(sa.select(_decisions).where(*these).order_by(_decisions.c.undone_at))
    return [replace(_held(row), at=row.undone_at, who=row.undone_by) for row in rows]


def _key(one: sa.Row[Any] | Decision) -> Key:
    return one.kind, one.subject, one.context


def _held(row: sa.Row[Any]) -> Held:
    answer = json.loads(row.answer)
    return Held(row.kind, row.subject, answer, row.context, row.note, row.id, row.at, row.who)


def _row(one: Decision, note: str, by: str) -> dict[str, Any]:
    answer = json.dumps(one.answer, ensure_ascii=False, sort_keys=True)
    said = {"kind": one.kind, "subject": one.subject, "context": one.context, "answer": answer}
    return {**said, "note": one.note or note, "who": by or who(), "undone_by": ""}


def _put(change: sa.Connection, rows: list[dict[str, Any]]) -> int:
    """Add decisions as one batch; nobody else adds any in between, for a change has the database alone."""
    if not rows:
        return 0
    added = sa.insert(_decisions).returning(_decisions.c.id, sort_by_parameter_order=True)
    ids = change.execute(added, [{**row, "at": now()} for row in rows]).scalars().all()
    if len(ids) > 1:
        these = _decisions.c.id.between(min(ids), max(ids))
        change.execute(sa.update(_decisions).where(these).values(batch=min(ids)))
    return int(min(ids))


def _found(change: sa.Connection, decision_id: int) -> sa.Row[Any]:
    row = change.execute(sa.select(_decisions).where(_decisions.c.id == int(decision_id))).one_or_none()
    if row is None:
        raise BadInput("decision_unknown", id=str(decision_id))
    return row


def _standing(change: sa.Connection, decision_id: int) -> sa.Row[Any]:
    row = _found(change, decision_id)
    if row.undone_at is not None:
        raise BadInput("decision_undone", id=str(decision_id))
    return row


def _mark(change: sa.Connection, row: sa.Row[Any], at: dt.datetime | None, by: str) -> None:
    """Mark a decision and its batch as undone, or (without `at`) as holding again."""
    these = _decisions.c.batch == row.batch if row.batch else _decisions.c.id == row.id
    undone_by = (by or who()) if at else ""
    change.execute(sa.update(_decisions).where(these).values(undone_at=at, undone_by=undone_by))
