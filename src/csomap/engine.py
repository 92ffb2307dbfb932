"""Which backend runs the analysis: DuckDB in this process.

Writing the SQL of a large Ibis expression takes many times longer than running it on one country's
data. So `run` keeps the SQL of an expression that says its `memo`, and only the tables change.
"""

import threading
from collections.abc import Callable, Hashable

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

_local = threading.local()
_written: dict[Hashable, str] = {}
_MOST = 500


def run(
    expression: Callable[..., ir.Table], *, memo: Hashable = None, **tables: pd.DataFrame
) -> pd.DataFrame:
    """Return what `expression` makes of `tables`, as a table in memory.

    `expression` takes one Ibis table for each named frame and returns an Ibis table. Days reach it
    as dates and come back as datetimes. Calls with the same `memo` must mean the same expression;
    without one the SQL is written anew.
    """
    given = {
        name: pa.Table.from_pandas(_dated(frame), preserve_index=False) for name, frame in tables.items()
    }
    sql = _sql(expression, memo, {name: table.schema for name, table in given.items()})
    connection = _connection()
    for name, table in given.items():
        connection.register(name, table)
    try:
        found: pd.DataFrame = connection.execute(sql).to_arrow_table().to_pandas(date_as_object=False)
        return found
    finally:
        for name in given:
            connection.unregister(name)


def once(table: ir.Table, name: str) -> ir.Table:
    """Return `table` as a part of a question that is worked out once, however often the rest uses it.

    `name` names the part within its question; ValueError if two have the same. Outside of `run` the
    table itself is returned.
    """
    parts: dict[str, str] | None = getattr(_local, "parts", None)
    if parts is None:
        return table
    if name in parts:
        raise ValueError(name)
    parts[name] = _text(table)
    return ibis.table(table.schema(), name=name)


def _in_parts(question: Callable[[], ir.Table]) -> str:
    """Write a question with its parts before it; DuckDB is told to keep them, or it works them out anew."""
    _local.parts = {}
    try:
        last = _text(question())
        parts = [f'"{name}" AS MATERIALIZED (\n{sql}\n)' for name, sql in _local.parts.items()]
    finally:
        _local.parts = None
    return f"WITH {', '.join(parts)} SELECT * FROM (\n{last}\n)" if parts else last


def _text(table: ir.Table) -> str:
    return str(ibis.to_sql(table, dialect="duckdb"))


def _connection() -> duckdb.DuckDBPyConnection:
    """One connection a thread: DuckDB connections are not shared between threads."""
    if not hasattr(_local, "connection"):
        _local.connection = duckdb.connect()
    connection: duckdb.DuckDBPyConnection = _local.connection
    return connection


def _sql(expression: Callable[..., ir.Table], memo: Hashable, schemas: dict[str, pa.Schema]) -> str:
    key = (memo, tuple((name, str(schema.remove_metadata())) for name, schema in schemas.items()))
    if memo is not None and key in _written:
        return _written[key]
    unbound = {
        name: ibis.table(ibis.Schema.from_pyarrow(schema), name=name) for name, schema in schemas.items()
    }
    sql = _in_parts(lambda: expression(**unbound))
    if memo is not None and len(_written) < _MOST:
        _written[key] = sql
    return sql


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    days = frame.select_dtypes("datetime").columns
    return frame.astype({name: pd.ArrowDtype(pa.date32()) for name in days})
