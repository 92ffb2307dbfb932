"""DuckDB in this process: what runs the analysis unless somebody says otherwise."""

import threading
from collections.abc import Mapping
from functools import cache

import duckdb
import pyarrow as pa

from csomap.engine.questions import Question
from csomap.tables.wanted import Value

DIALECT = "duckdb"
ROOM = "$"  # before the name of a value in a prepared statement
_local = threading.local()
_opening = threading.Lock()


def answer(question: Question, tables: Mapping[str, pa.Table], values: Mapping[str, Value]) -> pa.Table:
    """Return what `question` makes of `tables` and `values`."""
    connection = _connection()
    for name, table in tables.items():
        connection.register(name, table)
    try:
        return connection.execute(_sql(question), dict(values)).to_arrow_table()
    finally:
        for name in tables:
            connection.unregister(name)


def _sql(question: Question) -> str:
    """Return the question as one statement; DuckDB is told to keep the parts, or works them out anew."""
    if not question.parts:
        return question.last
    parts = [f'"{name}" AS MATERIALIZED (\n{sql}\n)' for name, sql in question.parts.items()]
    return f"WITH {', '.join(parts)} SELECT * FROM (\n{question.last}\n)"


def _connection() -> duckdb.DuckDBPyConnection:
    """One connection a thread: DuckDB connections are not shared between threads, the database is."""
    if not hasattr(_local, "connection"):
        with _opening:
            _local.connection = _database().cursor()
    connection: duckdb.DuckDBPyConnection = _local.connection
    return connection


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Open the database in memory, once a process: each takes fifty times as long as a connection to it."""
    return duckdb.connect()
