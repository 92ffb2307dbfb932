"""How long coverage takes: a million activities over 294 sub-districts and 100 services, beside plain pandas.

    python benchmarks/coverage.py [SIZE...]

Made-up activities (`matching/synthetic.py`, country) are put into the sub-districts of Iraq, and each is
given one of SERVICES services: how many each place and service gets follows a log-normal law. Contenders:
csomap (flow.find_coverage, everything that COVERAGE says) and pandas (a groupby of the same counts and months
of the same window, nothing else: no silent areas, no coarser reports, no statuses). The first round, in which
csomap writes its SQL, is not counted; medians of ROUNDS others, by the clock and of the processors. Each
contender runs in a process of its own, so that peak memory (activities included) is its own. Writes
results/coverage.csv.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent / "matching"))
from contenders import data
from synthetic import write

from csomap import flow
from csomap.tables import taxonomy
from csomap.tables.places import places
from csomap.tables.query import Query

SIZES, ROUNDS, SEED, SERVICES = (100_000, 1_000_000), 5, 7, 100
YEAR = Query(
    start=pd.Timestamp("2021-01-01").date(),
    end=pd.Timestamp("2021-12-31").date(),
    service_level="service",
    area_level="3",
)
CELL = ["pcode", "service"]
COUNTS = ["organisations", "cso_count", "activities", "months_active", "org_months"]
RESULTS = Path(__file__).parent / "results" / "coverage.csv"


def services() -> list[str]:
    """Return the services that activities are given: the first of the health sector, then of the others."""
    tree = taxonomy.load("services")
    fine = [code for code in tree.codes if tree.level(code) == "service"]
    return sorted(fine, key=lambda code: tree.ancestors(code)[-1] != "health")[:SERVICES]


def activities(size: int) -> pd.DataFrame:
    """Return ACTIVITIES columns, placed in Iraq; the same size gives the same table."""
    with tempfile.TemporaryDirectory() as folder:
        made_up = pd.read_parquet(write(size, "country", Path(folder) / "rows.parquet"))
    rng = np.random.default_rng([SEED, size])
    towns, fine = places().query("level == 3")["pcode"].to_numpy(), np.array(services())
    drawn = {}
    for name, codes in (("pcode", towns), ("service", fine)):
        weights = rng.lognormal(0, 1, len(codes))
        drawn[name] = pd.array(codes[rng.choice(len(codes), size, p=weights / weights.sum())], dtype="str")
    return made_up.assign(**drawn)


def with_csomap(told: pd.DataFrame) -> pd.DataFrame:
    """Return COVERAGE of the year."""
    return flow.find_coverage(data(told), YEAR)


def with_pandas(told: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of each cell that has any, of the year, as somebody would write them by hand."""
    first, last = pd.Timestamp(YEAR.start), pd.Timestamp(YEAR.end)
    start, end = told["start"].fillna(told["end"]), told["end"].fillna(told["start"])
    is_there = (start <= last) & (end >= first) & ~told["status"].isin(["planned", "cancelled"])
    kept = told.loc[is_there, [*CELL, "organisation", "organisation_type", "activity_id"]].assign(
        first=start[is_there].clip(lower=first).dt.month, last=end[is_there].clip(upper=last).dt.month
    )
    groups = kept.groupby(CELL)
    counts = groups.agg(organisations=("organisation", "nunique"), activities=("activity_id", "nunique"))
    of_csos = kept[kept["organisation_type"] == "cso"].groupby(CELL)["organisation"].nunique()
    again = kept.loc[kept.index.repeat(kept["last"] - kept["first"] + 1), [*CELL, "organisation", "first"]]
    months = again.assign(month=again["first"] + again.groupby(level=0).cumcount())
    own = months.drop_duplicates([*CELL, "organisation", "month"]).groupby(CELL).size()
    whole = months.drop_duplicates([*CELL, "month"]).groupby(CELL).size()
    found = counts.assign(cso_count=of_csos, org_months=own, months_active=whole).fillna({"cso_count": 0})
    return found.astype(int).reset_index()


CONTENDERS = {"csomap": with_csomap, "pandas": with_pandas}


def run(name: str, size: int) -> dict[str, object]:
    """Return the line of one contender, measured in this process."""
    told, clock, cpu = activities(size), [], []
    for _ in range(ROUNDS + 1):
        began, began_cpu = time.perf_counter(), time.process_time()
        found = CONTENDERS[name](told)
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    is_told = found[found["activities"] > 0].sort_values(CELL)
    digest = int(pd.util.hash_pandas_object(is_told[[*CELL, *COUNTS]].astype(str), index=False).sum())
    line = {"activities": size, "contender": name, "rows": len(found), "digest": str(digest)}
    medians = {
        f"{of}seconds": round(statistics.median(each[1:]), 2) for of, each in (("", clock), ("cpu_", cpu))
    }
    return line | medians | {"peak_mb": round(peak)}


def main() -> None:
    """Measure every size and write the table."""
    lines = []
    for size in map(int, sys.argv[1:] or SIZES):
        told = []
        for name in CONTENDERS:
            command = [sys.executable, "-W", "ignore", __file__, "--one", name, str(size)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told.append(json.loads(done.stdout))
        same = len({line.pop("digest") for line in told}) == 1
        fastest = told[0]["seconds"]
        lines += [line | {"ratio": round(line["seconds"] / fastest, 2), "same_counts": same} for line in told]
        print(*lines[-len(told) :], sep="\n", flush=True)
    pd.DataFrame(lines).to_csv(RESULTS, index=False, lineterminator="\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(run(sys.argv[2], int(sys.argv[3]))))
    else:
        main()
