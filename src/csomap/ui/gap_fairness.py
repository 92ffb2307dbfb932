"""How evenly one service is spread: regions side by side, Lorenz curve, Gini and Theil in plain words."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap import figures, flow
from csomap.reports import fairness_words
from csomap.tables.query import Query
from csomap.ui import answers, charts, frame, gap_list, gap_regions, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = ["pcode", "region", "status", "people_in_need", "org_months", "org_months_per_100k"]
_SHARES = ["people_share", "presence_share"]
_COUNTED = ("org_months", "org_months_per_100k")


def show(view: View, query: Query, service: str) -> None:
    """Draw the regions and the spread of one service over all governorates, whatever place is asked for."""
    gap_regions.show(view, query, service)
    asked = fairness_words.national(query, service)
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


def sentences(view: View, row: "pd.Series[Any]", covered: pd.DataFrame) -> list[str]:
    """Return what EQUITY says of one service, and where nobody reports it (COVERAGE), a sentence each."""
    return fairness_words.sentences(view, row, covered, quoted)


def _curve(view: View, curve: pd.DataFrame, covered: pd.DataFrame) -> None:
    charts.draw(view, "gaps_lorenz", figures.lorenz_curve, curve, view.lang)
    st.caption(figures.described_lorenz(curve, view.lang))
    part = st.expander(view.t("fairness.table"), key="gaps_fairness_part", on_change="rerun")
    if part.open:
        with part:
            _table(view, curve, covered)


def _table(view: View, curve: pd.DataFrame, covered: pd.DataFrame) -> None:
    shares = {name: view.t(f"fairness.column.{name}") for name in _SHARES}
    tables.table(
        _silenced(curve),
        [*_COLUMNS, *_SHARES],
        view,
        "gaps_fairness",
        download="csomap_inequality",
        labels=gap_list.counted(view, covered) | shares,
    )


def _silenced(curve: pd.DataFrame) -> pd.DataFrame:
    """Return LORENZ with empty fields where nobody knows: the curve takes silence as no presence, a table
    of figures does not."""
    told = ~curve["status"].isin(gap_regions.SILENT)
    return curve.assign(**{name: curve[name].where(told) for name in _COUNTED})
