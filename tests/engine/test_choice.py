"""CSOMAP_ENGINE says which engine runs, and what is missing is told with a way out."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from csomap.engine import run
from csomap.errors import BadInput
from csomap.i18n import LANGUAGES
from tests.engine.both import needs_spark, on

ASK = "import pandas as pd; from csomap.engine import run; run(lambda t: t, t=pd.DataFrame({'n': [1]}))"
HIDDEN = "import sys; sys.modules['pyspark'] = None; "
TOLD = "import csomap.errors as e\ntry:\n    {ask}\nexcept e.BadInput as told:\n    print(told.key, told)"


def _process(code: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    ).stdout


def test_an_engine_that_does_not_exist_is_told_with_those_that_do() -> None:
    with on("sparc"), pytest.raises(BadInput) as told:
        run(lambda t: t, t=pd.DataFrame({"n": [1]}))
    for lang in LANGUAGES:
        assert all(word in told.value.told(lang) for word in ("CSOMAP_ENGINE", "sparc", "duckdb", "spark"))


def test_without_a_wish_it_is_duckdb() -> None:
    with on(""):
        assert run(lambda t: t, t=pd.DataFrame({"n": [1]}))["n"].tolist() == [1]


def test_duckdb_needs_nothing_of_spark() -> None:
    """Hidden, not only left alone: pandera looks for PySpark by itself."""
    code = f"{HIDDEN}import csomap.cli; {ASK}; print('csomap.engine.spark' in sys.modules)"
    assert _process(code, CSOMAP_ENGINE="duckdb").strip() == "False"


def test_a_missing_pyspark_is_told_with_the_command_that_installs_it() -> None:
    told = _process(HIDDEN + "\n" + TOLD.format(ask=ASK), CSOMAP_ENGINE="spark")
    assert told.startswith("engine_missing") and "requirements-spark.txt" in told


@needs_spark
def test_a_missing_java_is_told_with_the_place_where_it_was_sought(tmp_path: Path) -> None:
    told = _process(TOLD.format(ask=ASK), CSOMAP_ENGINE="spark", JAVA_HOME=str(tmp_path))
    assert told.startswith("spark_no_java") and str(tmp_path) in told and "Java 17" in told


@needs_spark
def test_a_java_that_does_not_start_spark_is_told(tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    java.chmod(0o755)
    told = _process(TOLD.format(ask=ASK), CSOMAP_ENGINE="spark", JAVA_HOME=str(tmp_path))
    assert told.startswith("spark_not_started") and str(java) in told and "Java 17" in told
