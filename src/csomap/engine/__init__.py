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

BACKENDS = ("duckdb", "spark")


def run(
    expression: Callable[..., ir.Table], *, memo: Hashable = None, **tables: pd.DataFrame
) -> pd.DataFrame:
    """Return what `expression` makes of `tables`, as a table in memory.

    `expression` takes one Ibis table for each named frame and returns an Ibis table. Days reach it
    as dates and come back as datetimes. Calls with the same `memo` must mean the same expression;
    without one the SQL is written anew. Raises BadInput where CSOMAP_ENGINE names a backend that does
    not exist or is not installed.
    """
    backend = _backend(settings.engine())
    given = {name: _in_days(frame) for name, frame in tables.items()}
    schemas = {name: table.schema for name, table in given.items()}
    asked = question(expression, memo, schemas, backend.DIALECT)
    found: pd.DataFrame = _settled(backend.answer(asked, given), asked.columns).to_pandas(
        date_as_object=False
    )
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
    table = pa.Table.from_pandas(frame, preserve_index=False)
    fields = [one.with_type(pa.date32()) if pa.types.is_timestamp(one.type) else one for one in table.schema]
    return table.cast(pa.schema(fields))
