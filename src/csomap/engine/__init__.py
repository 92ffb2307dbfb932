"""Which backend runs the analysis: DuckDB in this process, or Spark."""

from collections.abc import Callable, Hashable
from importlib import import_module
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from csomap import settings
from csomap.engine.questions import once as once
from csomap.engine.questions import question
from csomap.errors import BadInput
from csomap.tables.wanted import Value

BACKENDS = ("duckdb", "spark")


def run(
    expression: Callable[..., ir.Table],
    *,
    memo: Hashable = None,
    **given: pd.DataFrame | Value,
) -> pd.DataFrame:
    """Return what `expression` makes of the tables and values that are `given`, in memory.

    `expression` takes one Ibis table for each named frame and one Ibis value for each named text, day or
    tuple of texts, uses them all, and returns an Ibis table. Days of tables reach it as dates and come back
    as datetimes. Calls with the same `memo` must mean the same expression, whatever tables and values they
    give; without one the SQL is written anew. Raises BadInput where CSOMAP_ENGINE names a backend that does
    not exist or is not installed.
    """
    backend = _backend(settings.engine())
    values = {name: value for name, value in given.items() if not isinstance(value, pd.DataFrame)}
    tables = {name: _in_days(frame) for name, frame in given.items() if isinstance(frame, pd.DataFrame)}
    schemas = {name: table.schema for name, table in tables.items()}
    asked = question(expression, memo, schemas, backend.DIALECT, values, backend.ROOM)
    told = backend.answer(asked, tables, values)
    found: pd.DataFrame = _settled(told, asked.columns).to_pandas(date_as_object=False)
    return found


def _backend(name: str) -> Any:
    if name not in BACKENDS:
        raise BadInput("engine_unknown", value=name, known=", ".join(BACKENDS))
    try:
        return import_module(f"csomap.engine.{name}")
    except ImportError as missing:
        raise BadInput("engine_missing", value=name, reason=missing) from missing


def _settled(found: pa.Table, columns: ibis.Schema) -> pa.Table:
    """Give each column the type that the question says: backends differ in width and in units of time."""
    types = columns.to_pyarrow().types
    settled = [
        pa.nulls(len(column)) if pa.types.is_null(kind) else column.cast(kind)
        for column, kind in zip(found.itercolumns(), types, strict=True)
    ]
    return pa.table(settled, names=found.column_names)


def _in_days(frame: pd.DataFrame) -> pa.Table:
    table = pa.Table.from_pandas(frame, preserve_index=False, nthreads=1)
    fields = [one.with_type(pa.date32()) if pa.types.is_timestamp(one.type) else one for one in table.schema]
    return table.cast(pa.schema(fields))
