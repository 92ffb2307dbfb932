"""How much is not known: the holes in the data, each with what it means."""

from typing import Any

import pandas as pd

from csomap import flow
from csomap.reports import unknown_words
from csomap.reports.document import Section
from csomap.reports.reading import Reading


def section(reading: Reading) -> Section:
    """Return the holes in what could be meant by the filters, each as so many of so many."""
    found = flow.find_unknown(reading.data, reading.query)
    headers = [reading.t(f"reports.column.{name}") for name in ("hole", "missing", "of", "share", "means")]
    rows = [_row(reading, row) for row in found.to_dict("records")]
    told = f"{reading.t('unknown.why')} {unknown_words.most(reading, found)}"
    return Section(reading.t("reports.section.unknown"), (told,), pd.DataFrame(rows, columns=headers))


def _row(reading: Reading, hole: dict[Any, Any]) -> tuple[object, ...]:
    what, missing, of, share = (hole[name] for name in ("what", "missing", "of", "share"))
    part = "" if pd.isna(share) else unknown_words.part(reading, int(missing), float(share))
    means = reading.t(f"unknown.means.{what}") if missing else ""
    return reading.t(f"unknown.{what}"), missing, of, part, means
