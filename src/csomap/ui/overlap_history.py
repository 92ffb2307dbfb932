"""Everything that was ever said of the organisations of an overlap, and the way back from each."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import date
from csomap.matching.standing import CELL
from csomap.ui import names, overlap_verdict, remembered, tables
from csomap.ui.view import View

_COLUMNS = ["at", "who", "verdict", "note", "org_a", "org_b", "cell", "status"]


def show(view: View, row: "pd.Series[Any]") -> None:
    """Draw, when it is opened, the history of one row of OVERLAPS."""
    part = st.expander(view.t("overlap.history.title"), key="card_history", on_change="rerun")
    if not part.open:
        return
    with part:
        found = flow.verdict_history(view.data, view.settings, row)
        if found.empty:
            st.caption(view.t("overlap.history.none"))
            return
        told = _told(view, found)
        tables.table(told, _COLUMNS, view, "card_history_table", words=_words(view), labels=_labels(view))
        _change(view, told)


def moment(view: View, at: Any) -> str:
    """Return day and time (UTC) of a decision in words."""
    return names.isolated(view.t("overlap.history.at", day=date(at, view.lang), time=f"{at:%H:%M}"))


def _told(view: View, found: pd.DataFrame) -> pd.DataFrame:
    return found.assign(
        at=[moment(view, at) for at in found["at"]],
        status=["kept" if pd.isna(at) else "undone" for at in found["undone_at"]],
        cell=[_cell(view, cell) for cell in found["cell"]],
    )


def _cell(view: View, cell: str) -> str:
    return overlap_verdict.cell(view, dict(zip(CELL, cell.split("|", 3), strict=True)))


def _words(view: View) -> tables.Words:
    return {
        "verdict": lambda code: view.t(f"overlap.verdict.{code}"),
        "status": lambda code: view.t(f"overlap.history.{code}"),
    }


def _labels(view: View) -> dict[str, str]:
    return {name: view.t(f"review.column.{name}") for name in ("at", "who")}


def _change(view: View, found: pd.DataFrame) -> None:
    """Offer to take one of them back, or to let one that was taken back hold again."""
    told = {
        int(row["id"]): " – ".join([row["at"], view.t(f"overlap.verdict.{row['verdict']}")])
        for row in found.to_dict("records")
    }
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            view.t("review.history.choose"), list(told), key="card_history_one", format_func=told.__getitem__
        )
        holds = found.set_index("id").loc[chosen, "status"] == "kept"
        way = remembered.undo if holds else remembered.restore
        label = view.t("review.undo" if holds else "review.restore")
        st.button(label, key="card_history_change", on_click=way, args=(view, int(chosen)))
