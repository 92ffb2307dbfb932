"""Overlaps and pairs beside a pandas self-merge, SQL written by hand and Splink.

    pip install -r benchmarks/requirements.txt
    python benchmarks/matching/run.py [--sizes 10000 100000 ...] [--density country crowded crowding real]
        [--contenders NAME ...] [--real FILE.xlsx] [--enough SECONDS] [--keep FOLDER]

Writes results/matching.csv, in which lines of an earlier run with the same density, size and contender are
replaced, and draws results/matching.svg. See README.md for what is measured.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from contenders import CONTENDERS, HERE, TOO_MUCH
from plot import draw
from synthetic import write

from csomap import flow
from csomap.settings import Settings
from csomap.tables.query import Query

RESULTS = HERE.parent / "results"
MOST_SECONDS = 300
KEY = ["density", "activities", "contender"]
FROM_FILE = "csomap overlaps, from a file"
PAIRS = [name for name in CONTENDERS if "overlaps" not in name]


def asked(density: str, size: int) -> list[str]:
    """Return the contenders that a size and a density are for."""
    if size > 1_000_000:
        return [FROM_FILE, "csomap overlaps", "SQL by hand, overlaps"]
    if density == "crowding":
        return ["csomap overlaps", "csomap pairs"]
    if density == "real":
        return [name for name in CONTENDERS if not name.startswith("SQL") and name != FROM_FILE]
    if density == "crowded" and size > 100_000:
        return [name for name in CONTENDERS if name not in PAIRS]
    return list(CONTENDERS)


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


def kept(line: dict[str, object]) -> None:
    """Put one line into the results."""
    path, fresh = RESULTS / "matching.csv", pd.DataFrame([line])
    if path.exists():
        fresh = pd.concat([pd.read_csv(path, dtype={"digest": str}), fresh])
    order = list(CONTENDERS)
    fresh = fresh.drop_duplicates(KEY, keep="last").sort_values(
        KEY, key=lambda column: column.map(order.index) if column.name == "contender" else column
    )
    fresh.assign(same_output=_same(fresh)).to_csv(path, index=False, lineterminator="\n")


def _same(lines: pd.DataFrame) -> pd.Series:
    """Say whether an output is that of csomap, row by row, where it is meant to be."""
    own = lines[lines["contender"].isin(["csomap overlaps", "csomap pairs"])]
    kind = lines["contender"].str.contains("overlaps").map({True: "overlaps", False: "pairs"})
    ours = {
        (density, size, name.removeprefix("csomap ")): told
        for density, size, name, told in own[[*KEY, "digest"]].itertuples(index=False)
        if isinstance(told, str)
    }
    wanted = [ours.get(key) for key in zip(lines["density"], lines["activities"], kind, strict=True)]
    compared = lines["contender"].str.contains("SQL|pandas|file") & lines["digest"].notna()
    same = [("yes" if one == other else "no") for one, other in zip(lines["digest"], wanted, strict=True)]
    known = compared & pd.Series(wanted, index=lines.index).notna()
    return pd.Series(same, index=lines.index).where(known, "")


def real(file: Path, folder: Path) -> tuple[Path, int, str]:
    """Return the activities of a real file, how many they are, and the levels at which pages open."""
    settings = Settings(folder / "home")
    flow.ingest(file, settings)
    data = flow.load(settings)
    into = folder / "real.parquet"
    data.activities.to_parquet(into)
    query = flow.opening(data, Query())
    return into, len(data.activities), f"{query.service_level},{query.area_level}"


def main(wanted: argparse.Namespace) -> None:
    """Measure what is wanted."""
    with tempfile.TemporaryDirectory() as place:
        for density in wanted.density:
            for size in wanted.sizes:
                file, levels = Path(wanted.keep or place) / f"{density}-{size}.parquet", "topic,2"
                if density == "real":
                    if not (wanted.real and wanted.real.exists()):
                        break
                    file, size, levels = real(wanted.real, Path(place))
                elif not file.exists():
                    write(size, density, file)
                for name in asked(density, size):
                    if wanted.contenders and name not in wanted.contenders:
                        continue
                    rounds = 5 if size <= 100_000 else 3
                    line = {"density": density, "activities": size, "levels": levels, "contender": name}
                    line |= measured(name, file, levels, rounds, wanted.enough)
                    sys.stdout.write(f"{line}\n")
                    sys.stdout.flush()
                    kept(line)
                if density == "real":
                    break
    (RESULTS / "matching.svg").write_text(draw(pd.read_csv(RESULTS / "matching.csv")), "utf-8")


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--density", nargs="+", default=["country", "crowded"])
    parser.add_argument("--contenders", nargs="+", choices=list(CONTENDERS), default=[])
    parser.add_argument("--real", type=Path)
    parser.add_argument("--keep", type=Path, help="folder in which made-up files are kept and found again")
    parser.add_argument("--enough", type=float, default=MOST_SECONDS)
    return parser.parse_args()


if __name__ == "__main__":
    main(_wanted())
