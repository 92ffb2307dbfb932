"""The list of what is wrong with a file: one line a problem, in the file's own words."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from csomap.tables.schemas import PROBLEMS, none, valid

REJECTED, NOTE = "rejected", "note"
_SHOWN = 200


class Problems:
    """Collects problems while a file is read; rows are told by their number in the spreadsheet."""

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def add(self, row: int, column: str, value: str, code: str, effect: str, hint: str = "") -> None:
        """Take in one problem of one cell."""
        self.add_all(np.array([row]), column, [value], code, effect, hint)

    def add_all(
        self,
        rows: npt.NDArray[np.int64],
        column: str | Sequence[str],
        values: Sequence[str],
        codes: str | Sequence[str],
        effects: str | Sequence[str],
        hints: str | Sequence[str] = "",
    ) -> None:
        """Take in problems of many rows; what is one text is so for all of them."""
        if not len(rows):
            return
        told = {"column": column, "value": values, "code": codes, "hint": hints, "effect": effects}
        self._parts.append(pd.DataFrame({"source_row": rows, **told}))

    def table(self) -> pd.DataFrame:
        """Return them as PROBLEMS, in the order of the rows."""
        if not self._parts:
            return none(PROBLEMS)
        frame = pd.concat(self._parts, ignore_index=True)
        long = frame["value"].str.len() > _SHOWN
        frame.loc[long, "value"] = frame.loc[long, "value"].str[: _SHOWN - 1] + "…"
        return valid(PROBLEMS, frame.sort_values("source_row", kind="stable", ignore_index=True))
