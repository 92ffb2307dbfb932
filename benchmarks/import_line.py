"""The line beside a bare read: what csomap adds to reading the OCHA Iraq 3W of 2021.

    python benchmarks/import_line.py FILE.xlsx

Prints and writes results/import_line.csv: medians of five runs in one process, and their ratio to
a bare pandas.read_excel(engine="calamine") of the same sheet. The file is not part of the
repository; download it from HDX ("Iraq - Humanitarian Operational Presence (3W)").
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from csomap import flow
from csomap.settings import Settings
from csomap.tables.query import Query

RUNS = 5
RESULTS = Path(__file__).parent / "results" / "import_line.csv"


def timed(work: Callable[[], object]) -> float:
    """Return the median of RUNS runs, in seconds."""
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def ingest(file: Path) -> object:
    """Import into an empty home, as a person does the first time."""
    with tempfile.TemporaryDirectory() as home:
        return flow.ingest(file, Settings(Path(home)))


def main(file: Path) -> None:
    """Measure, print and write the table."""
    sheet = "3W longtable Jan-Dec 2021"
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(Path(home))
        flow.ingest(file, settings)
        data = flow.load(settings)
        health = Query(sector="health", service_level="sector")
        steps = {
            "bare read (pandas, calamine)": lambda: pd.read_excel(file, sheet_name=sheet, engine="calamine"),
            "check (read, resolve, account)": lambda: flow.check(file),
            "import (check, keep)": lambda: ingest(file),
            "load (resolve, activities)": lambda: flow.load(settings),
            "overlaps, health by sector": lambda: flow.find_overlaps(data, health),
            "coverage, 18 x 1": lambda: flow.find_coverage(data, health.but(area_level="1")),
        }
        found = {name: timed(work) for name, work in steps.items()}
    bare = found["bare read (pandas, calamine)"]
    table = pd.DataFrame({"step": list(found), "median_s": list(found.values())})
    table["ratio_to_bare_read"] = table["median_s"] / bare
    RESULTS.parent.mkdir(exist_ok=True)
    table.round(2).to_csv(RESULTS, index=False)
    sys.stdout.write(table.round(2).to_string(index=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
