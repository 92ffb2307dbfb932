"""Overlaps of more activities than should be in memory at once: governorate by governorate.

Cells never reach over a governorate, and what could belong to one lies in its governorate or has no
place. So the overlaps of all activities are those of each block of governorates, put together; what
has no place is counted for all of them at the end, lest it join every block.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from csomap.engine import run
from csomap.matching.levels import rolled
from csomap.matching.overlaps import overlaps
from csomap.matching.placeless import placeless_counts
from csomap.tables import schemas
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query
from csomap.tables.steps import ancestors, service_steps

BLOCK = 100_000  # activities; a block takes below 1 GB

COMPARED = [
    *("activity_id", "organisation", "organisation_type", "project_id", "programme_organisation", "funder"),
    *("service", "function", "population_group", "characteristic", "pcode", "site_key", "start", "end"),
]
COUNTED = ["service", "population_group", "characteristic", "start", "end", "org_ids", "told", "told_above"]


def overlaps_of(activities: pd.DataFrame, candidates: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return OVERLAPS of active activities; candidates: the same with coarser ones (`levels.active`)."""
    if len(activities) <= BLOCK:
        return schemas.valid(schemas.OVERLAPS, _block(activities, candidates, query))
    own = _placed(activities)
    others = own if candidates is activities else _placed(candidates)
    found = pd.concat([_block(*part, query) for part in blocks(own, others)], ignore_index=True)
    nowhere = candidates[candidates["pcode"] == ""]
    return counted(found, placeless(found[COUNTED], nowhere, query))


def has_codes(query: Query) -> bool:
    """Say whether a query filters by codes: then coarser activities could belong that it leaves out."""
    return bool(query.finest_service or query.population or query.place)


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.loc[rows["pcode"] != "", [*COMPARED, "open_start", "open_end", "dated"]]


def blocks(activities: pd.DataFrame, candidates: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Return activities and candidates (all with a place) in blocks that know nothing of each other."""
    number = numbers(_governorate(activities["pcode"]).value_counts())
    theirs = None if candidates is activities else _positions(candidates, number)
    for nth, rows in _positions(activities, number).items():
        own = activities.take(rows)
        yield own, candidates.take(theirs[nth]) if theirs else own


def _positions(rows: pd.DataFrame, number: "pd.Series[int]") -> dict[float, Any]:
    """Return the positions of the rows of each block; number: the block of each governorate."""
    codes, names = pd.factorize(_governorate(rows["pcode"]))
    return rows.groupby(number.reindex(names).to_numpy()[codes]).indices  # type: ignore[return-value]


def numbers(counts: "pd.Series[int]") -> "pd.Series[int]":
    """Return the number of the block of each governorate, in the order of their codes."""
    return (counts.sort_index().cumsum() - 1) // BLOCK


def _governorate(pcodes: "pd.Series[str]") -> "pd.Series[str]":
    return pcodes.str[: PCODE_LENGTH["1"]]


def _block(activities: pd.DataFrame, candidates: pd.DataFrame, query: Query) -> pd.DataFrame:
    return run(
        partial(overlaps, area_level=query.area_level, min_days=query.min_days),
        memo=("overlaps", query.area_level, query.min_days),
        activities=activities,
        candidates=candidates,
        **trees(query),
    )


def trees(query: Query) -> dict[str, pd.DataFrame]:
    """Return services at the query's level and population groups, each with all above them."""
    return {"steps": service_steps(query.service_level), "groups": ancestors("population_groups")}


def placeless(found: pd.DataFrame, nowhere: pd.DataFrame, query: Query) -> "pd.Series[int]":
    """Return how many of the activities without a place (active ones) could fall into each overlap.

    found: COUNTED columns.
    """
    counts = run(
        partial(_placeless, area_level=query.area_level),
        memo=("placeless", query.area_level),
        runs=found.assign(nth=range(len(found))),
        nowhere=nowhere,
        **trees(query),
    )
    told: pd.Series[int] = counts.set_index("nth")["placeless_count"]
    return told.reindex(range(len(found)), fill_value=0)


def _placeless(
    runs: ir.Table, nowhere: ir.Table, steps: ir.Table, groups: ir.Table, *, area_level: AreaLevel
) -> ir.Table:
    return placeless_counts(runs, rolled(nowhere, steps, area_level), steps, groups)


def counted(found: pd.DataFrame, more: "pd.Series[int]") -> pd.DataFrame:
    """Return OVERLAPS with more added to what could belong, in the order of the rows."""
    counts = found["possible_count"] + more.to_numpy()
    return schemas.valid(schemas.OVERLAPS, found.assign(possible_count=counts))
