"""Why rows are among the overlaps: the reasons between each two organisations, their strength and cause."""

from dataclasses import dataclass
from functools import partial

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from csomap.engine import once, run
from csomap.flow.evidence_sources import figures, names, weights
from csomap.flow.live import Data
from csomap.matching import evidence
from csomap.matching.causes import cause_of
from csomap.matching.compared import compared
from csomap.matching.levels import clipped
from csomap.matching.org_pairs import activity_pairs
from csomap.matching.reasons import REASONS
from csomap.matching.told import MET
from csomap.settings import rules
from csomap.tables import schemas
from csomap.tables.query import Query
from csomap.tables.wanted import days

_ROW = ["overlap_id", "start", "end", "activity_ids", "pcode", "population_group"]
_ORDER = {name: place for place, name in enumerate([evidence.START, *REASONS])}


@dataclass(frozen=True)
class Evidence:
    """The record that page, export and tests read: pairs (ORG_PAIRS) and reasons (EVIDENCE)."""

    pairs: pd.DataFrame
    reasons: pd.DataFrame

    def of(self, overlap_id: str) -> "Evidence":
        """Return the evidence of one row of OVERLAPS."""
        pairs, reasons = (one[one["overlap_id"] == overlap_id] for one in (self.pairs, self.reasons))
        return Evidence(pairs.reset_index(drop=True), reasons.reset_index(drop=True))

    @property
    def strengths(self) -> pd.DataFrame:
        """Return overlap_id, strength, cause of each row: those of its strongest pair of kind overlap."""
        overlap = self.pairs[self.pairs["kind"] == "overlap"]
        ranked = overlap.sort_values(["strength", "org_a", "org_b"], ascending=[False, True, True])
        first = ranked.drop_duplicates("overlap_id")
        return first[["overlap_id", "strength", "cause"]].reset_index(drop=True)


def find_evidence(data: Data, query: Query, overlaps: pd.DataFrame) -> Evidence:
    """Return the evidence of rows of OVERLAPS, for each two organisations of each row.

    Of their activities the two that speak most are shown (see `matching.evidence.strongest`).
    """
    ids = set(overlaps["activity_ids"].str.split(";").explode())
    sides = run(
        _of_overlaps,
        memo="evidence_of_overlaps",
        overlaps=overlaps[_ROW],
        activities=data.activities[data.activities["activity_id"].isin(ids)],
        **days(query),
    )
    weighed = _weighed(data, query, sides.assign(given_need=np.nan, has_given=False))
    best = run(evidence.strongest, memo="strongest", weighed=weighed[[*evidence.KEY, *evidence.RANKED]])
    return _told(weighed.drop(columns="days").merge(best, on=evidence.KEY), query)


def _of_overlaps(overlaps: ir.Table, activities: ir.Table, **window: ir.Value) -> ir.Table:
    members = once(clipped(activities, **window), "members")
    pairs = once(activity_pairs(overlaps, members), "pairs")
    cells = overlaps.select("overlap_id", cell_pcode="pcode", cell_group="population_group")
    return evidence.sides(pairs.join(cells, "overlap_id"), members)


def evidence_of_pairs(data: Data, query: Query, pairs: pd.DataFrame) -> Evidence:
    """Return the evidence of two activities each, also where they are in no overlap; overlap_id is empty.

    pairs: activity_a, activity_b and, as in PAIRS, kind (else overlap). A column people_in_need (persons;
    missing = unknown) takes the place of the figures of the needs table. One row of ORG_PAIRS for each
    pair; days is 0 where a date is missing or they share none.
    """
    given = _sorted(data, pairs)
    ids = {*given["activity_a"], *given["activity_b"]}
    sides = run(
        _of_pairs,
        memo="evidence_of_pairs",
        pairs=given[[*evidence.KEY, "kind"]],
        activities=data.activities[data.activities["activity_id"].isin(ids)],
        **days(query),
    )
    needed = given[[*evidence.KEY, "given_need"]]
    asked = sides.merge(needed, on=evidence.KEY).assign(has_given="people_in_need" in pairs)
    weighed = _weighed(data, query, asked)
    met = weighed["time__value"].where(weighed["time__answer"].isin(MET), "0")
    return _told(weighed.assign(days=met.astype(int), pair_count=1), query)


def _of_pairs(pairs: ir.Table, activities: ir.Table, **window: ir.Value) -> ir.Table:
    members = once(clipped(activities, **window), "members")
    told = pairs.mutate(
        days=ibis.literal(0, "int64"), cell_pcode=ibis.literal(""), cell_group=ibis.literal("")
    )
    return evidence.sides(told, members)


def _sorted(data: Data, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with the organisation that is smaller as text first, as ORG_PAIRS has them."""
    owner = data.activities.set_index("activity_id")["organisation"]
    one, two = pairs["activity_a"], pairs["activity_b"]
    org_one, org_two = one.map(owner), two.map(owner)
    swapped = (org_one > org_two) | ((org_one == org_two) & (one > two))
    needed = pairs["people_in_need"] if "people_in_need" in pairs else pd.Series(np.nan, pairs.index)
    given = pd.DataFrame(
        {
            "overlap_id": "",
            "org_a": org_one.where(~swapped, org_two),
            "org_b": org_two.where(~swapped, org_one),
            "activity_a": one.where(~swapped, two),
            "activity_b": two.where(~swapped, one),
            "kind": pairs.get("kind", "overlap"),
            "given_need": needed.astype(float),
        }
    )
    return given.drop_duplicates(evidence.KEY)


def _weighed(data: Data, query: Query, sides: pd.DataFrame) -> pd.DataFrame:
    asked = compared(sides, names(data)).assign(by_sector=query.service_level == "sector")
    expression = partial(evidence.weighed, rules=weights())
    return run(expression, memo="weighed", sides=asked[sorted(map(str, asked))], needs=figures(data.needs))


def _told(best: pd.DataFrame, query: Query) -> Evidence:
    reasons = run(partial(evidence.reasons, base=weights()["base"]), memo="reasons", weighed=best)
    listed = reasons.assign(place=reasons["reason"].map(_ORDER)).sort_values([*evidence.KEY, "place"])
    pairs = _caused(best, known=query.service_level != "sector").sort_values(evidence.KEY, ignore_index=True)
    return Evidence(
        schemas.valid(schemas.ORG_PAIRS, pairs),
        schemas.valid(schemas.EVIDENCE, listed.reset_index(drop=True)),
    )


def _caused(best: pd.DataFrame, *, known: bool) -> pd.DataFrame:
    """Add cause and cause_reason; at the level of the sector nobody knows that the work is the same."""
    answers = [best[f"{name}__answer"].to_numpy(dtype=object) for name in REASONS]
    told = list(zip(*answers, strict=True))
    by_rule = rules()["causes"]["rules"] if known else []
    found = {each: cause_of(dict(zip(REASONS, each, strict=True)), by_rule) for each in set(told)}
    causes, because = [found[each][0] for each in told], [found[each][1] for each in told]
    return best.assign(cause=pd.Series(causes, dtype="str"), cause_reason=pd.Series(because, dtype="str"))
