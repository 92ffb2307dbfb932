"""What Spark costs beside DuckDB: the same overlaps and coverage, of the sample and of made-up activities.

    python benchmarks/engines.py [SIZE ...]      # needs requirements-spark.txt and Java 17

Sizes are activities of `matching/synthetic.py`, density country; without one it is 100000. Each engine
answers once to warm up, then ROUNDS times; printed is the shortest time in seconds, the other engine's
beside it, and whether the rows are the same. Results are written to results/engines.csv.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from csomap import flow
from csomap.flow import Data
from csomap.settings import Settings
from csomap.tables.query import Query

sys.path.insert(0, str(Path(__file__).parent / "matching"))
import synthetic

ROUNDS, ENGINES = 3, ("duckdb", "spark")
TARGET = Path(__file__).parent / "results" / "engines.csv"
WINDOW = Query(start=pd.Timestamp("2021-01-01").date(), end=pd.Timestamp("2021-12-31").date())


def worlds(sizes: list[int], folder: Path) -> Iterator[tuple[str, Data]]:
    """Return the sample and made-up worlds of these sizes, each with its name."""
    yield "sample", flow.load(Settings(folder))
    nobody = pd.DataFrame(columns=["org_id", "name", "acronym", "type"])
    for size in sizes:
        made = pd.read_parquet(synthetic.write(size, "country", folder / f"{size}.parquet"))
        yield str(size), Data(made, made, nobody, waiting=0, is_sample=False, version=str(size))


def timed(ask: Callable[[], pd.DataFrame], engine: str) -> tuple[float, pd.DataFrame]:
    """Return the shortest time of the rounds in seconds, and the answer."""
    os.environ["CSOMAP_ENGINE"] = engine
    found, times = ask(), []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        found = ask()
        times.append(time.perf_counter() - began)
    return min(times), found


def compared(name: str, table: str, data: Data) -> dict[str, object]:
    """Return one line of the result."""

    def ask() -> pd.DataFrame:
        return flow.find_overlaps(data, Query()) if table == "overlaps" else flow.find_coverage(data, WINDOW)

    told = {engine: timed(ask, engine) for engine in ENGINES}
    seconds = {f"{engine}_seconds": round(told[engine][0], 2) for engine in ENGINES}
    frames = [told[engine][1] for engine in ENGINES]
    return {
        "activities": name,
        "table": table,
        "rows": len(frames[0]),
        **seconds,
        "times_slower": round(told["spark"][0] / told["duckdb"][0], 1),
        "same_rows": frames[0].round(9).equals(frames[1].round(9)),
    }


def main() -> None:
    """Measure and print."""
    sizes = [int(size) for size in sys.argv[1:]] or [100_000]
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for name, data in worlds(sizes, Path(folder)):
            for table in ("overlaps", "coverage"):
                lines.append(compared(name, table, data))
                print(lines[-1], flush=True)
    pd.DataFrame(lines).to_csv(TARGET, index=False)


if __name__ == "__main__":
    main()
