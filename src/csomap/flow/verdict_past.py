"""Every verdict that was ever given where an overlap is now, those that were replaced or undone too."""

import json
from typing import Any

import pandas as pd

from csomap.flow.live import Data
from csomap.flow.renamed import Names
from csomap.flow.verdicts import KIND, cell_of, pair_of
from csomap.matching.standing import CELL, distance
from csomap.settings import Settings
from csomap.store import Decisions, exists

COLUMNS = ["id", "at", "who", "verdict", "note", "org_a", "org_b", "cell", "undone_at", "undone_by"]


def verdict_history(data: Data, settings: Settings, overlap: "pd.Series[Any]") -> pd.DataFrame:
    """Return what was ever said of the organisations of one row of OVERLAPS, in its cell or a coarser one.

    Returns id (of the decision), at (UTC), who, verdict, note, org_a, org_b (by their org_ids of today), cell
    (service|population_group|characteristic|pcode that it was said for), undone_at (missing if it was not)
    and undone_by; newest first. Nothing ever leaves it.
    """
    if not exists(settings):
        return pd.DataFrame(columns=COLUMNS)
    rows = Decisions(settings).history()
    said = rows[rows["kind"] == KIND].rename(columns={"context": "cell"})
    names, orgs = Names(data), set(overlap["org_ids"].split(";"))
    service, group, trait, place = (str(overlap[name]) for name in CELL)
    pairs = [pair_of(*map(names.now, subject.split(";"))) for subject in said["subject"]]
    here = [distance((service, group, trait, place), cell_of(cell)) is not None for cell in said["cell"]]
    told = said.assign(
        verdict=[json.loads(answer)["verdict"] for answer in said["answer"]],
        org_a=[one for one, _ in pairs],
        org_b=[other for _, other in pairs],
    )
    is_here = [near and orgs.issuperset(pair) for near, pair in zip(here, pairs, strict=True)]
    return told.loc[is_here, COLUMNS].reset_index(drop=True)
