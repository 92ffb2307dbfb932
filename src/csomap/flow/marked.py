"""Overlaps beside what people said of them and how strong they are: the order in which people see them."""

import pandas as pd

from csomap.flow.evidence import Evidence
from csomap.flow.verdicts import counted
from csomap.tables.query import Query

_RANKED = ["strength", "org_count", "days"]


def marked(overlaps: pd.DataFrame, standings: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return OVERLAPS with the verdicts of their STANDINGS.

    Further columns: is_open (two of its organisations wait for a verdict), is_decided (some ask for one, and
    none waits), is_counted (`counted`; nothing is at sector level).
    """
    asked = overlaps["overlap_id"].map(standings.groupby("overlap_id")["verdict"].agg(_common))
    waiting = standings.loc[standings["verdict"] == "undecided", "overlap_id"]
    is_open = overlaps["overlap_id"].isin(waiting)
    return overlaps.assign(
        verdict=asked.astype("str").fillna(overlaps["verdict"]),
        is_open=is_open,
        is_decided=overlaps["overlap_id"].isin(standings["overlap_id"]) & ~is_open,
        is_counted=counted(overlaps, standings) & (query.service_level != "sector"),
    )


def ranked(overlaps: pd.DataFrame, standings: pd.DataFrame, evidence: Evidence | None) -> pd.DataFrame:
    """Return OVERLAPS, strongest first, with strength, cause and is_new (somebody came since people judged).

    Without evidence, as at sector level where nobody knows that the work is the same, the order stays and
    strength and cause are empty.
    """
    if evidence is None:
        return overlaps.assign(strength=float("nan"), cause="", is_new=False)
    newer = standings.loc[standings["is_new"], "overlap_id"]
    told = overlaps.merge(evidence.strengths, on="overlap_id", how="left")
    named = told.assign(is_new=told["overlap_id"].isin(newer), cause=told["cause"].fillna(""))
    return named.sort_values(_RANKED, ascending=False, kind="stable", ignore_index=True)


def _common(verdicts: "pd.Series[str]") -> str:
    return verdicts.iloc[0] if verdicts.nunique() == 1 else "mixed"
