"""The list of what is wrong with a file: one line a problem, in the file's own words."""

import pandas as pd

from csomap.tables.schemas import PROBLEMS, none, valid

REJECTED, NOTE = "rejected", "note"
_SHOWN = 200


class Problems:
    """Collects problems while a file is read; rows are told by their number in the spreadsheet."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, str, str, str, str, str]] = []

    def add(self, row: int, column: str, value: str, code: str, effect: str, hint: str = "") -> None:
        """Take in one problem of one cell."""
        shown = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
        self._lines.append((row, column, shown, code, hint, effect))

    @property
    def rejected(self) -> set[int]:
        """The rows that have a fault which only their author can mend."""
        return {line[0] for line in self._lines if line[-1] == REJECTED}

    def table(self) -> pd.DataFrame:
        """Return them as PROBLEMS, in the order of the rows."""
        if not self._lines:
            return none(PROBLEMS)
        columns = ["source_row", "column", "value", "code", "hint", "effect"]
        frame = pd.DataFrame(self._lines, columns=columns)
        return valid(PROBLEMS, frame.sort_values("source_row", kind="stable", ignore_index=True))
