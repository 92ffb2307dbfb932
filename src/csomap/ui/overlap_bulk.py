"""One verdict for two organisations, for all their overlaps that are listed."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap.ui import overlap_verdict, remembered, tables, verdict_saving
from csomap.ui.judged import Judged
from csomap.ui.overlap_why import both_names
from csomap.ui.overlap_words import words
from csomap.ui.verdict_saving import Proposal
from csomap.ui.view import View
from csomap.ui.wording import quoted

_OFFERED = 500  # pairs; nobody looks through more of them
_COLUMNS = ["service", "pcode", "population_group", "days", "start", "end", "strength", "verdict"]
_KEY = "verdict_bulk"


def show(view: View, found: Judged, listed: pd.DataFrame) -> None:
    """Draw, when it is opened, the choice of two organisations, what would change, and the form."""
    part = st.expander(view.t("overlap.bulk.title"), key="bulk", on_change="rerun")
    if not part.open:
        return
    with part:
        st.caption(view.t("overlap.bulk.explained"))
        inside = found.standings[found.standings["overlap_id"].isin(listed["overlap_id"])]
        chosen = _pair(view, inside)
        if chosen:
            _preview(view, listed, inside, chosen)


def _pair(view: View, inside: pd.DataFrame) -> str | None:
    """Draw the choice of two organisations, those with the most rows first; return their ids."""
    counted = inside.groupby(["org_a", "org_b"]).agg(n=("overlap_id", "size")).reset_index()
    several = counted[counted["n"] > 1]
    most = several.sort_values("n", ascending=False, kind="stable").head(_OFFERED)
    if most.empty:
        st.info(view.t("overlap.bulk.none"))
        return None
    told = {
        f"{one};{two}": view.t("overlap.bulk.pair", pair=both_names(view, one, two), n=count)
        for one, two, count in zip(most["org_a"], most["org_b"], most["n"], strict=True)
    }
    return st.selectbox(
        view.t("overlap.bulk.choose"),
        list(told),
        index=None,
        key=f"{_KEY}_pair",
        placeholder=view.t("overlap.bulk.placeholder"),
        format_func=told.__getitem__,
    )


def _preview(view: View, listed: pd.DataFrame, inside: pd.DataFrame, chosen: str) -> None:
    one, two = chosen.split(";")
    own = inside[(inside["org_a"] == one) & (inside["org_b"] == two)]
    if (own["verdict"] != "undecided").any() and not st.checkbox(
        view.t("overlap.bulk.also_decided"), key=f"{_KEY}_also"
    ):
        own = own[own["verdict"] == "undecided"]
    st.markdown(f"**{view.t('overlap.bulk.preview', n=len(own))}**")
    if own.empty:
        return
    rows = own[["overlap_id", "verdict", "days"]].merge(
        listed.drop(columns=["verdict", "days"]), on="overlap_id"
    )
    tables.table(rows, _COLUMNS, view, f"{_KEY}_rows", words=words(view))
    remembered.ask_who(view, "bulk")
    overlap_verdict.ask(view, _KEY, "", reopen=bool((own["verdict_id"] > 0).any()))
    st.button(
        view.t("overlap.bulk.save", n=len(own)),
        key=f"{_KEY}_save",
        type="primary",
        disabled=not st.session_state.get(f"{_KEY}_choice"),
        on_click=_save,
        args=(view, own, listed),
    )


def _save(view: View, own: pd.DataFrame, listed: pd.DataFrame) -> None:
    verdict = st.session_state[f"{_KEY}_choice"]
    told = view.t(
        "overlap.bulk.done",
        n=len(own),
        pair=quoted(both_names(view, own["org_a"].iloc[0], own["org_b"].iloc[0])),
        verdict=view.t(f"overlap.verdict.{verdict}"),
    )
    note: Any = st.session_state.get(f"{_KEY}_note", "")
    overlaps = listed[listed["overlap_id"].isin(own["overlap_id"])]
    verdict_saving.save(view, Proposal(own, overlaps, verdict, note, told))
