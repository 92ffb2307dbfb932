"""Which backend runs the analysis: DuckDB in this process."""

import threading
from collections.abc import Callable, Mapping
from uuid import uuid4

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

_local = threading.local()


def _connection() -> ibis.BaseBackend:
    """One connection a thread: DuckDB connections are not shared between threads."""
    if not hasattr(_local, "connection"):
        _local.connection = ibis.duckdb.connect()
        _local.connection.raw_sql("SET enable_progress_bar = false")
    connection: ibis.BaseBackend = _local.connection
    return connection


def run(expression: Callable[..., ir.Table], **tables: pd.DataFrame) -> pd.DataFrame:
    """Return what `expression` makes of `tables`, as a table in memory.

    `expression` takes one Ibis table for each named frame and returns an Ibis table. Days
    (`start`, `end` and other datetime columns) reach it as dates and come back as datetimes.
    """
    connection = _connection()
    names = {key: f"{key}_{uuid4().hex}" for key in tables}
    try:
        return _days_as_times(expression(**_registered(connection, names, tables)).to_pandas())
    finally:
        for name in names.values():
            connection.drop_table(name, force=True)


def _registered(
    connection: ibis.BaseBackend, names: Mapping[str, str], tables: Mapping[str, pd.DataFrame]
) -> dict[str, ir.Table]:
    made = {}
    for key, frame in tables.items():
        arrow = pa.Table.from_pandas(_dated(frame), preserve_index=False)
        made[key] = connection.create_table(names[key], arrow, temp=True)
    return made


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    days = frame.select_dtypes("datetime").columns
    return frame.astype({name: pd.ArrowDtype(pa.date32()) for name in days})


def _days_as_times(frame: pd.DataFrame) -> pd.DataFrame:
    for name in ("start", "end"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    return frame
