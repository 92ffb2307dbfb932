"""Errors that tell every fault of what a person gave, row by row and column by column."""

import pandas as pd

from csomap.errors import BadInput
from csomap.i18n import t
from csomap.tables import schemas
from csomap.tables.problems import told

_MOST = 20


class Faults(BadInput):
    """Nothing was stored; `problems` (PROBLEMS) says what has to be mended."""

    def __init__(self, key: str, problems: pd.DataFrame) -> None:
        self.problems = problems
        super().__init__(key)

    def told(self, lang: str) -> str:
        """Return the message in `lang`, with the first of the faults."""
        shown = told(self.problems, lang).head(_MOST)
        rows = [
            dict(zip(map(str, shown), row, strict=True)) for row in shown.itertuples(index=False, name=None)
        ]
        lines = [t("error.fault" if row["source_row"] else "error.fault_field", lang, **row) for row in rows]
        return " ".join([t(f"error.{self.key}", lang, n=len(self.problems)), *lines])


def listed(faults: list[tuple[int, str, str, str, str]]) -> pd.DataFrame:
    """Return PROBLEMS from source_row, column, value, code, hint: all of them refuse the whole."""
    names = ["source_row", "column", "value", "code", "hint"]
    return schemas.valid(schemas.PROBLEMS, pd.DataFrame(faults, columns=names).assign(effect="rejected"))
