"""How evenly one service is spread: regions side by side, Lorenz curve, Gini and Theil in plain words."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from csomap import figures, flow
from csomap.i18n import decimal, listing, percent
from csomap.tables import taxonomy
from csomap.tables.query import Query
from csomap.ui import answers, frame, gap_list, gap_regions, names, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = ["pcode", "region", "status", "people_in_need", "org_months", "org_months_per_100k"]
_SHARES = ["people_share", "presence_share"]
_COUNTED = ("org_months", "org_months_per_100k")
_NOBODY = ("gap", "no_data", "unknown")
_TAKEN_AS_NONE = ("gap", "unknown")


def show(view: View, query: Query, service: str) -> None:
    """Draw the regions and the spread of one service over all governorates, whatever place is asked for."""
    gap_regions.show(view, query, service)
    asked = national(query, service)
    st.subheader(view.t("fairness.title"), anchor=False)
    row, covered = answers.inequality(view, asked).iloc[0], answers.coverage(view, asked)
    curve = flow.lorenz_of(covered)
    told = sentences(view, row, covered)
    st.markdown("\n".join(f"- {sentence}" for sentence in told))
    if len(curve) and pd.notna(row["gini"]):
        _curve(view, curve, covered)
    st.caption(view.t("fairness.limits"))
    for line in (gap_list.need(view, covered, asked), *frame.told_sources(view)):
        st.caption(line)


def national(query: Query, service: str) -> Query:
    """Return the query for one service over all governorates."""
    level = taxonomy.load("services").level(service)
    nothing = dict.fromkeys(("place", "sector", "topic", "service"), "")
    return query.but(**{**nothing, level: service}, service_level=level, area_level="1")


def sentences(view: View, row: "pd.Series[Any]", covered: pd.DataFrame) -> list[str]:
    """Return what EQUITY says of one service, and where nobody reports it (COVERAGE), a sentence each."""
    return [*_index(view, row, covered), *_compared(view, row, covered), *_nobody(view, row, covered)]


def _index(view: View, row: "pd.Series[Any]", covered: pd.DataFrame) -> list[str]:
    service = names.service(view, row["service"])
    if not row["areas"]:
        return [view.t("fairness.no_need", service=service)]
    if pd.isna(row["gini"]):
        return [view.t(f"fairness.{_why_not(row, covered)}", service=service)]
    index = {name: decimal(row[name], view.lang) for name in ("gini", "gini_low", "gini_high")}
    key = "gini" if pd.notna(row["gini_low"]) else "gini_one"
    told = view.t(f"fairness.{key}", service=service, organisations=int(row["organisations"]), **index)
    share = row["theil_between"] / row["theil"] if row["theil"] else 0.0
    index = {name: decimal(row[name], view.lang) for name in ("theil", "theil_between")}
    return [told, view.t("fairness.theil", share=percent(share, view.lang), **index)]


def _why_not(row: "pd.Series[Any]", covered: pd.DataFrame) -> str:
    """Say why there is no index: nobody is present, only where no people are known, or one area is known."""
    if not covered["org_months"].sum():
        return "silent"
    return "elsewhere" if row["areas"] > 1 else "one_area"


def _compared(view: View, row: "pd.Series[Any]", covered: pd.DataFrame) -> list[str]:
    """Say how many governorates are compared, and name those without a figure of people."""
    left_out = covered.loc[~_has_need(covered), "pcode"]
    if not row["areas"]:
        return []
    told = [view.t("fairness.compared", n=row["areas"], of=len(covered))]
    if len(left_out):
        told.append(view.t("fairness.left_out", places=_listed(view, left_out)))
    return [" ".join(told)]


def _has_need(covered: pd.DataFrame) -> "pd.Series[bool]":
    return covered["people_in_need"] > 0


def _listed(view: View, codes: Iterable[str]) -> str:
    return listing(sorted(quoted(names.place(view, code)) for code in codes), view.lang)


def _nobody(view: View, row: "pd.Series[Any]", covered: pd.DataFrame) -> list[str]:
    service = names.service(view, row["service"])
    without = "" if pd.isna(row["gini_told"]) else decimal(row["gini_told"], view.lang)
    told = []
    for status in _NOBODY:
        there = covered["status"] == status
        codes = list(covered.loc[there, "pcode"])
        if codes:
            words = {"places": _listed(view, codes), "n": len(codes), "service": service}
            said = [view.t(f"fairness.nobody.{status}", **words)]
            if status in _TAKEN_AS_NONE and pd.notna(row["gini"]):
                said += _counted(view, status, covered[there])
            told.append(" ".join(said))
    if row["silent"] and without:
        told.append(view.t("fairness.told", gini=without))
    return told


def _counted(view: View, status: str, rows: pd.DataFrame) -> list[str]:
    """Say which of these governorates count as no presence: those whose people in need are known."""
    known = _has_need(rows)
    if not known.any():
        return []
    if known.all():
        return [view.t(f"fairness.counted.{status}")]
    return [view.t(f"fairness.counted_some.{status}", places=_listed(view, rows.loc[known, "pcode"]))]


def _curve(view: View, curve: pd.DataFrame, covered: pd.DataFrame) -> None:
    chart = figures.lorenz_curve(curve, view.lang)
    st.plotly_chart(chart, config=figures.CONFIG, theme=None, key="gaps_lorenz")
    st.caption(figures.described_lorenz(curve, view.lang))
    with st.expander(view.t("fairness.table")):
        tables.table(
            _silenced(curve),
            [*_COLUMNS, *_SHARES],
            view,
            "gaps_fairness",
            download="csomap_inequality",
            labels={
                **gap_list.counted(view, covered),
                **{name: view.t(f"fairness.column.{name}") for name in _SHARES},
            },
        )


def _silenced(curve: pd.DataFrame) -> pd.DataFrame:
    """Return LORENZ with empty fields where nobody knows: the curve takes silence as no presence, a table
    of figures does not."""
    told = ~curve["status"].isin(gap_regions.SILENT)
    return curve.assign(**{name: curve[name].where(told) for name in _COUNTED})
