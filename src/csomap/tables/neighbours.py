"""Which governorates, districts and sub-districts lie side by side."""

from functools import cache

import pandas as pd

from csomap.settings import GEO


def neighbours(pcode: str) -> tuple[str, ...]:
    """Return the p-codes of the same level that share a line of border with `pcode`, in order.

    Source: geo/neighbours.csv. None for a code that is not in it.
    """
    return _beside().get(pcode, ())


def frame() -> pd.DataFrame:
    """Return geo/neighbours.csv: pcode, neighbour; each border both ways round."""
    return _table().copy()


@cache
def _table() -> pd.DataFrame:
    return pd.read_csv(GEO / "neighbours.csv", dtype=str, keep_default_na=False)


@cache
def _beside() -> dict[str, tuple[str, ...]]:
    return {str(code): tuple(rows) for code, rows in _table().groupby("pcode")["neighbour"]}
