"""Small files of the canonical form, and activities made by hand; every organisation here is invented."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from csomap import flow
from csomap.resolve.normalise import normalise
from csomap.settings import Settings
from tests.oracle.pools import frame
from tests.oracle.stories import act

COLUMNS = [
    "activity_id", "project_id", "organisation", "programme_organisation", "funder", "organisation_type",
    "service", "function", "population_group", "characteristic", "pcode", "site", "latitude", "longitude",
    "start", "end", "status", "targeted", "reached", "value_usd",
]  # fmt: skip
PLAIN = {
    "organisation": "Palm Grove Society",
    "service": "immunisation",
    "population_group": "idp",
    "pcode": "IQG15Q05",
    "start": "2021-01",
    "end": "2021-03",
}
NOBODY = pd.DataFrame(columns=["org_id", "name", "acronym", "type"])


def row(**other: object) -> dict[str, object]:
    """Return the plain row with some cells changed."""
    return PLAIN | other


def write(path: Path, *rows: dict[str, object], columns: list[str] | None = None) -> Path:
    """Write rows as a canonical CSV and return its path."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, columns or COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return path


def loaded(folder: Path, *rows: dict[str, object]) -> flow.Data:
    """Bring rows in as one file and return what the analysis starts from."""
    settings = Settings(folder / "home")
    flow.ingest(write(folder / "rows.csv", *rows), settings)
    return flow.load(settings)


def data(*activities: dict[str, Any]) -> flow.Data:
    """Return activities made by hand (`act`) as the data of an analysis."""
    table = frame(list(activities))
    table["site_key"] = table["site"].map(normalise)
    return flow.Data(table, table, NOBODY, waiting=0, is_sample=False, version="by hand")


__all__ = ["COLUMNS", "NOBODY", "PLAIN", "act", "data", "loaded", "row", "write"]
