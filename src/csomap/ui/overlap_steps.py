"""Which overlap is shown, and the steps to the one before, the next, and the next that is undecided."""

import pandas as pd
import streamlit as st

from csomap.ui import remembered, state
from csomap.ui.judged import Judged
from csomap.ui.view import View

_PICKED, _TURN, _FIRST = "overlaps_picked", "overlaps_turn", "overlaps_first"
KEYS = {"previous": "P", "next": "F", "undecided": "N"}  # C and R are Streamlit's own


def chosen(view: View, known: pd.DataFrame, listed: pd.DataFrame, picked: int | None) -> "pd.Series[str]":
    """Return the row to show: the newest choice, in the table, by the buttons or by the address.

    A row stays picked in the table while the buttons go on, so a pick counts once. A row of `known` is
    shown although the filters keep it out of `listed`.
    """
    if picked is not None and picked != st.session_state.get(_PICKED):
        keep(listed["overlap_id"].iloc[picked])
    st.session_state[_PICKED] = picked
    kept = state.kept("row")
    found = known[known["overlap_id"] == kept]
    if kept and found.empty:
        st.caption(view.t("overlap.card.gone"))
    elif kept and kept not in set(listed["overlap_id"]):
        st.caption(view.t("overlap.card.not_listed"))
    return found.iloc[0] if len(found) else _first(known, listed)


def _first(known: pd.DataFrame, listed: pd.DataFrame) -> "pd.Series[str]":
    """Return the first row. It stays the one that is shown while nothing else is asked for, also when
    somebody else decides on it: what a person is writing on it is not lost."""
    asked = st.query_params.to_dict()
    before, overlap_id = st.session_state.get(_FIRST, ({}, ""))
    same = known[known["overlap_id"] == overlap_id]
    shown = same if before == asked and len(same) else listed if len(listed) else known
    st.session_state[_FIRST] = (asked, shown["overlap_id"].iloc[0])
    return shown.iloc[0]


def show(view: View, found: Judged, listed: pd.DataFrame, row: "pd.Series[str]") -> None:
    """Draw the buttons, large in meeting mode, and where among the listed rows the shown one is."""
    ids = listed["overlap_id"].to_list()
    at = ids.index(row["overlap_id"]) if row["overlap_id"] in ids else -1
    goals = {
        "previous": ids[at - 1] if at > 0 else "",
        "next": ids[at + 1] if at + 1 < len(ids) else "",
        "undecided": next_undecided(listed, row["overlap_id"]),
    }
    hidden = "undecided" if found.evidence is None else _needless(view, goals)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="overlaps_steps"):
        for name, goal in goals.items():
            if name != hidden:
                _step(view, name, goal)
        if at >= 0:
            st.markdown(view.t("overlap.step.position", n=at + 1, total=len(ids)))
    remembered.told(view, then=_back)


def _needless(view: View, goals: dict[str, str]) -> str:
    """Return the button that a meeting does without: it has two, the way back and the way on."""
    if not view.present:
        return ""
    return "next" if goals["undecided"] else "undecided"


def next_undecided(listed: pd.DataFrame, overlap_id: str) -> str:
    """Return the next row that waits for a verdict, from the top again after the end; "" if none does."""
    ids = listed["overlap_id"].to_list()
    after = ids.index(overlap_id) + 1 if overlap_id in ids else 0
    waits = dict(zip(ids, listed["is_open"], strict=True))
    return next((one for one in ids[after:] + ids[:after] if waits[one] and one != overlap_id), "")


def go(overlap_id: str, back: str = "") -> None:
    """Show another row from the next run on; undoing leads to `back`.

    A new table begins: a row that is still ticked there would not be the one shown.
    """
    keep(overlap_id)
    st.session_state[_TURN] = turn() + 1
    st.session_state[_PICKED] = None
    st.session_state["overlaps_back"] = back


def keep(overlap_id: str) -> None:
    """Keep which row is shown, and none of its pairs, in the address."""
    state.keep("row", overlap_id)
    state.keep("pair", "")


def turn() -> int:
    """Return how many tables there were before this one."""
    return int(st.session_state.get(_TURN, 0))


def _step(view: View, name: str, goal: str) -> None:
    is_on = name == "undecided" or (view.present and name == "next")
    st.button(
        view.t(f"overlap.step.{name}"),
        key=f"overlaps_{name}",
        on_click=go,
        args=(goal,),
        disabled=not goal,
        type="primary" if is_on else "secondary",
        shortcut=_key(view, name),
        width="stretch" if view.present else "content",
    )


def _key(view: View, name: str) -> str:
    """Return the key of a step: in a meeting, where there are two, the arrow that points the way it goes."""
    if not view.present:
        return KEYS[name]
    return "left" if (name == "previous") != view.rtl else "right"


def _back() -> None:
    back = st.session_state.get("overlaps_back")
    if back:
        go(back)
