"""The regions side by side: who is there, and for how many people."""

import pandas as pd
import streamlit as st

from csomap import figures
from csomap.i18n import decimal, listing
from csomap.tables.places import regions
from csomap.tables.query import Query
from csomap.ui import answers, gap_list, names, tables
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
SILENT = ("no_data", "unknown")


def show(view: View, query: Query, service: str) -> None:
    """Draw the regions of one service; a filter on one place does not apply to them."""
    found = answers.regions(view, query.but(place=""))
    rows = in_order(found[found["service"] == service])
    if rows.empty:
        return
    st.subheader(view.t("gap.regions.title"), anchor=False)
    st.caption(_told(view))
    known = bool(rows["need_share"].notna().any())
    if not rows["org_months"].sum():
        st.info(view.t("gap.regions.silent", service=names.service(view, service)))
    elif known:
        st.markdown(rates(view, rows))
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


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return COVERAGE by region in the order of geo/regions.csv, from north to south."""
    order = list(regions()["region"].unique())
    return rows.sort_values("region", key=lambda codes: codes.map(order.index), ignore_index=True)


def rates(view: View, rows: pd.DataFrame) -> str:
    """Return the organisations per 100,000 people of every region, one service of COVERAGE by region."""
    told = []
    for row in rows.to_dict("records"):
        rate = row["organisations_per_100k"]
        unsaid = row["status"] if row["status"] in SILENT else "no_value" if pd.isna(rate) else ""
        value = view.t(f"figure.status.{unsaid}") if unsaid else decimal(rate, view.lang)
        named = names.place(view, str(row["region"]))
        told.append(view.t("fairness.region", region=named, value=value))
    service, indicator = str(rows["service"].iloc[0]), str(rows["indicator"].iloc[0])
    counted = view.t(f"gap.need.indicator.{indicator}")
    return view.t(
        "fairness.regions",
        service=names.service(view, service),
        indicator=counted,
        regions=listing(told, view.lang),
    )


def _told(view: View) -> str:
    """Say which governorates each region is made of, and that an organisation counts once in it."""
    parts = []
    for region, codes in regions().groupby("region")["pcode"]:
        named = listing([names.place(view, code) for code in codes], view.lang)
        parts.append(f"{names.place(view, str(region))}: {named}")
    return view.t("gap.regions.made_of", regions="; ".join(parts))


def _chart(view: View, rows: pd.DataFrame, service: str) -> None:
    shares = rows.assign(name=[names.place(view, code) for code in rows["region"]])
    st.caption(view.t("gap.regions.caption", service=names.service(view, service)))
    chart = figures.region_shares(shares, view.lang)
    st.plotly_chart(chart, config=figures.CONFIG, theme=None, key="gaps_regions")
    st.caption(figures.described_regions(shares, view.lang))
