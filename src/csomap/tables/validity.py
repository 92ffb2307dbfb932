"""Whether a table is what its schema says; what plainly is so is not looked at twice."""

import pandas as pd
import pandera.pandas as pa

_empty: dict[int, tuple[pa.DataFrameSchema, pd.DataFrame]] = {}


def columns(schema: pa.DataFrameSchema) -> list[str]:
    """Return the column names of a schema in their order."""
    return [str(name) for name in schema.columns]


def valid(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the schema's columns in their order and types; report every fault at once.

    Raises pandera's SchemaErrors, which names each column and row that does not fit.
    """
    if _fits(schema, frame):
        return frame[columns(schema)]
    checked: pd.DataFrame = schema.validate(frame, lazy=True)
    return checked[columns(schema)]


def none(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return a valid table without rows."""
    return _without_rows(schema).copy()


def _without_rows(schema: pa.DataFrameSchema) -> pd.DataFrame:
    # The schema is kept beside the table, so that no other one can get its id.
    if id(schema) not in _empty:
        checked: pd.DataFrame = schema.validate(pd.DataFrame({name: [] for name in columns(schema)}))
        _empty[id(schema)] = schema, checked[columns(schema)]
    return _empty[id(schema)][1]


def _fits(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> bool:
    kinds = _without_rows(schema).dtypes
    return all(
        name in frame
        and not wanted.checks
        and frame[name].dtype == kinds[name]
        and (wanted.nullable or not frame[name].hasnans)
        for name, wanted in schema.columns.items()
    )
