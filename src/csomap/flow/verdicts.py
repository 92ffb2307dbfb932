"""What people said of overlaps, put beside what the data says now: read fresh, never a part of the data."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from csomap.engine import run
from csomap.flow.active import active
from csomap.flow.live import Data
from csomap.flow.renamed import Names
from csomap.matching.org_pairs import org_pairs
from csomap.matching.standing import (
    CELL,
    COUNTED,
    MIXED,
    UNDECIDED,
    Cell,
    Pair,
    Standing,
    Verdict,
    may_hold,
)
from csomap.settings import Settings
from csomap.store import Decisions, Held, exists
from csomap.tables import schemas
from csomap.tables.query import Query

KIND = "verdict"
_KEY = ["overlap_id", "org_a", "org_b"]
_KEPT = {"organisations", "formerly"}  # worked out once; verdicts do not change them


def with_verdicts(data: Data, settings: Settings) -> Data:
    """Return the data with what people said of overlaps (`Data.verdicts`), as it holds at this moment.

    Quick: pages call it each time they are drawn. The org_ids are those that the data has now: merges and
    un-merges are followed, and newcomers that were registered or recognised since. A verdict about two
    organisations that are one by now sleeps.
    """
    if not exists(settings):
        return data
    names = Names(data)
    every = (verdict_of(one, names) for one in Decisions(settings).holding(KIND))
    said = tuple(one for one in every if one.pair[0] != one.pair[1])
    if said == data.verdicts:
        return data
    judged_data = replace(data, verdicts=said)
    for name in _KEPT & vars(data).keys():
        vars(judged_data)[name] = vars(data)[name]
    return judged_data


def verdict_of(one: Held, names: Names) -> Verdict:
    """Return a decision of kind verdict with the org_ids of today."""
    pair, answer = pair_of(*map(names.now, one.subject.split(";"))), one.answer
    seen = frozenset(map(names.now, answer.get("seen", ()))) | set(pair)
    return Verdict(one.id, pair, cell_of(one.context), answer["verdict"], seen, one.note, one.who, one.at)


def pair_of(one: str, other: str) -> Pair:
    """Return two organisations in the order of their ids."""
    first, second = sorted((one, other))
    return first, second


def cell_of(context: str) -> Cell:
    """Return the cell that a decision was made for; only its place may hold the sign that parts the codes."""
    service, group, trait, place = context.split("|", 3)
    return service, group, trait, place


def cells_of(overlaps: pd.DataFrame) -> dict[str, Cell]:
    """Return the cell of each overlap."""
    return dict(
        zip(overlaps["overlap_id"], overlaps[[*CELL]].itertuples(index=False, name=None), strict=True)
    )


def judged(data: Data, query: Query, overlaps: pd.DataFrame) -> pd.DataFrame:
    """Return OVERLAPS with the verdict of each row: the common one of its pairs that ask, else mixed.

    Where nobody has judged anything this costs nothing; else only rows are looked at of which two
    organisations have a verdict that holds there.
    """
    if not data.verdicts:
        return overlaps
    near = overlaps[may_hold(overlaps, data.verdicts)]
    standing, cells = Standing(data.verdicts), cells_of(near)
    orgs = zip(near["overlap_id"], near["org_ids"], strict=True)
    told = {one for one, ids in orgs if standing.among(ids.split(";"), cells[one])}
    found = standings(data, query, overlaps[overlaps["overlap_id"].isin(told)])
    said = found.groupby("overlap_id")["verdict"].agg(["min", "max"])
    common = said["min"].where(said["min"] == said["max"], MIXED)
    verdicts = overlaps["overlap_id"].map(common).astype("str").fillna(overlaps["verdict"])
    return overlaps.assign(verdict=verdicts)


def standings(data: Data, query: Query, overlaps: pd.DataFrame) -> pd.DataFrame:
    """Return STANDINGS for rows of OVERLAPS: each two organisations that ask for a verdict, with the one
    that holds.

    Two organisations ask if an activity of each is of kind overlap with one of the other and both were
    active on at least `min_days` days of the run together. At sector level nobody knows that the work is the
    same, and nothing asks.
    """
    asking = _asking(data, query, overlaps)
    if asking.empty:
        return schemas.none(schemas.STANDINGS)
    told = asking.assign(**_nothing()) if not data.verdicts else _told(asking, overlaps, data.verdicts)
    return schemas.valid(schemas.STANDINGS, told)


def counted(overlaps: pd.DataFrame, standings: pd.DataFrame) -> "pd.Series[bool]":
    """Say which rows of OVERLAPS count: those of which one asking pair is undecided or duplicate_work.

    standings: STANDINGS of these rows. A row of which no pair asks has no verdict, and only people's
    verdicts take a row out of the count, so it counts.
    """
    asking, open_ = standings["overlap_id"], standings["verdict"].isin(COUNTED)
    settled = set(asking) - set(asking[open_])
    return ~overlaps["overlap_id"].isin(settled)


def _asking(data: Data, query: Query, overlaps: pd.DataFrame) -> pd.DataFrame:
    if overlaps.empty or query.service_level == "sector":
        return pd.DataFrame(columns=[*_KEY, "days"])
    ids = set(overlaps["activity_ids"].str.split(";").explode())
    found = run(
        partial(org_pairs, min_days=query.min_days),
        memo=("org_pairs", query.min_days),
        overlaps=overlaps,
        activities=active(data.activities[data.activities["activity_id"].isin(ids)], query),
    )
    return found.loc[found["asks"], [*_KEY, "days"]].sort_values(_KEY, ignore_index=True)


def _told(asking: pd.DataFrame, overlaps: pd.DataFrame, verdicts: tuple[Verdict, ...]) -> pd.DataFrame:
    standing, cells = Standing(verdicts), cells_of(overlaps)
    orgs = zip(overlaps["overlap_id"], overlaps["org_ids"], strict=True)
    seen = {one: _seen(standing, ids.split(";"), cells[one]) for one, ids in orgs}
    rows = [
        _row(standing.of((org_a, org_b), cells[one]), cells[one], not seen[one].issuperset((org_a, org_b)))
        if seen[one]
        else _nothing()
        for one, org_a, org_b in asking[_KEY].itertuples(index=False, name=None)
    ]
    return asking.join(pd.DataFrame(rows, index=asking.index))


def _seen(standing: Standing, org_ids: list[str], cell: Cell) -> frozenset[str]:
    """Return the organisations that somebody who judged this overlap had before them."""
    return frozenset().union(*(one.seen for one in standing.among(org_ids, cell)))


def _row(one: Verdict | None, cell: Cell, is_new: bool) -> Mapping[str, Any]:
    if one is None:
        return _nothing() | {"is_new": is_new}
    told = {"verdict": one.verdict, "verdict_id": one.id, "note": one.note, "who": one.who, "at": one.at}
    said_for = dict(zip(CELL, one.cell, strict=True))
    return said_for | told | {"inherited": one.cell != cell, "is_new": is_new}


def _nothing() -> dict[str, Any]:
    texts = dict.fromkeys((*CELL, "note", "who"), "")
    told = {"verdict": UNDECIDED, "verdict_id": 0, "inherited": False, "at": pd.NaT, "is_new": False}
    return texts | told
