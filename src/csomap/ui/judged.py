"""Overlaps with their strength, their likely cause, and what people said of them until this moment.

What the reports say is worked out once for each state of the data; what people say is read anew in every
run, so that everybody sees a verdict at once.
"""

from dataclasses import dataclass

import pandas as pd

from csomap import flow
from csomap.tables.query import Query
from csomap.ui import answers
from csomap.ui.view import View

PAIR = ["overlap_id", "org_a", "org_b"]


@dataclass(frozen=True)
class Judged:
    """The overlaps of a query, their evidence and their STANDINGS.

    rows: OVERLAPS, strongest first, with is_open, is_decided and is_counted (see answers.overlaps), strength,
    cause and is_new (somebody came since people judged it). At sector level nobody knows that the work is
    the same: evidence is None, strength and cause are empty, and nothing waits.
    """

    rows: pd.DataFrame
    standings: pd.DataFrame
    evidence: flow.Evidence | None

    def standing(self, overlap_id: str) -> pd.DataFrame:
        """Return the STANDINGS of one row, in the order of `pairs`."""
        own = self.standings[self.standings["overlap_id"] == overlap_id]
        strength = self.pairs(overlap_id).set_index(PAIR)["strength"]
        found = own.assign(strength=strength.reindex(pd.MultiIndex.from_frame(own[PAIR])).to_numpy())
        return found.sort_values(["strength", "days"], ascending=False, kind="stable", ignore_index=True)

    def pairs(self, overlap_id: str) -> pd.DataFrame:
        """Return the ORG_PAIRS of one row: strongest first, those that only work together last."""
        if self.evidence is None:
            return pd.DataFrame(columns=[*PAIR, "kind", "days", "strength", "cause", "cause_reason"])
        own = self.evidence.pairs[self.evidence.pairs["overlap_id"] == overlap_id]
        ranked = own.assign(together=own["kind"] != "overlap").sort_values(
            ["together", "strength", "days"], ascending=[True, False, False], kind="stable", ignore_index=True
        )
        return ranked.drop(columns="together")

    def reasons(self, pair: "pd.Series[str]") -> pd.DataFrame:
        """Return the EVIDENCE of two organisations of a row (a row of ORG_PAIRS), the base first."""
        if self.evidence is None:
            raise ValueError(pair)
        told = self.evidence.of(pair["overlap_id"]).reasons
        return told[(told["org_a"] == pair["org_a"]) & (told["org_b"] == pair["org_b"])]


def judged(view: View, query: Query) -> Judged:
    """Return what the reports and what people say about the overlaps of a query."""
    rows, standings = answers.overlaps(view, query), answers.standings(view, query)
    if query.service_level == "sector" or rows.empty:
        return Judged(flow.ranked(rows, standings, None), standings, None)
    evidence = answers.evidence(view, query)
    return Judged(flow.ranked(rows, standings, evidence), standings, evidence)
