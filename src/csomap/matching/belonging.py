"""Which activities of others could fall into one overlap, were they told more finely."""

from typing import Any

import pandas as pd

from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query
from csomap.tables.steps import area_chain


def could_belong(
    candidates: pd.DataFrame, overlap: "pd.Series[Any]", members: pd.DataFrame, query: Query
) -> pd.DataFrame:
    """Return the candidates that `possible_count` of one row of OVERLAPS counts.

    candidates: ACTIVITIES columns with open_start, open_end, dated (`levels.active`, coarser ones
    too); members: the row's own activities. The rule is that of `possible.possible_counts`.
    """
    inside = candidates[
        ~candidates["organisation"].isin(overlap["org_ids"].split(";"))
        & (candidates["open_start"] <= overlap["end"])
        & (candidates["open_end"] >= overlap["start"])
        & candidates["function"].map(_agrees_with(_function(members)))
    ]
    fits, coarser = pd.Series(True, inside.index), ~inside["dated"].astype(bool)
    for met, finest in _met(inside, overlap, query):
        fits &= met.map(bool)
        coarser |= met.map(lambda codes, own=finest: bool(codes - {own}))
    found: pd.DataFrame = inside[fits & coarser].reset_index(drop=True)
    return found


def _met(inside: pd.DataFrame, overlap: "pd.Series[Any]", query: Query) -> list[tuple["pd.Series[Any]", str]]:
    """Return, for each dimension, the codes of each candidate at or above the overlap's, and that one."""
    services, groups = taxonomy.load("services"), taxonomy.load("population_groups")
    service, group, trait, place = (
        overlap[name] for name in ("service", "population_group", "characteristic", "pcode")
    )
    rolled = inside["service"].map(lambda code: services.at_level(code, query.service_level) if code else "")
    return [
        (_shared(rolled, {"", service, *services.ancestors(service)}), service),
        (_shared(_areas(inside, query.area_level), {*area_chain(place.split("|")[0]), place}), place),
        (_shared(inside["population_group"], {"", group, *groups.ancestors(group)}), group),
        (_shared(inside["characteristic"], {"", trait}), trait),
    ]


def _shared(cells: "pd.Series[str]", chain: set[str]) -> "pd.Series[Any]":
    return cells.map(lambda cell: chain & set(cell.split(";")))


def _areas(inside: pd.DataFrame, level: AreaLevel) -> "pd.Series[str]":
    if level != "site":
        return inside["pcode"].str[: PCODE_LENGTH[level]]
    named = (inside["site_key"] != "") & (inside["pcode"] != "")
    return (inside["pcode"] + "|" + inside["site_key"]).where(named, inside["pcode"])


def _function(members: pd.DataFrame) -> str:
    """Return the function of a cell: the finest that its activities state, "" if none does."""
    parent = taxonomy.load("functions").parent
    return max(
        sorted(set(members["function"])),
        key=lambda code: bool(code) + bool(code and parent(code)),
        default="",
    )


def _agrees_with(own: str) -> Any:
    parent = taxonomy.load("functions").parent
    above = parent(own) if own else ""
    return lambda other: not own or not other or other in (own, above) or parent(other) == own
