"""DuckDB in this process: what runs the analysis unless somebody says otherwise."""

import threading
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from csomap.engine.questions import Question

DIALECT = "duckdb"
_local = threading.local()


def answer(question: Question, tables: Mapping[str, pa.Table]) -> pa.Table:
    """Return what `question` makes of `tables`."""
    connection = _connection()
    for name, table in tables.items():
        connection.register(name, table)
    try:
        return connection.execute(_sql(question)).to_arrow_table()
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
    """One connection a thread: DuckDB connections are not shared between threads."""
    if not hasattr(_local, "connection"):
        _local.connection = duckdb.connect()
    connection: duckdb.DuckDBPyConnection = _local.connection
    return connection
