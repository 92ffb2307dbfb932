"""How long it takes to find what works near each other: points alone, and pairs of activities.

    python benchmarks/near.py [SIZE...]

Made-up activities (`matching/synthetic.py`, country) are put into the sub-districts of Iraq: how many each
gets follows a log-normal law, so that a few towns hold most of them, and each lies around its sub-district's
point (normal, 5 km each way). Steps, at 5 km: points (geo.near, the distinct points by district), every two
(the same without an index, in NumPy; up to 10,000 points, once), pairs (flow.find_near). The first round, in
which csomap writes its SQL, is not counted; medians of three others in one process. Writes results/near.csv.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent / "matching"))
from contenders import data
from synthetic import write

from csomap import flow, geo
from csomap.tables.places import places
from csomap.tables.query import PCODE_LENGTH, Query

SIZES, ROUNDS, SEED, KM = (10_000, 100_000), 3, 5, 5.0
MOST_COMPARED = 10_000
SPREAD = 0.05  # degrees
RESULTS = Path(__file__).parent / "results" / "near.csv"


def activities(size: int) -> pd.DataFrame:
    """Return ACTIVITIES columns, placed in Iraq; the same size gives the same table."""
    with tempfile.TemporaryDirectory() as folder:
        made_up = pd.read_parquet(write(size, "country", Path(folder) / "rows.parquet"))
    rng = np.random.default_rng([SEED, size])
    towns = places().query("level == 3")
    weights = rng.lognormal(0, 1.5, len(towns))
    home = towns.iloc[rng.choice(len(towns), size, p=weights / weights.sum())].reset_index(drop=True)
    return made_up.assign(
        pcode=home["pcode"].to_numpy(),
        longitude=home["lon"].to_numpy() + rng.normal(0, SPREAD, size),
        latitude=home["lat"].to_numpy() + rng.normal(0, SPREAD, size),
    )


def spots(told: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct places of work by district."""
    named = told.assign(area=told["pcode"].str[: PCODE_LENGTH["2"]])
    return named[["area", "longitude", "latitude"]].drop_duplicates(ignore_index=True)


def every_two(told: pd.DataFrame) -> int:
    """Return how many two spots of different areas are near, each compared with all that follow."""
    area, lon, lat = told["area"].to_numpy(), told["longitude"].to_numpy(), told["latitude"].to_numpy()
    found = 0
    for first in range(len(told) - 1):
        rest = slice(first + 1, None)
        count = len(told) - first - 1
        km = geo.distance_km(np.full(count, lon[first]), np.full(count, lat[first]), lon[rest], lat[rest])
        found += int(((km <= KM) & (area[rest] != area[first])).sum())
    return found


def measured(step: Callable[[], Any], rounds: int) -> tuple[int, float, float]:
    """Return rows found, and the median seconds by the clock and of the processors, without the first."""
    rows, clock, cpu = 0, [], []
    for _ in range(rounds):
        start, start_cpu = time.perf_counter(), time.process_time()
        found = step()
        rows = found if isinstance(found, int) else len(found)
        clock.append(time.perf_counter() - start)
        cpu.append(time.process_time() - start_cpu)
    return rows, statistics.median(clock[1:] or clock), statistics.median(cpu[1:] or cpu)


def main() -> None:
    """Measure every size and write the table."""
    lines = []
    for size in map(int, sys.argv[1:] or SIZES):
        told = activities(size)
        alone, asked = spots(told), Query(near_km=KM)
        steps: dict[str, Callable[[], Any]] = {
            "points": lambda alone=alone: geo.near(alone, KM),
            "pairs": lambda told=told, asked=asked: flow.find_near(data(told), asked),
        }
        if size <= MOST_COMPARED:
            steps["every two"] = lambda alone=alone: every_two(alone)
        for name, step in steps.items():
            rows, seconds, cpu = measured(step, 1 if name == "every two" else ROUNDS + 1)
            line = {"size": size, "step": name, "found": rows}
            lines.append(line | {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2)})
            print(lines[-1], flush=True)
    pd.DataFrame(lines).to_csv(RESULTS, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
