"""What people decided: one list to which is only added, and in which nothing is lost."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.store.database import META, now, opened, reading, who

UNDO = "undo"

_decisions = sa.Table(
    "decisions",
    META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False, index=True),
    sa.Column("subject", sa.String, nullable=False),
    sa.Column("context", sa.String, nullable=False, default=""),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False, default=""),
    sa.Column("batch", sa.Integer, nullable=False, default=0),
    sa.Column("undone_at", sa.DateTime),
    sa.Column("undone_by", sa.String, nullable=False, default=""),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True)
class Decision:
    """One decision: `answer` is anything that JSON can hold, about a `subject` in a `context`."""

    kind: str
    subject: str
    answer: Any
    context: str = ""


@dataclass(frozen=True)
class Held(Decision):
    """A decision that holds, with its id, when and by whom it was made, and why."""

    id: int = 0
    at: dt.datetime = dt.datetime.min
    who: str = ""
    note: str = ""


class Decisions:
    """The decisions of one installation. The newest about a subject in a context holds, unless undone."""

    def __init__(self, settings: Settings) -> None:
        self._engine = opened(settings)

    def decide(
        self, kind: str, subject: str, answer: Any, context: str = "", note: str = "", who: str = ""
    ) -> int:
        """Keep a decision and return its id; without `who` it is the user of this process."""
        return self.decide_all([Decision(kind, subject, answer, context)], note, who)

    def decide_all(self, decisions: Iterable[Decision], note: str = "", who: str = "") -> int:
        """Keep decisions that belong together, all or none, and return the first id; undone as one."""
        with self._engine.begin() as change:
            ids = [_put(change, one, note, who) for one in decisions]
            if len(ids) > 1:
                change.execute(sa.update(_decisions).where(_decisions.c.id.in_(ids)).values(batch=ids[0]))
        return ids[0]

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
            return _put(change, Decision(UNDO, str(found.batch or found.id), None), note, who)

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

    def history(self) -> pd.DataFrame:
        """Return every decision ever made and every undoing, newest first, `answer` as JSON text."""
        with reading(self._engine) as change:
            rows = change.execute(sa.select(_decisions).order_by(_decisions.c.id.desc()))
            return pd.DataFrame(rows.mappings().all(), columns=[c.name for c in _decisions.c])

    def holding(self, kind: str = "") -> list[Held]:
        """Return what holds, oldest first: of each kind, subject and context the newest that is not undone.

        `kind` keeps one kind only. Undoings are not among them.
        """
        wanted = sa.select(_decisions).where(_decisions.c.undone_at.is_(None), _decisions.c.kind != UNDO)
        wanted = wanted.where(_decisions.c.kind == kind) if kind else wanted
        with reading(self._engine) as change:
            rows = change.execute(wanted.order_by(_decisions.c.id)).all()
        newest = {(row.kind, row.subject, row.context): row for row in rows}
        return [_held(row) for row in sorted(newest.values(), key=lambda row: int(row.id))]


def clear(change: sa.Connection) -> None:
    """Forget every decision."""
    change.execute(sa.delete(_decisions))


def _held(row: sa.Row[Any]) -> Held:
    answer = json.loads(row.answer)
    return Held(row.kind, row.subject, answer, row.context, row.id, row.at, row.who, row.note)


def _put(change: sa.Connection, one: Decision, note: str, by: str) -> int:
    values = {"kind": one.kind, "subject": one.subject, "context": one.context, "note": note}
    answer = json.dumps(one.answer, ensure_ascii=False, sort_keys=True)
    done = change.execute(
        sa.insert(_decisions).values(**values, at=now(), who=by or who(), answer=answer, undone_by="")
    )
    key = done.inserted_primary_key
    return int(key[0]) if key else 0


def _found(change: sa.Connection, decision_id: int) -> sa.Row[Any]:
    row = change.execute(sa.select(_decisions).where(_decisions.c.id == decision_id)).one_or_none()
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
