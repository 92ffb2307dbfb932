"""Where to look first: what is not covered, ranked, with the figures of people behind the ranks."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from csomap.reports import need_cited as need_words
from csomap.reports.coverage_words import counted, silenced, unnamed
from csomap.tables.query import Query
from csomap.ui import answers, need_cited, parts, tables
from csomap.ui.view import View

__all__ = ["counted", "need", "numbers", "show", "silenced"]

_STATUSES = ("gap", "no_data", "unknown", "thin")
_NEED = ("people_in_need", "need_share", "gap_score", "organisations_per_100k")
_COLUMNS = [
    "pcode",
    "service",
    "status",
    "gap_score",
    "people_in_need",
    "organisations",
    "cso_count",
    "organisations_per_100k",
    "months_active",
    "need_share",
    "presence_share",
    "unspecified",
]
_HEIGHT = 390


def show(view: View, query: Query) -> None:
    """Draw the ranked list for a query whose levels are at least as fine as its filters."""
    st.subheader(view.t("gap.list.title"), anchor=False)
    rows = answers.gaps(view, query)
    if rows.empty:
        st.info(view.t("gap.list.none"))
        return
    known = bool(rows["people_in_need"].notna().any())
    parts.caveat(view, view.t("gap.list.caption" if known else "gap.list.caption_no_need"))
    parts.caveat(view, " ".join([need(view, rows, query), *unnamed(view, view.data, query)]))
    shown = rows[rows["status"].isin(_statuses(view, rows))]
    if shown.empty:
        st.info(view.t("gap.list.empty"))
        return
    columns = [name for name in _COLUMNS if known or name not in _NEED]
    unknown = int((rows["status"] == "unknown").sum()) if "unknown" not in set(shown["status"]) else 0
    left_out = [view.t("gap.list.unknown_left_out", n=unknown)] if unknown else []
    st.caption(" ".join([view.t("gap.list.count", n=len(shown)), *left_out]))
    _table(view, shown, columns, f"gaps_{query.service_level}_{query.area_level}", "csomap_gaps")
    st.caption(view.t("gap.list.unspecified", column=view.t("table.unspecified")))


def numbers(view: View, found: pd.DataFrame, columns: Sequence[str]) -> None:
    """Draw COVERAGE as a table, silent rows too."""
    _table(view, found, columns, "gaps_numbers", "csomap_coverage")


def need(view: View, rows: pd.DataFrame, query: Query) -> str:
    """Return which figure of people the rows are measured against, with its source and date."""
    known = rows[rows["people_in_need"].notna()]
    figures = need_cited.figures(view, known, query.population)
    return need_words.sentence(view, view.data.needs, rows, figures, query)


def _statuses(view: View, rows: pd.DataFrame) -> list[str]:
    there = [status for status in _STATUSES if (rows["status"] == status).any()]
    certain = [status for status in there if status != "unknown"]
    picked = st.pills(
        view.t("gap.list.show"),
        there,
        selection_mode="multi",
        default=certain or there,
        key=f"gaps_statuses_{'_'.join(there)}",
        format_func=lambda status: view.t(f"figure.status.{status}"),
    )
    return list(picked)


def _table(view: View, rows: pd.DataFrame, columns: Sequence[str], key: str, download: str) -> None:
    place = columns.index("people_in_need") if "people_in_need" in columns else 0
    shown = [*columns[:place], *(["indicator"] if place and rows["indicator"].nunique() > 1 else [])]
    tables.table(
        silenced(rows),
        [*shown, *columns[place:]],
        view,
        key,
        height=_HEIGHT,
        download=download,
        labels=counted(view, rows),
        words={"indicator": lambda code: view.t(f"gap.need.indicator.{code}") if code else ""},
    )
