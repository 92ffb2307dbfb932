"""Figures of need: which hold now, and the way for newer ones to come in."""

from functools import partial

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.analysis.needs import COLUMNS, held, newest, of_country
from csomap.i18n import date, decimal
from csomap.ui import frame, names, need_history, need_upload, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_HELD = ["indicator", "service", "population_group", "level", "places", "date", "source"]
_CONTEXT = {
    "physicians": "physicians_per_10000",
    "nurses": "nurses_midwives_per_10000",
    "threshold": "skilled_health_workers_sdg_threshold_per_10000",
}
_HEIGHT = 320


def show(view: View) -> None:
    """Draw the section: what holds, how scarce care is, newer figures, and the files that were brought in."""
    st.subheader(view.t("needs.title"), anchor=False)
    need_history.told(view)
    st.caption(view.t("needs.explained"))
    told = context(view)
    if told:
        st.markdown(told)
    st.markdown(f"**{view.t('needs.held')}**")
    rows = _held(view.data.version, view.data.needs)
    tables.table(rows, _HELD, view, "needs_held", height=_HEIGHT, words=words(view), labels=_labels(view))
    if not view.present:
        st.caption(view.t("needs.every"))
        every = _every(view.data.version, view.data.needs)
        tables.files(every, [*COLUMNS, "holds"], view, "needs_every", "csomap_needs", words=words(view))
        st.download_button(
            view.t("needs.upload.template"),
            partial(flow.needs_template, view.lang),
            "csomap_figures_of_need.xlsx",
            key="needs_template",
            on_click="ignore",
            type="tertiary",
        )
    need_upload.show(view)
    need_history.show(view)


def link(view: View) -> None:
    """Draw the way from another page to this section."""
    frame.link("import", view.t("needs.link"))


def context(view: View) -> str:
    """Return in one sentence how many health workers there are, with source and date; "" if unknown."""
    known = {str(row["indicator"]): row for row in of_country(view.data.needs).to_dict("records")}
    if not set(_CONTEXT.values()) <= set(known):
        return ""
    first = known[_CONTEXT["physicians"]]
    return view.t(
        "needs.context",
        **{name: decimal(known[code]["value"], view.lang) for name, code in _CONTEXT.items()},
        source=quoted(names.source(view, first["source"])),
        date=date(first["date"], view.lang),
    )


def words(view: View) -> tables.Words:
    """Return how the codes of figures are read."""
    return {
        "indicator": lambda code: view.t(f"needs.indicator.{code}"),
        "source": lambda text: names.source(view, text),
        "level": lambda code: view.t(f"needs.level.{code}"),
        "holds": lambda code: view.t(f"frame.answer.{code}"),
        "taken": lambda code: view.t(f"frame.answer.{code}"),
    }


def _labels(view: View) -> dict[str, str]:
    return {name: view.t(f"needs.column.{name}") for name in ("indicator", "service", "date")}


@st.cache_data(max_entries=4, show_spinner=False)
def _held(version: str, _table: pd.DataFrame) -> pd.DataFrame:
    return held(_table)


@st.cache_data(max_entries=4, show_spinner=False)
def _every(version: str, _table: pd.DataFrame) -> pd.DataFrame:
    """Return every figure, newest first of each, with holds: yes or no."""
    keys = ["indicator", "pcode", "population_group", "service", "date", "value", "source"]
    now = newest(_table)[keys].assign(holds="yes")
    every = _table.merge(now.drop_duplicates(), on=keys, how="left").fillna({"holds": "no"})
    order = ["indicator", "service", "pcode", "date"]
    return every.sort_values(order, ascending=[True, True, True, False], ignore_index=True)
