"""The labelled names, and the halves that tuning may and may not look at."""

import hashlib
from pathlib import Path

import pandas as pd

from csomap.resolve.normalise import normalise

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results"


def labelled() -> pd.DataFrame:
    """Return name, acronym, org_id ("" = must be refused), kind and half (tuning, held_out).

    All names of one organisation are in one half, so that what is learnt from one spelling cannot help
    another; a name of nobody goes by its own text.
    """
    rows = pd.read_csv(HERE / "labelled.csv", dtype=str, keep_default_na=False)
    keys = rows["org_id"].where(rows["org_id"] != "", rows["name"].map(normalise))
    return rows.assign(half=keys.map(_half))


def _half(key: str) -> str:
    return "held_out" if hashlib.sha256(key.encode()).digest()[0] % 2 else "tuning"
