"""Questions in SQL: written once in the words of a backend and kept, its parts before the rest.

Writing the SQL of a large Ibis expression takes many times longer than running it on one country's
data. So the SQL of an expression that says its `memo` is kept, and only the tables change, and the values
for which a backend leaves room in its SQL.
"""

import datetime as dt
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from csomap.tables.wanted import Value

_TYPES = {str: "string", tuple: "array<string>", dt.date: "date"}
_local = threading.local()
_written: dict[Hashable, "Question"] = {}
_MOST = 500


@dataclass(frozen=True)
class Question:
    """The SQL of one question: its parts by name, in order, the rest, and the columns of the answer."""

    parts: Mapping[str, str]
    last: str
    columns: ibis.Schema


@dataclass(frozen=True)
class _Writing:
    """What is being written in this thread: for which dialect, beside which tables, and its parts so far."""

    dialect: str
    tables: frozenset[str]
    room: Mapping[str, str]
    parts: dict[str, str]

    def text(self, table: ir.Table) -> str:
        sql = str(ibis.to_sql(table, dialect=self.dialect))
        for name, room in self.room.items():
            sql = sql.replace(f"'{_mark(name)}'", room)
        return sql


def once(table: ir.Table, name: str) -> ir.Table:
    """Return `table` as a part of a question that is worked out once, however often the rest uses it.

    `name` names the part within its question; ValueError if a part or a given table has it already.
    Outside of `run` the table itself is returned.
    """
    writing: _Writing | None = getattr(_local, "writing", None)
    if writing is None:
        return table
    if name in writing.parts or name in writing.tables:
        raise ValueError(name)
    writing.parts[name] = writing.text(table)
    return ibis.table(table.schema(), name=name)


def question(
    expression: Callable[..., ir.Table],
    memo: Hashable,
    schemas: Mapping[str, pa.Schema],
    dialect: str,
    values: Mapping[str, Value] | None = None,
    room: str = "",
) -> Question:
    """Return the question that `expression` asks of tables with these schemas, in SQL of `dialect`.

    room: what stands in SQL before the name of a value that comes later; "" writes the values themselves.
    """
    told = tuple((name, str(schema.remove_metadata())) for name, schema in schemas.items())
    given = values or {}
    asked = tuple((name, type(value) if room else value) for name, value in given.items())
    key = (dialect, memo, told, asked)
    if memo is not None and key in _written:
        return _written[key]
    found = _in_words(expression, schemas, dialect, given, room)
    if memo is not None and len(_written) < _MOST:
        _written[key] = found
    return found


def _in_words(
    expression: Callable[..., ir.Table],
    schemas: Mapping[str, pa.Schema],
    dialect: str,
    values: Mapping[str, Value],
    room: str,
) -> Question:
    unbound = {
        name: ibis.table(ibis.Schema.from_pyarrow(schema), name=name) for name, schema in schemas.items()
    }
    rooms = {name: room + name for name in values} if room else {}
    writing = _Writing(dialect, frozenset(unbound), rooms, {})
    _local.writing = writing
    try:
        asked = expression(**unbound, **{name: _told(name, value, room) for name, value in values.items()})
        return Question(writing.parts, writing.text(asked), asked.schema())
    finally:
        _local.writing = None


def _told(name: str, value: Value, room: str) -> ir.Value:
    kind = _TYPES[type(value)]
    return ibis.literal(_mark(name)).cast(kind) if room else ibis.literal(value, kind)


def _mark(name: str) -> str:
    """Return what stands for a value until the SQL is written; no code of a taxonomy looks like it."""
    return f"?{name}?"
