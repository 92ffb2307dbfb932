"""Overlaps and pairs beside a pandas self-merge, SQL written by hand and Splink.

    pip install -r benchmarks/requirements.txt
    python benchmarks/matching/run.py [--keep FOLDER] [--real FILE.xlsx] [--enough SECONDS]
        [--sizes 10000 ...] [--density country crowding crowded real] [--contenders NAME ...] [--again]

Measures what PLAN asks for, from the top, and puts each line into results/matching.csv as soon as it is
known. Lines that are there are not measured again (but with --again), so a run that was stopped goes on
where it was; without the file all is measured. Then draws results/matching.svg and prints how the goals
are met. See README.md for what is measured.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
from contenders import CONTENDERS, HERE, TOO_MUCH
from goals import goals
from plot import draw
from synthetic import write

from csomap import flow
from csomap.settings import Settings
from csomap.tables.query import Query

RESULTS = HERE.parent / "results"
LINES = RESULTS / "matching.csv"
MOST_SECONDS, ENOUGH = 300, 90
KEY = ["density", "activities", "contender"]
OVERLAPS, FROM_FILE, BY_HAND, *PAIRS = CONTENDERS
UP_TO_A_MILLION, CROWDS = (10_000, 100_000, 1_000_000), (2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
REAL = 0
# What decides the goals comes first; within a line of the plan, small sizes before large ones.
PLAN: list[tuple[str, tuple[int, ...], list[str]]] = [
    ("country", UP_TO_A_MILLION, [OVERLAPS, BY_HAND, FROM_FILE]),
    ("country", (10_000_000,), [FROM_FILE]),
    ("crowding", CROWDS, [OVERLAPS, "csomap pairs"]),
    ("country", UP_TO_A_MILLION, ["pandas self-merge"]),
    ("real", (REAL,), [OVERLAPS, *(name for name in PAIRS if "SQL" not in name)]),
    ("crowded", UP_TO_A_MILLION, [OVERLAPS, BY_HAND, FROM_FILE]),
    ("country", UP_TO_A_MILLION, [name for name in PAIRS if "pandas" not in name]),
    ("crowded", UP_TO_A_MILLION[:2], PAIRS),
    ("country", (10_000_000,), [OVERLAPS, BY_HAND]),
]


def planned(wanted: argparse.Namespace) -> Iterator[tuple[str, int, str]]:
    """Return density, size and contender of each line that is wanted, in the order of PLAN."""
    for density, sizes, names in PLAN:
        for size in sizes:
            for name in names:
                fits = not wanted.sizes or size in (*wanted.sizes, REAL)
                if fits and density in wanted.density and name in (wanted.contenders or CONTENDERS):
                    yield density, size, name


def measured(name: str, file: Path, levels: str, rounds: int, enough: float) -> dict[str, object]:
    """Return the line of one contender: median seconds, peak memory, rows; or why it did not finish.

    Rounds end early once they took `enough` seconds together.
    """
    command = [sys.executable, "-W", "ignore", str(HERE / "contenders.py")]
    command += [name, str(file), levels, str(rounds), str(enough)]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
        told, why = found.stdout, "8 GB" if found.returncode == TOO_MUCH else found.stderr[-300:].strip()
    except subprocess.TimeoutExpired as late:
        told, why = (late.stdout or b"").decode(), "5 minutes"
    lines = [json.loads(line) for line in told.splitlines()]
    if not lines:
        return {"finished": f"did not finish: {why}"}
    return {
        "finished": "yes",
        "rounds": len(lines),
        "seconds": round(statistics.median(line["seconds"] for line in lines), 3),
        "cpu_seconds": round(statistics.median(line["cpu_seconds"] for line in lines), 3),
        "first_seconds": round(lines[0]["seconds"], 3),
        "peak_mb": round(lines[0]["peak_mb"]),
        "rows_out": lines[0]["rows"],
        "digest": lines[0].get("digest", ""),
    }


def known() -> pd.DataFrame:
    """Return the lines that are there."""
    if LINES.exists():
        return pd.read_csv(LINES, dtype={"digest": str})
    return pd.DataFrame(columns=[*KEY, "finished"])


def too_much(density: str, size: int, name: str) -> str:
    """Return the size below this one at which a contender did not finish, if there is one."""
    lines = known()
    same = (lines["density"] == density) & (lines["contender"] == name) & (lines["activities"] < size)
    late = lines[same & (lines["finished"] != "yes")]
    return "" if late.empty else f"not tried: did not finish at {late['activities'].min()}"


def kept(line: dict[str, object]) -> None:
    """Put one line into the results."""
    fresh, order = pd.concat([known(), pd.DataFrame([line])]), list(CONTENDERS)
    fresh = fresh.drop_duplicates(KEY, keep="last").sort_values(
        KEY, key=lambda column: column.map(order.index) if column.name == "contender" else column
    )
    whole = {"rounds": "Int64", "peak_mb": "Int64", "rows_out": "Int64"}
    fresh = fresh.astype({name: kind for name, kind in whole.items() if name in fresh})
    fresh.assign(same_output=_same(fresh)).to_csv(LINES, index=False, lineterminator="\n")


def _same(lines: pd.DataFrame) -> pd.Series:
    """Say whether an output is that of csomap, row by row, where it is meant to be."""
    if "digest" not in lines:
        return pd.Series("", index=lines.index)
    own = lines[lines["contender"].isin([OVERLAPS, "csomap pairs"])]
    kind = lines["contender"].str.contains("overlaps").map({True: "overlaps", False: "pairs"})
    ours = {
        (density, size, name.removeprefix("csomap ")): told
        for density, size, name, told in own[[*KEY, "digest"]].itertuples(index=False)
        if isinstance(told, str)
    }
    wanted = [ours.get(key) for key in zip(lines["density"], lines["activities"], kind, strict=True)]
    compared = lines["contender"].str.contains("SQL|pandas|file") & lines["digest"].notna()
    same = [("yes" if one == other else "no") for one, other in zip(lines["digest"], wanted, strict=True)]
    there = compared & pd.Series(wanted, index=lines.index).notna()
    return pd.Series(same, index=lines.index).where(there, "")


@cache
def real(file: Path, folder: Path) -> tuple[Path, int, str]:
    """Return the activities of a real file, how many they are, and the levels at which pages open."""
    into = folder / "real.parquet"
    settings = Settings(folder / "home")
    if not into.exists():
        flow.ingest(file, settings)
    data = flow.load(settings)
    data.activities.to_parquet(into)
    query = flow.opening(data, Query())
    return into, len(data.activities), f"{query.service_level},{query.area_level}"


def line_of(density: str, size: int, name: str, wanted: argparse.Namespace, folder: Path) -> None:
    """Measure one line and keep it, unless it is known."""
    file, levels = folder / f"{density}-{size}.parquet", "topic,2"
    if density == "real":
        file, size, levels = real(wanted.real, folder)
    line: dict[str, object] = {"density": density, "activities": size, "levels": levels, "contender": name}
    there = known()[KEY].isin([density, size, name]).all(axis=1).any()
    if there and not wanted.again:
        return
    if late := too_much(density, size, name):
        line["finished"] = late
    else:
        if not file.exists():
            write(size, density, file)
        sys.stdout.write(f"{density} {size} {name}: ")
        line |= measured(name, file, levels, 5 if size <= 100_000 else 3, wanted.enough)
    sys.stdout.write(f"{line['finished']}, {line.get('seconds', '')} s, {line.get('peak_mb', '')} MB\n")
    sys.stdout.flush()
    kept(line)


def main(wanted: argparse.Namespace) -> None:
    """Measure what is wanted and not known."""
    with tempfile.TemporaryDirectory() as place:
        for density, size, name in planned(wanted):
            if density != "real" or (wanted.real and wanted.real.exists()):
                line_of(density, size, name, wanted, Path(wanted.keep or place))
    (RESULTS / "matching.svg").write_text(draw(known()), "utf-8")
    sys.stdout.write(goals(known()).to_string(index=False) + "\n")


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[])
    parser.add_argument("--density", nargs="+", default=["country", "crowding", "crowded", "real"])
    parser.add_argument("--contenders", nargs="+", choices=list(CONTENDERS), default=[])
    parser.add_argument("--real", type=Path)
    parser.add_argument("--keep", type=Path, help="folder in which made-up files are kept and found again")
    parser.add_argument("--enough", type=float, default=ENOUGH)
    parser.add_argument("--again", action="store_true", help="measure also what the results hold")
    return parser.parse_args()


if __name__ == "__main__":
    main(_wanted())
