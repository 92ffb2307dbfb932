"""What a person types into a form, read by the same parsers as a file."""

import datetime as dt
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from csomap import importers
from csomap.flow.edited import BY_HAND
from csomap.resolve.answers import Resolvers
from csomap.resolve.reports import to_reports
from csomap.tables import schemas

FIELDS = tuple(
    name
    for name in schemas.columns(schemas.RAW)
    if name in schemas.columns(schemas.REPORTS) and name not in ("source_row", "end_is_stated")
)
# Nobody is kept from naming an organisation that is new, or a place or service that is coarser.
_HARMLESS = ("organisation_unknown", "place_coarser", "service_coarser")
_NOT_TYPED = {"source_row", "rejected", "other"}
_PROFILE = "5w_plain"


def read(fields: Mapping[str, object], resolvers: Resolvers) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return one raw row (RAW columns, as JSON can keep them) and what is wrong with it (PROBLEMS).

    fields: names of FIELDS; values are texts as in a file, days or numbers; None is nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.csv"
        pd.DataFrame([{name: as_text(fields.get(name)) for name in FIELDS}]).to_csv(path, index=False)
        imported = importers.read(path, profile=_PROFILE)
    problems = [imported.problems]
    if not imported.rows["rejected"].any():
        problems.append(to_reports(imported.rows, BY_HAND, resolvers, imported.mapping).problems)
    found = pd.concat(problems, ignore_index=True)
    faults = found[~found["code"].isin(_HARMLESS)].assign(source_row=0)
    row = {name: _kept(imported.rows[name].iloc[0]) for name in imported.rows if len(imported.rows)}
    return {str(name): value for name, value in row.items() if name not in _NOT_TYPED}, faults


def as_text(value: object) -> str:
    """Return a value as a person would type it."""
    if value is None or value is pd.NaT or value != value:  # not a number
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _kept(value: Any) -> Any:
    if value is None or value is pd.NaT or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value if isinstance(value, str) else bool(value) if value in (True, False) else float(value)
