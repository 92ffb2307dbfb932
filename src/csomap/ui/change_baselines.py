"""Baselines on a page: keep what is now under a name, drop one, bring it back."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.errors import Outdated
from csomap.i18n import period
from csomap.ui import names, overlap_history, remembered, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = ["name", "at", "who", "months_told", "activities", "sources", "status"]


def show(view: View) -> None:
    """Draw the way to keep a baseline, and the list of all."""
    remembered.told(view)
    if view.present:
        return
    part = st.expander(view.t("change.baseline.title"), key="baselines", on_change="rerun")
    if not part.open:
        return
    with part:
        st.caption(view.t("change.baseline.meaning"))
        _keep(view)
        _list(view)


def _keep(view: View) -> None:
    remembered.ask_who(view, "_baseline")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.text_input(
            view.t("change.baseline.name"),
            key="baseline_name",
            max_chars=80,
            placeholder=view.t("change.baseline.placeholder"),
        )
        st.button(
            view.t("change.baseline.keep"),
            key="baseline_keep",
            on_click=_kept,
            args=(view, name),
            type="primary",
        )


def _kept(view: View, name: str) -> None:
    """Keep the whole data, not what pages show of it: a comparison of later days needs both in full."""

    def make() -> int:
        whole = flow.load(view.settings)
        return flow.keep_baseline(view.settings, whole, name, remembered.who(), view.query)

    _told(view, make, "kept", name)


def _told(view: View, make: Callable[[], int], done: str, name: str) -> None:
    try:
        remembered.decide(view, make, view.t(f"change.baseline.{done}", name=quoted(name)))
    except Outdated as late:
        remembered.say(view, quoted(late.told(view.lang)), kind="warning")


def _list(view: View) -> None:
    known = flow.baselines(view.settings)
    if known.empty:
        st.info(view.t("change.baseline.none"))
        return
    shown = known.assign(
        at=[overlap_history.moment(view, at) for at in known["at"]],
        months_told=[_months(view, row) for row in known.to_dict("records")],
        sources=known["sources"].str.replace(";", "; "),
    )
    words = {"status": lambda code: view.t(f"change.baseline.status.{code}")}
    tables.table(shown, _COLUMNS, view, "baselines_table", words=words, download="csomap_baselines")
    _change(view, known)


def _months(view: View, row: Mapping[Any, Any]) -> str:
    first, last = (dt.date.fromisoformat(str(row[side])) for side in ("start", "end"))
    return period(first, last, view.lang)


def _change(view: View, known: pd.DataFrame) -> None:
    """Offer to drop one of them, or to bring one that was dropped back."""
    rows = known.set_index("id")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            view.t("change.baseline.choose"),
            list(rows.index),
            key="baseline_one",
            format_func=lambda one: names.isolated(str(rows.loc[one, "name"])),
        )
        is_kept = rows.loc[chosen, "status"] == "kept"
        way, label = (_dropped, "drop") if is_kept else (_restored, "restore")
        name = str(rows.loc[chosen, "name"])
        st.button(
            view.t(f"change.baseline.{label}"), key="baseline_change", on_click=way, args=(view, chosen, name)
        )


def _dropped(view: View, chosen: int, name: str) -> None:
    def make() -> int:
        flow.drop_baseline(view.settings, name, remembered.who())
        return 0  # the way back is in the list

    _told(view, make, "dropped", name)


def _restored(view: View, chosen: int, name: str) -> None:
    _told(view, lambda: flow.restore_baseline(view.settings, int(chosen), remembered.who()), "restored", name)
