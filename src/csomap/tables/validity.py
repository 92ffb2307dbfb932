"""Whether a table is what its schema says; what plainly is so is not looked at twice."""

from functools import lru_cache

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
    told = _in_units(schema, frame)
    doubtful = _doubtful(schema, told)
    if not doubtful:
        return told[columns(schema)]
    if any(name not in told for name in doubtful):
        doubtful = columns(schema)
    checked = _part(id(schema), tuple(doubtful)).validate(told, lazy=True)
    return told.assign(**{name: checked[name] for name in doubtful})[columns(schema)]


def none(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return a valid table without rows."""
    return _without_rows(schema).copy()


def _without_rows(schema: pa.DataFrameSchema) -> pd.DataFrame:
    # The schema is kept beside the table, so that no other one can get its id.
    if id(schema) not in _empty:
        checked: pd.DataFrame = schema.validate(pd.DataFrame({name: [] for name in columns(schema)}))
        _empty[id(schema)] = schema, checked[columns(schema)]
    return _empty[id(schema)][1]


def _in_units(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its days in the unit of the schema, where they fit into it."""
    kinds = _without_rows(schema).dtypes
    days = [name for name in kinds.index[kinds == "datetime64[ns]"] if name in frame]
    other = [name for name in days if frame[name].dtype.kind == "M" and frame[name].dtype != kinds[name]]
    try:
        return frame.astype(kinds[other].to_dict())
    except pd.errors.OutOfBoundsDatetime:
        return frame  # which row it is, pandera says


def _doubtful(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> list[str]:
    """Return the columns that are absent, of another type, empty where they may not be, or to be checked."""
    kinds = _without_rows(schema).dtypes
    return [
        str(name)
        for name, wanted in schema.columns.items()
        if name not in frame
        or wanted.checks
        or frame[name].dtype != kinds[name]
        or not (wanted.nullable or not frame[name].hasnans)
    ]


@lru_cache(maxsize=200)
def _part(schema_id: int, names: tuple[str, ...]) -> pa.DataFrameSchema:
    return _empty[schema_id][0].select_columns(list(names))
