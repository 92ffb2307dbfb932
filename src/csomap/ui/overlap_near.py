"""Organisations whose work only a border parts: other places, yet near each other; never counted."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.settings import rules
from csomap.tables.query import Query
from csomap.ui import names, overlap_map, overlap_possible, overlap_why, state, tables
from csomap.ui.asked_once import asked_once
from csomap.ui.view import View

KM = (1, 2, 5, 10, 20)
_COLUMNS = ["km", "org_a", "org_b", "service", "place_a", "place_b", "days_together", "reasons"]
_HEIGHT = 330


def show(view: View, query: Query) -> None:
    """Draw the choice of a distance, the pairs within it, and why for the one that is picked."""
    st.markdown(view.t("overlap.near.explained"))
    asked = query.but(near_km=_km(view))
    found = _near(view.data, view.data.version, asked)
    if found.empty:
        st.info(view.t("overlap.near.none", km=f"{asked.near_km:g}"))
        return
    st.caption(view.t("overlap.near.caption", n=len(found)))
    picked = _table(view, found, asked)
    _card(view, found.iloc[picked or 0], asked)


def _km(view: View) -> float:
    """Draw the choice of a distance; it is kept in the address unless it is the one of the rules."""
    usual, kept, key = float(rules()["near"]["km"]), state.kept("km"), "overlaps_km"
    own = float(kept) if kept in {f"{km:g}" for km in KM} else usual
    st.session_state[key] = own
    st.selectbox(
        view.t("overlap.near.km"),
        sorted({usual, *map(float, KM)}),
        key=key,
        format_func=lambda km: view.t("overlap.near.within", km=f"{km:g}"),
        on_change=lambda: state.keep(
            "km", "" if st.session_state[key] == usual else f"{st.session_state[key]:g}"
        ),
    )
    return float(st.session_state[key])


@asked_once
def _near(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_near(_data, query)


def _table(view: View, found: pd.DataFrame, query: Query) -> int | None:
    relations = ("service", "population", "characteristic", "time")
    unlike = [
        ";".join(name for name in relations if row[f"{name}_relation"] != "same")
        for row in found.to_dict("records")
    ]
    shown = found.assign(
        place_a=found["pcode_a"],
        place_b=found["pcode_b"],
        days_together=found["days"],
        km=found["km"].round(1),
        reasons=unlike,
    )
    words = {
        "place_a": lambda code: names.place_within(view, code),
        "place_b": lambda code: names.place_within(view, code),
        "reasons": lambda codes: overlap_possible.reasons(view, codes) if codes else "",
    }
    key = f"near_{query.service_level}_{query.area_level}_{query.min_days}_{query.near_km:g}"
    return tables.table(
        shown, _COLUMNS, view, key, height=_HEIGHT, select=True, download="csomap_near", words=words
    )


def _card(view: View, pair: "pd.Series[Any]", query: Query) -> None:
    told = flow.evidence_of_pairs(view.data, query, pair.to_frame().T)
    own = view.data.activities["activity_id"].isin([pair["activity_a"], pair["activity_b"]])
    with st.container(border=True, key="near_card"):
        both = told.pairs.iloc[0]
        st.subheader(overlap_why.both_names(view, both["org_a"], both["org_b"]), anchor=False)
        left, right = st.columns([3, 2], gap="large")
        if query.service_level != "sector":  # there nobody knows that the work is the same
            with left:
                overlap_why.show(view, both, told.reasons, "near")
        with right:
            overlap_map.show(view, overlap_map.spots(view.data.activities[own]), "near_map")
