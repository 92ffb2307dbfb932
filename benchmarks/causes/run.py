"""How often the likely cause is the one that a coordinator gives: gold pairs through the real pipeline.

python benchmarks/causes/run.py              # the tuning half (odd pair_id), to the screen
python benchmarks/causes/run.py --held-out   # both halves; writes benchmarks/results/causes*.csv
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from csomap import flow
from csomap.matching.causes import CAUSES
from csomap.settings import ROOT, Settings
from csomap.tables.query import Query

GOLD = ROOT / "benchmarks" / "gold" / "overlaps.csv"
RESULTS = ROOT / "benchmarks" / "results"
_FIELDS = [
    *("organisation", "programme_organisation", "funder", "organisation_type", "project_id", "service"),
    *("function", "population_group", "characteristic", "pcode", "site", "latitude", "longitude"),
    *("start", "end", "status", "targeted"),
]
_MISSED = ["pair_id", "half", "confidence", "cause", "found", "found_reason", "strength", "story", "why"]


def gold() -> pd.DataFrame:
    """Return benchmarks/gold/overlaps.csv and `half`: tuning for an odd pair_id, held_out for an even one."""
    table = pd.read_csv(GOLD, dtype=str, keep_default_na=False)
    odd = table["pair_id"].str[1:].astype(int) % 2 == 1
    return table.assign(half=odd.map({True: "tuning", False: "held_out"}))


def canonical(table: pd.DataFrame) -> pd.DataFrame:
    """Return both rows of every pair in the canonical form; nothing of story, cause and why is in it."""
    sides = [
        table[["pair_id", *(f"{name}_{side}" for name in _FIELDS)]]
        .set_axis(["pair_id", *_FIELDS], axis="columns")
        .assign(activity_id=table["pair_id"] + side)
        for side in "ab"
    ]
    return pd.concat(sides).sort_values("activity_id", ignore_index=True).drop(columns="pair_id")


def judged(table: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with found, found_reason and strength, as import and evidence give them."""
    with tempfile.TemporaryDirectory() as folder:
        file, settings = Path(folder) / "pairs.csv", Settings(Path(folder) / "home")
        canonical(table).to_csv(file, index=False)
        flow.ingest(file, settings)
        data = flow.load(settings, sample=False)
    pairs = pd.DataFrame(
        {
            "activity_a": table["pair_id"] + "a",
            "activity_b": table["pair_id"] + "b",
            "people_in_need": pd.to_numeric(table["people_in_need"]),
        }
    )
    found = flow.evidence_of_pairs(data, Query(), pairs).pairs
    told = found.assign(pair_id=found["activity_a"].str[:-1]).set_index("pair_id")
    each = table["pair_id"]
    return table.assign(
        found=each.map(told["cause"]).fillna(""),
        found_reason=each.map(told["cause_reason"]).fillna(""),
        strength=each.map(told["strength"]),
    )


def figures(table: pd.DataFrame, half: str, confidence: str) -> pd.DataFrame:
    """Return pairs, found, right, precision and recall of each cause and of all."""
    rows = []
    for cause in CAUSES:
        meant, told = table["cause"] == cause, table["found"] == cause
        rows.append((cause, meant.sum(), told.sum(), (meant & told).sum()))
    rows.append(("all", len(table), len(table), (table["cause"] == table["found"]).sum()))
    counted = pd.DataFrame(rows, columns=["cause", "pairs", "found", "right"])
    shares = {
        "precision": (counted["right"] / counted["found"]).round(4),
        "recall": (counted["right"] / counted["pairs"]).round(4),
    }
    return counted.assign(half=half, confidence=confidence, **shares)[
        ["half", "confidence", "cause", "pairs", "found", "right", "precision", "recall"]
    ]


def scored(table: pd.DataFrame) -> pd.DataFrame:
    """Return `figures` for each half and for all, with the pairs that are open and without."""
    halves: Sequence[str] = [*sorted(set(table["half"]), reverse=True), "all"]
    parts = []
    for half in halves:
        rows = table if half == "all" else table[table["half"] == half]
        parts.append(figures(rows, half, "all"))
        parts.append(figures(rows[rows["confidence"] != "open"], half, "without open"))
    return pd.concat(parts, ignore_index=True)


def misses(table: pd.DataFrame) -> pd.DataFrame:
    """Return every pair whose cause is another one than found."""
    return table[table["cause"] != table["found"]][_MISSED].sort_values("pair_id", ignore_index=True)


def main(*, held_out: bool) -> None:
    """Print the figures; with the held-out half, write them."""
    found = judged(gold())
    shown = found if held_out else found[found["half"] == "tuning"]
    sys.stdout.write(scored(shown).to_string(index=False) + "\n")
    sys.stdout.write(misses(shown).to_string(index=False) + "\n")
    if held_out:
        scored(shown).to_csv(RESULTS / "causes.csv", index=False)
        misses(shown).to_csv(RESULTS / "causes_misses.csv", index=False)


if __name__ == "__main__":
    main(held_out="--held-out" in sys.argv[1:])
