"""Overlaps of more activities than should be in memory at once: governorate by governorate.

Cells never reach over a governorate, and what could belong to one lies in its governorate or has no
place. So the overlaps of all activities are those of each block of governorates, put together.
"""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from csomap.tables.query import PCODE_LENGTH

BLOCK = 100_000  # activities; a block takes below 1 GB

_NEEDED = [
    *("activity_id", "organisation", "organisation_type", "project_id", "programme_organisation", "funder"),
    *("service", "function", "population_group", "characteristic", "pcode", "site_key", "start", "end"),
    "status",
]


def blocks(activities: pd.DataFrame, candidates: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Return activities and candidates (both with pcode) in blocks that know nothing of each other."""
    if len(activities) <= BLOCK:
        yield activities, candidates
        return
    own, others = _governorate(activities["pcode"]), _governorate(candidates["pcode"])
    number = _numbers(own.value_counts())
    mine, theirs = own.map(number), others.map(number)
    for nth in range(int(number.max()) + 1):
        yield activities[mine == nth], candidates[(theirs == nth) | (others == "")]


def read_blocks(file: Path) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Return the same from a Parquet file of activities, without ever holding all of them.

    Quick where the file is sorted by place.
    """
    number = _numbers(_counts(file))
    placeless = pd.read_parquet(file, columns=_NEEDED, filters=[("pcode", "==", "")])
    placed = number[number.index != ""]
    if placed.empty:
        yield placeless, placeless
    for names in placed.groupby(placed).groups.values():
        span = [("pcode", ">=", min(names)), ("pcode", "<", max(names) + "\uffff")]
        inside = pd.read_parquet(file, columns=_NEEDED, filters=span)
        yield inside, pd.concat([inside[inside["pcode"] != ""], placeless], ignore_index=True)


def _governorate(pcodes: "pd.Series[str]") -> "pd.Series[str]":
    return pcodes.str[: PCODE_LENGTH["1"]]


def _counts(file: Path) -> "pd.Series[int]":
    batches = pq.ParquetFile(file).iter_batches(columns=["pcode"])
    each = [_governorate(batch.column(0).to_pandas()).value_counts() for batch in batches]
    counts: pd.Series[int] = pd.concat(each).groupby(level=0).sum()
    return counts


def _numbers(counts: "pd.Series[int]") -> "pd.Series[int]":
    """Return the number of the block of each governorate, in the order of their codes."""
    return (counts.sort_index().cumsum() - 1) // BLOCK
