"""The thresholds of the place resolver, swept over the tuning half of the labelled spellings.

    python benchmarks/places/thresholds.py

Writes results/places_thresholds.csv: precision and recall for each pair of `accept` and `lead`. The pair
of data/rules.yml is the one with the highest recall among those that give no more wrong answers than the
strictest pair; of equals, the strictest. The held-out half is not read.
"""

import sys
from itertools import product
from pathlib import Path

import pandas as pd
from spellings import answered, figures, spellings

from csomap.resolve import PlaceResolver
from csomap.settings import GEO
from csomap.tables.places import places

RESULTS = Path(__file__).parents[1] / "results" / "places_thresholds.csv"
ACCEPT = (80, 83, 86, 88, 90, 92, 94, 97)
LEAD = (0, 3, 6, 9, 12, 16)


def resolver(accept: float, lead: float) -> PlaceResolver:
    """Return the resolver with these thresholds."""
    lists = (pd.read_csv(GEO / name, dtype=str, keep_default_na=False) for name in _LISTS)
    return PlaceResolver(places(), *lists, accept=accept, lead=lead)


_LISTS = ("place_aliases.csv", "never_match.csv")


def main() -> None:
    """Sweep, print and write the table."""
    told = spellings().query("half == 'tuning'")
    found = []
    for accept, lead in product(ACCEPT, LEAD):
        ask = resolver(accept, lead).resolve
        said = answered(
            told, lambda text, level, within, ask=ask: ask(text, level=level, within=within or None).id
        )
        total = figures(said, "csomap").query("half == 'tuning' and script == 'all'")
        found.append(total.assign(accept=accept, lead=lead))
    table = pd.concat(found)[["accept", "lead", "right", "wrong", "precision", "recall"]]
    table.to_csv(RESULTS, index=False)
    strictest = table.iloc[-1]
    safe = table[table["wrong"] <= strictest["wrong"]]
    best = safe.sort_values(["recall", "accept", "lead"]).iloc[-1]
    sys.stdout.write(f"{table.to_string(index=False)}\nchosen: {best.to_dict()}\n")


if __name__ == "__main__":
    main()
