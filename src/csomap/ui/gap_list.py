"""Where to look first: what is not covered, ranked, with the figures of people behind the ranks."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from csomap.analysis.needs import cited
from csomap.tables.query import Query
from csomap.ui import answers, levels, need_cited, tables
from csomap.ui.view import View

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
    known = rows[rows["people_in_need"].notna()]
    told = [
        view.t("gap.need.cited", indicator=view.t(f"gap.need.indicator.{code}"), figures=figures)
        for code, figures in need_cited.figures(view, known, query.population).items()
    ]
    if not told and rows["indicator"].eq("").all():
        return view.t("gap.need.unknown")
    return " ".join(told) or _unknown(view, rows, query)


def _unknown(view: View, rows: pd.DataFrame, query: Query) -> str:
    """Say why no figure is known: nobody published any, or none at this level."""
    if not any(cited(view.data.needs, code)[0] for code in rows["indicator"].unique()):
        return view.t("gap.need.unknown")
    return view.t("gap.need.level", area=levels.area_word(view, query))


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


def counted(view: View, rows: pd.DataFrame) -> dict[str, str]:
    """Return the header of the column of people: what was counted, not a need that nobody measured.

    Where services are measured against different figures, the column of the indicator says which.
    """
    told = [code for code in rows["indicator"].unique() if code]
    return {"people_in_need": view.t(f"gap.need.indicator.{told[0]}")} if len(told) == 1 else {}


def silenced(rows: pd.DataFrame) -> pd.DataFrame:
    """Return COVERAGE with empty fields where nobody knows: a silent row has no counts, not counts of 0."""
    silent = rows["status"].isin(_SILENT)
    return rows.assign(**{name: rows[name].where(~silent) for name in _COUNTED})
