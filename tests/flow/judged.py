"""Overlaps told in files, and what people say of them; every organisation here is invented."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from csomap import flow
from csomap.settings import Settings
from csomap.tables.query import Query
from tests.flow.forms import row, write

PALM, REED, RIVER = "Palm Grove Society", "Reed Boat Union", "River Bend Relief"
QUERY = Query()


def bring(settings: Settings, folder: Path, name: str, *rows: dict[str, object], replaces: str = "") -> str:
    """Import rows as one file and return the id of the import."""
    return flow.ingest(write(folder / f"{name}.csv", *rows), settings, replaces=replaces).entry.import_id


def told(name: str, **other: object) -> dict[str, object]:
    """Return a row of an organisation in January and February."""
    return row(organisation=name, start="2021-01", end="2021-02") | other


def now(settings: Settings) -> flow.Data:
    """Return the data of this moment, verdicts included."""
    return flow.with_verdicts(flow.load(settings), settings)


def asked(data: flow.Data, query: Query = QUERY) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return OVERLAPS and their STANDINGS."""
    rows = flow.find_overlaps(data, query)
    return rows, flow.standings(data, query, rows)


def of(found: pd.DataFrame, *orgs: str) -> pd.DataFrame:
    """Return the STANDINGS of these two organisations."""
    first, second = sorted(orgs)
    return found[(found["org_a"] == first) & (found["org_b"] == second)]


def say(
    settings: Settings,
    verdict: str,
    *orgs: str,
    query: Query = QUERY,
    where: Callable[[pd.DataFrame], "pd.Series[bool]"] | None = None,
    **other: str,
) -> int:
    """Keep a verdict on everything that asks, or on two organisations; return the decision's id."""
    rows, found = asked(now(settings), query)
    kept = of(found, *orgs) if orgs else found
    if where is not None:
        kept = kept[kept["overlap_id"].isin(rows.loc[where(rows), "overlap_id"])]
    return flow.set_verdict(settings, kept, rows, verdict, **other)


def verdicts(settings: Settings, query: Query = QUERY) -> dict[tuple[str, str], str]:
    """Return the verdict of each pair that asks, by the names of the organisations."""
    data = now(settings)
    names = dict(zip(data.organisations["org_id"], data.organisations["name_en"], strict=True))
    _, found = asked(data, query)
    rows = found[["org_a", "org_b", "verdict"]].itertuples(index=False, name=None)
    return {tuple(sorted((names[a], names[b]))): verdict for a, b, verdict in rows}  # type: ignore[misc]


def one(found: pd.DataFrame) -> Any:
    """Return the only row."""
    (row_,) = found.itertuples(index=False)
    return row_
