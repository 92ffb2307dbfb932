"""The regions side by side: who is there, and for how many people."""

import pandas as pd
import streamlit as st

from csomap import figures
from csomap.reports import coverage_words, fairness_words
from csomap.tables.query import Query
from csomap.ui import answers, charts, gap_list, names, tables
from csomap.ui.view import View

_COLUMNS = [
    "region",
    "status",
    "organisations",
    "cso_count",
    "org_months",
    "organisations_per_100k",
    "people_in_need",
    "need_share",
    "presence_share",
    "gap_score",
]
_NEED = ("organisations_per_100k", "people_in_need", "need_share", "gap_score")
SILENT = coverage_words.SILENT


def show(view: View, query: Query, service: str) -> None:
    """Draw the regions of one service; a filter on one place does not apply to them."""
    found = answers.regions(view, query.but(place=""))
    rows = fairness_words.in_order(found[found["service"] == service])
    if rows.empty:
        return
    st.subheader(view.t("gap.regions.title"), anchor=False)
    st.caption(fairness_words.made_of(view))
    known = bool(rows["need_share"].notna().any())
    if not rows["org_months"].sum():
        st.info(view.t("gap.regions.silent", service=names.service(view, service)))
    elif known:
        st.markdown(fairness_words.rates(view, rows))
        _chart(view, rows, service)
    else:
        st.caption(view.t("gap.regions.no_need"))
    columns = [name for name in _COLUMNS if known or name not in _NEED]
    tables.table(
        gap_list.silenced(rows),
        columns,
        view,
        "gaps_by_region",
        download="csomap_regions",
        labels=gap_list.counted(view, rows),
    )


def _chart(view: View, rows: pd.DataFrame, service: str) -> None:
    shares = rows.assign(name=[names.place(view, code) for code in rows["region"]])
    st.caption(view.t("gap.regions.caption", service=names.service(view, service)))
    charts.draw(view, "gaps_regions", figures.region_shares, shares, view.lang)
    st.caption(figures.described_regions(shares, view.lang))
