"""The overlaps as a ranked table, with what is counted, and the steps from one to the next."""

import pandas as pd
import streamlit as st

from csomap.tables.query import Query
from csomap.ui import overlap_card, overlap_filters, overlap_steps, tables, verdict_saving
from csomap.ui.judged import Judged
from csomap.ui.overlap_words import words
from csomap.ui.view import View

_COLUMNS = [
    "strength", "cause", "verdict", "service", "pcode", "population_group", "characteristic", "org_ids",
    "org_count", "cso_count", "days", "start", "end", "same_site", "same_funder", "possible_count",
]  # fmt: skip
_SAID = {"strength", "cause", "verdict"}  # nobody can say them where only the sector is known
_HEIGHT = 390


def show(view: View, found: Judged, query: Query) -> pd.DataFrame:
    """Draw what is counted, the filters, the table, and the card of the row that is chosen.

    Return the rows that pass the filters.
    """
    by_sector = found.evidence is None
    if by_sector:
        st.info(view.t("overlap.sector_notice"))
    st.markdown(_counted(view, found.rows, by_sector=by_sector))
    rows = found.rows if by_sector else overlap_filters.choose(view, found)
    if rows.empty:
        _nothing_passes(view)
    chosen = overlap_steps.chosen(view, found.rows, rows, _table(view, rows, query))
    overlap_steps.show(view, found, rows, chosen)
    verdict_saving.show_conflict(view, found)
    overlap_card.show(view, found, chosen, query, rows)
    return rows


def _counted(view: View, rows: pd.DataFrame, *, by_sector: bool) -> str:
    orgs = {org for cell in rows["org_ids"] for org in cell.split(";")}
    told = view.t(
        f"overlap.counts.{'same_sector' if by_sector else 'overlaps'}",
        n=len(rows),
        places=view.t("overlap.counts.places", n=rows["pcode"].nunique()),
        organisations=view.t("overlap.counts.organisations", n=len(orgs)),
    )
    if by_sector:
        return f"**{told}**"
    counted = int(rows["is_counted"].sum())
    decided = view.t(
        "overlap.counts.decided",
        undecided=int(rows["is_open"].sum()),
        decided=int(rows["is_decided"].sum()),
        counted=counted,
        others=len(rows) - counted,
    )
    return f"**{told}** {decided}"


def _nothing_passes(view: View) -> None:
    st.info(view.t("overlap.filter.nothing"))
    st.button(view.t("overlap.filter.clear"), key="overlaps_unfiltered", on_click=overlap_filters.clear)


def _table(view: View, rows: pd.DataFrame, query: Query) -> int | None:
    """Draw the table, in meeting mode folded away; return the position that is picked in it."""
    if rows.empty:
        return None
    if not view.present:
        st.caption(view.t("overlap.table_hint"))
        return _drawn(view, rows, query)
    with st.expander(view.t("overlap.list")):
        return _drawn(view, rows, query)


def _drawn(view: View, rows: pd.DataFrame, query: Query) -> int | None:
    by_sector = query.service_level == "sector"
    needless = set(_SAID) if by_sector else set()
    if (rows["characteristic"] == "").all():
        needless.add("characteristic")
    key = f"overlaps_{query.service_level}_{query.area_level}_{query.min_days}_{overlap_steps.turn()}"
    return tables.table(
        rows,
        [name for name in _COLUMNS if name not in needless],
        view,
        key,
        height=_HEIGHT,
        select=True,
        download=f"csomap_{'same_sector' if by_sector else 'overlaps'}",
        words=words(view),
        labels={"service": view.t("table.sector")} if by_sector else {},
        bars={"strength": 100},
    )
