"""Importing beside a bare read: what csomap adds to reading a file, in time and in memory.

    python benchmarks/import_files.py [FILE.xlsx SHEET]

Files: 100,000 made-up rows of the canonical form as CSV and as XLSX, and FILE, for which the OCHA
Iraq 3W of 2021 was taken (from HDX, "Iraq - Humanitarian Operational Presence (3W)", sheet "3W
longtable Jan-Dec 2021"). Steps: bare (pandas.read_csv, or read_excel with calamine), bare_text
(the same with dtype=str: texts are kept as they stand, as csomap must), raw (importers.read: text
to dates, numbers and problems), check (flow.check: all texts resolved, rows counted), import
(flow.ingest: check and keep). Seconds, by the clock and of the processors, are medians of five
rounds in one process, each round doing all steps in turn; peak memory is that of a process of its
own that does the step once (as Linux tells it). Writes results/import_files.csv.

Then the made-up CSV at 100,000, 300,000 and 1,000,000 rows: seconds and peak memory of import and
of load (flow.load, reports and activities), each once in a process of its own. Writes
results/import_sizes.csv.
"""

import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from csomap import flow, importers
from csomap.settings import DATA, GEO, Settings, rules

ROUNDS, SEED = 5, 7
ROWS, SIZES = 100_000, (100_000, 300_000, 1_000_000)
RESULTS = Path(__file__).parent / "results"
COLUMNS = [
    *("activity_id", "project_id", "organisation", "programme_organisation", "funder", "organisation_type"),
    *("service", "function", "population_group", "characteristic", "pcode", "site", "latitude", "longitude"),
    *("start", "end", "status", "targeted", "reached", "value_usd"),
]
# Prints how long one step takes and the most memory that the process had until then, in megabytes.
ONCE = """
import json, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import import_files
work = import_files.steps(Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))[sys.argv[5]]
began = time.perf_counter()
work()
took = time.perf_counter() - began
most = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([took, int(most.split()[1]) / 1024]))
"""


def codes(path: Path, column: str) -> list[str]:
    """Return a column of one of csomap's own tables."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)[column].tolist()


def made_up(rows: int) -> Iterator[list[str]]:
    """Return rows of 200 organisations, of which 40 are unknown, at 3,000 sites over six years."""
    rng = random.Random(SEED)
    known = codes(DATA / "registry" / "organisations.csv", "name_en")
    organisations = [*rng.sample(known, 160), *(f"Society of the {n}th Well" for n in range(40))]
    services = codes(DATA / "taxonomies" / "services.csv", "code")
    places = codes(GEO / "places.csv", "pcode")
    sites = [
        [rng.choice(places), f"Site {n}", f"{rng.uniform(30, 37):.5f}", f"{rng.uniform(40, 48):.5f}"]
        for n in range(3000)
    ]
    groups = ["idp_camp", "returnee", "host", "host;idp_camp"]
    for number in range(rows):
        doing, leading, paying = rng.choices(organisations, k=3)
        what = [rng.choice(services), "direct", rng.choice(groups), ""]
        year, month, day = rng.randint(2018, 2023), rng.randint(1, 12), rng.randint(1, 28)
        when = [f"{year}-{month:02}-{day:02}", f"{year}-12-31", rng.choice(["completed", ""])]
        people = [str(rng.randint(1, 5000)) for _ in range(3)]
        who = [f"act-{number}", f"p-{rng.randint(1, 5000)}", doing, leading, paying, "cso"]
        yield [*who, *what, *rng.choice(sites), *when, *people]


def make(rows: int, folder: Path) -> Path:
    """Write made-up rows as a CSV."""
    path = folder / f"made_up_{rows}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(COLUMNS)
        table.writerows(made_up(rows))
    return path


def steps(file: Path, sheet: str, home: Path) -> dict[str, Callable[[], object]]:
    """Return what is measured."""
    settings = Settings(home)
    return {
        "bare": lambda: bare(file, sheet),
        "bare_text": lambda: bare(file, sheet, dtype=str),
        "raw": lambda: importers.read(file, limits=rules()["limits"]),
        "check": lambda: flow.check(file),
        "import": lambda: ingest(file),
        "keep": lambda: flow.ingest(file, settings),
        "load": lambda: flow.load(settings),
    }


def bare(file: Path, sheet: str, **options: Any) -> pd.DataFrame:
    """Read a file as pandas does by itself."""
    if file.suffix == ".csv":
        return pd.read_csv(file, **options)
    return pd.read_excel(file, sheet_name=sheet or 0, engine="calamine", **options)


def ingest(file: Path) -> object:
    """Import into an empty home, as a person does the first time."""
    with tempfile.TemporaryDirectory() as home:
        return flow.ingest(file, Settings(Path(home)))


def once(file: Path, sheet: str, home: Path, step: str) -> tuple[float, float]:
    """Return seconds and peak megabytes of one step in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-c", ONCE, str(Path(__file__).parent)]
    told = subprocess.run(
        [*command, str(file), sheet, str(home), step], capture_output=True, text=True, check=True
    )
    took, peak = json.loads(told.stdout)
    return took, peak


def beside_bare(file: Path, sheet: str, rows: int, home: Path) -> list[dict[str, object]]:
    """Measure all steps of one file."""
    works = {name: work for name, work in steps(file, sheet, home).items() if name not in ("keep", "load")}
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            began, used = time.perf_counter(), time.process_time()
            work()
            took[name].append((time.perf_counter() - began, time.process_time() - used))
    seconds = {
        name: [statistics.median(side) for side in zip(*many, strict=True)] for name, many in took.items()
    }
    least, least_used = seconds["bare"]
    return [
        {
            "file": "OCHA Iraq 3W 2021" if sheet else f"made up, {file.suffix[1:]}",
            "rows": rows,
            "step": name,
            "seconds": round(second, 3),
            "rows_per_second": round(rows / second),
            "times_bare": round(second / least, 1),
            "processor_seconds": round(used, 3),
            "times_bare_processor": round(used / least_used, 1),
            "peak_mb": round(once(file, sheet, home, name)[1]),
        }
        for name, (second, used) in seconds.items()
    ]


def by_size(folder: Path) -> list[dict[str, object]]:
    """Measure import and load at growing sizes."""
    told = []
    for rows in SIZES:
        file, home = make(rows, folder), folder / f"home_{rows}"
        for step in ("keep", "load"):
            took, peak = once(file, "", home, step)
            name = "import" if step == "keep" else step
            told.append({"rows": rows, "step": name, "seconds": round(took, 1), "peak_mb": round(peak)})
    return told


def main(real: list[str]) -> None:
    """Measure, print and write the tables."""
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        plain, book = make(ROWS, folder), folder / "made_up.xlsx"
        pd.read_csv(plain).to_excel(book, index=False, engine="xlsxwriter")
        told = beside_bare(plain, "", ROWS, folder) + beside_bare(book, "", ROWS, folder)
        if real:
            rows = len(pd.read_excel(real[0], sheet_name=real[1], engine="calamine")) - 1
            told += beside_bare(Path(real[0]), real[1], rows, folder)
        for name, table in (("import_files", told), ("import_sizes", by_size(folder))):
            frame = pd.DataFrame(table)
            frame.to_csv(RESULTS / f"{name}.csv", index=False, lineterminator="\n")
            print(frame.to_string(index=False))


if __name__ == "__main__":
    main(sys.argv[1:])
