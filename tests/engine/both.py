"""One question asked of both engines, and their answers side by side."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest

WHY_NOT = (
    "PySpark is not installed (requirements-spark.txt)"
    if not find_spec("pyspark")
    else ("" if shutil.which("java") else "Java 17 is not installed")
)
needs_spark = pytest.mark.skipif(bool(WHY_NOT), reason=f"no Spark: {WHY_NOT}")
# The short questions of tests are not worth the machine code of a server.
os.environ.setdefault("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
os.environ.setdefault("SPARK_CONF_DIR", str(Path(__file__).with_name("spark")))


@contextmanager
def on(engine: str) -> Iterator[None]:
    """Ask `engine` what is asked within."""
    with patch.dict(os.environ, {"CSOMAP_ENGINE": engine}):
        yield


def answers(ask: Callable[[], pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what DuckDB and what Spark say."""
    with on("duckdb"):
        one = ask()
    with on("spark"):
        return one, ask()


def the_same(ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return the answer of both; AssertionError if a row, a name or a type differs. Rows have no order."""
    one, two = answers(ask)
    pd.testing.assert_frame_equal(_sorted(one), _sorted(two), rtol=1e-12)
    return one


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    lists = {name: column.map(_fixed) for name, column in frame.items() if any(map(_is_list, column))}
    plain = frame.assign(**lists)  # only these are touched: mapping all would hide that a type differs
    return plain.sort_values(list(plain.columns), key=lambda column: column.map(str), ignore_index=True)


def _fixed(value: object) -> object:
    return tuple(value) if _is_list(value) else value  # type: ignore[arg-type]


def _is_list(value: object) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str)
