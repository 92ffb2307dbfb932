"""Where to look first: what is not covered, ranked, with the figures of people behind the ranks."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from csomap.analysis.needs import cited, needs
from csomap.i18n import date
from csomap.tables.query import Query
from csomap.ui import answers, levels, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_STATUSES = ("gap", "no_data", "unknown", "thin")
_NEED = ("people_in_need", "need_share", "gap_score", "organisations_per_100k")
_COLUMNS = [
    "pcode",
    "service",
    "status",
    "people_in_need",
    "organisations",
    "cso_count",
    "organisations_per_100k",
    "months_active",
    "need_share",
    "presence_share",
    "gap_score",
    "unspecified",
]
_HEIGHT = 390
_SILENT = ("no_data", "unknown")
_COUNTED = (
    "organisations",
    "cso_count",
    "activities",
    "months_active",
    "org_months",
    "organisations_per_100k",
    "presence_share",
    "gap_score",
)


def show(view: View, query: Query) -> None:
    """Draw the ranked list for a query whose levels are at least as fine as its filters."""
    st.subheader(view.t("gap.list.title"), anchor=False)
    rows = answers.gaps(view, query)
    if rows.empty:
        st.info(view.t("gap.list.none"))
        return
    known = bool(rows["people_in_need"].notna().any())
    st.caption(view.t("gap.list.caption" if known else "gap.list.caption_no_need"))
    st.caption(need(view, rows, query))
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
    indicator = str(rows["indicator"].iloc[0])
    source, newest = cited(needs(), indicator)
    if not source:
        return view.t("gap.need.unknown")
    if rows["people_in_need"].isna().all():
        return view.t("gap.need.level", area=levels.area_word(view, query))
    day = date(dt.date.fromisoformat(newest), view.lang)
    named = view.t(f"gap.need.indicator.{indicator}")
    return view.t("gap.need.cited", indicator=named, source=quoted(source), date=day)


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
    tables.table(
        silenced(rows), columns, view, key, height=_HEIGHT, download=download, labels=counted(view, rows)
    )


def counted(view: View, rows: pd.DataFrame) -> dict[str, str]:
    """Return the header of the column of people: what was counted, not a need that nobody measured."""
    indicator = str(rows["indicator"].iloc[0]) if len(rows) else ""
    return {"people_in_need": view.t(f"gap.need.indicator.{indicator}")} if indicator else {}


def silenced(rows: pd.DataFrame) -> pd.DataFrame:
    """Return COVERAGE with empty fields where nobody knows: a silent row has no counts, not counts of 0."""
    silent = rows["status"].isin(_SILENT)
    return rows.assign(**{name: rows[name].where(~silent) for name in _COUNTED})
