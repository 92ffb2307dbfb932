"""What becomes of the rows of a file, counted block by block."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from csomap.tables import schemas
from csomap.tables.distinct import distinct

Marks = npt.NDArray[np.uint64]

_SAID = [name for name in schemas.columns(schemas.REPORTS) if name not in ("source_id", "source_row")]
# Odd, so that different numbers stay different when they are multiplied.
_SPREAD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)


class Account:
    """Accounts for every row once: rejected, for review, accepted or a repeat of an accepted one.

    Of an accepted row only 128 bits are kept, by which its repeats in other blocks are known.
    """

    def __init__(self) -> None:
        self._read = self._rejected = self._review = 0
        self._accepted: list[Marks] = []

    def take(self, rows: pd.DataFrame, reports: pd.DataFrame) -> None:
        """Take in a block: its raw rows (RAW) and the reports (REPORTS) of those that are not rejected."""
        waits = (reports["review"] != "").to_numpy(dtype=bool)
        self._read += len(rows)
        self._rejected += int(rows["rejected"].sum())
        self._review += int(waits.sum())
        self._accepted.append(marks(reports[_SAID])[~waits])

    def counts(self) -> dict[str, Any]:
        """Return rows_read, accepted, review, rejected and duplicate_rows."""
        told = pd.DataFrame(np.concatenate([np.empty((0, 2), np.uint64), *self._accepted]))
        repeats = int(told.duplicated().sum())
        return {
            "rows_read": self._read,
            "rejected": self._rejected,
            "review": self._review,
            "duplicate_rows": repeats,
            "accepted": len(told) - repeats,
        }


def marks(rows: pd.DataFrame) -> Marks:
    """Return two hashes of 64 bits for each row, equal for rows that say the same."""
    found = np.zeros((2, len(rows)), dtype=np.uint64)
    for name in rows:
        hashed = _hashed(rows[name])
        for side, spread in enumerate(_SPREAD):
            found[side] = (found[side] ^ hashed) * spread
            found[side] ^= found[side] >> np.uint64(29 + 3 * side)
    return found.T


def _hashed(column: "pd.Series[Any]") -> Marks:
    if isinstance(column.dtype, pd.StringDtype):
        told = distinct(column)
        texts = told.texts.to_numpy(zero_copy_only=False)
        hashed: Marks = pd.util.hash_array(texts, categorize=False)[told.codes]
        return hashed
    numbers: Marks = pd.util.hash_array(column.to_numpy())
    return numbers
