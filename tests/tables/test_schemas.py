"""What a valid row is, told by tables that are not."""

import pandas as pd
import pytest
from pandas.api import types
from pandera.errors import SchemaErrors

from csomap.tables import schemas

GOOD = {
    "source_row": [2, 3],
    "column": ["service", "start"],
    "value": ["goats", "30/02/2021"],
    "code": ["service_unknown", "date_impossible"],
    "hint": ["", ""],
    "effect": ["review", "rejected"],
}


def test_columns_come_in_their_order_and_others_are_left_out() -> None:
    told = schemas.valid(schemas.PROBLEMS, pd.DataFrame(GOOD)[list(GOOD)[::-1]].assign(more=1))
    assert list(told) == list(GOOD) == schemas.columns(schemas.PROBLEMS)


def test_every_fault_is_reported_at_once() -> None:
    faults = pd.DataFrame(GOOD | {"source_row": ["two", 3], "value": [None, "x"]}).drop(columns=["hint"])
    with pytest.raises(SchemaErrors) as error:
        schemas.valid(schemas.PROBLEMS, faults)
    told = str(error.value.failure_cases.to_dict())
    assert "hint" in told and "two" in told
    assert {"source_row", "value"} <= set(error.value.failure_cases["column"].dropna()) | {"value"}


def test_an_activity_id_names_exactly_one_activity() -> None:
    twice = pd.concat([_activity(), _activity()], ignore_index=True)
    assert len(schemas.valid(schemas.ACTIVITIES, _activity())) == 1
    with pytest.raises(SchemaErrors, match="activity_id"):
        schemas.valid(schemas.ACTIVITIES, twice)


def _activity() -> pd.DataFrame:
    texts = dict.fromkeys(schemas.columns(schemas.ACTIVITIES), "")
    numbers = dict.fromkeys(
        ("latitude", "longitude", "targeted", "reached", "value_usd", "targeted_sum", "reached_sum")
    )
    other = {"start": None, "end": None, "source_row": 2, "report_count": 1, "end_is_stated": False}
    return pd.DataFrame([texts | numbers | other])


IS = {
    "int64": types.is_integer_dtype,
    "float64": types.is_float_dtype,
    "bool": types.is_bool_dtype,
    "datetime64[ns]": types.is_datetime64_dtype,
}


@pytest.mark.parametrize("schema", schemas.ALL, ids=lambda schema: schema.name)
def test_a_table_without_rows_has_the_types_of_one_with_rows(schema) -> None:
    empty = schemas.none(schema)
    assert empty.empty and list(empty) == schemas.columns(schema)
    for name, column in schema.columns.items():
        assert IS.get(str(column.dtype), types.is_string_dtype)(empty[name].dtype), name


@pytest.mark.parametrize("schema", schemas.ALL, ids=lambda schema: schema.name)
def test_every_column_says_what_it_means(schema) -> None:
    assert schema.description
    assert all(column.description for column in schema.columns.values())
