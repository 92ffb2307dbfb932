"""Spark in local mode, for those who ask for it: CSOMAP_ENGINE=spark.

Imported when the first question is asked, and by nobody else: PySpark need not be installed.
"""

import os
import shutil
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import ibis
import pyarrow as pa
from pyspark import SparkConf
from pyspark.errors import PySparkRuntimeError
from pyspark.sql import SparkSession

from csomap.engine.questions import Question
from csomap.errors import BadInput
from csomap.tables.wanted import Value

DIALECT = "pyspark"
ROOM = ""  # values stand in the SQL itself
_ONLY_HERE = "127.0.0.1"
_LOGS = Path(__file__).with_name("log4j2.properties")
_CONFIGURATION = {
    "spark.app.name": "csomap",
    "spark.master": "local[*]",
    "spark.driver.host": _ONLY_HERE,
    "spark.driver.bindAddress": _ONLY_HERE,
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGS.as_uri()}",
    "spark.driver.memory": "4g",  # at most; the 1 GB that Spark takes by itself is little for a crowded file
    "spark.sql.ansi.enabled": "true",  # a value that does not fit is an error, as on DuckDB
    "spark.sql.catalogImplementation": "in-memory",  # no Hive
    # The constraints of a kept part name columns that are numbered anew where it meets itself, and fail.
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_local = threading.local()
_starting = threading.Lock()


def answer(question: Question, tables: Mapping[str, pa.Table], values: Mapping[str, Value]) -> pa.Table:
    """Return what `question` makes of `tables`; each part is worked out and kept before the next.

    Raises BadInput where Java is missing or too old.
    """
    session = _session()
    try:
        for name, table in tables.items():
            session.createDataFrame(table).createOrReplaceTempView(name)
        for name, sql in question.parts.items():
            session.sql(sql).localCheckpoint().createOrReplaceTempView(name)
        return session.sql(question.last).toArrow()
    finally:
        for name in (*tables, *question.parts):
            session.catalog.dropTempView(name)


def _session() -> SparkSession:
    """One session a thread, on one Spark: views of one thread are not seen by the others."""
    if not hasattr(_local, "session"):
        with _starting:
            _local.session = _spark().newSession()
    session: SparkSession = _local.session
    return session


@cache
def _spark() -> SparkSession:
    """Start Spark, once a process."""
    place = Path(os.environ["JAVA_HOME"]) / "bin" if os.environ.get("JAVA_HOME") else None
    java = shutil.which("java", path=place)
    if not java:
        raise BadInput("spark_no_java", place=place or "PATH")
    configuration = SparkConf().setAll(list(_CONFIGURATION.items()))
    try:
        return SparkSession.builder.config(conf=configuration).getOrCreate()
    except PySparkRuntimeError as broken:
        raise BadInput("spark_not_started", java=java) from broken


_ = ibis.pyspark  # Ibis writes SQL for Spark only once this backend is loaded
