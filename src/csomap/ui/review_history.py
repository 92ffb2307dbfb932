"""Everything that was ever decided, and the way back from each."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import date
from csomap.ui import names, remembered, tables
from csomap.ui.view import View

_NEWCOMER = re.compile(r"new-[0-9a-f]{10}")
_COLUMNS = ["at", "who", "told", "status", "note", "id"]


def show(view: View) -> None:
    """Draw the list of decisions and the choice of one to take back or to let hold again."""
    history(view, "")


def history(view: View, kind: str) -> None:
    """Draw the decisions of one kind, or of all if it is empty."""
    found = flow.decisions(view.settings, view.lang)
    if kind:
        found = found[found["kind"] == kind].reset_index(drop=True)
    if found.empty:
        st.info(view.t("review.history.none"))
        return
    found = found.assign(told=[_with_names(view, told) for told in found["told"]])
    words = {"status": lambda code: view.t(f"review.status.{code}")}
    labels = {name: view.t(f"review.column.{name}") for name in ("at", "who", "told", "note", "id")}
    key = f"decisions_{kind}"
    tables.table(found, _COLUMNS, view, key, words=words, labels=labels)
    if not view.present:  # a file travels further than a page: it names nobody
        columns = [name for name in _COLUMNS if name != "who"]
        tables.files(found, columns, view, key, "csomap_decisions", words=words)
    _change(view, kind, found)


def _change(view: View, kind: str, found: pd.DataFrame) -> None:
    changeable = found[(found["kind"] != "undo") & (found["status"] != "replaced")]
    if changeable.empty:
        return
    told = {row["id"]: _named(view, row) for row in changeable.to_dict("records")}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            view.t("review.history.choose"), list(told), key=f"decision_{kind}", format_func=told.__getitem__
        )
        holds = changeable.set_index("id").loc[chosen, "status"] != "undone"
        way = remembered.undo if holds else remembered.restore
        label = view.t("review.undo" if holds else "review.restore")
        st.button(label, key=f"decision_change_{kind}", on_click=way, args=(view, int(chosen)))


def _with_names(view: View, told: str) -> str:
    """Return a sentence with names in place of the ids of organisations that no registry knows."""
    return _NEWCOMER.sub(lambda found: names.organisation(view, found[0]), told)


def _named(view: View, row: Mapping[Any, Any]) -> str:
    words = (date(row["at"], view.lang), row["told"])
    return " – ".join(names.isolated(text) for text in words)
