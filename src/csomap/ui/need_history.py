"""The files of figures that were brought in, taken out and brought back."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.errors import CsomapError
from csomap.ui import remembered, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = ["name", "rows", "status", "at", "who"]
_TOLD = "needs_told"


def told(view: View) -> None:
    """Draw once what happened in the last run."""
    kind, sentence = st.session_state.pop(_TOLD, ("", ""))
    if sentence:
        (st.success if kind == "success" else st.warning)(sentence)


def done(view: View, make: Callable[[], Any], sentence: str) -> bool:
    """Make a change and keep what to say of it in the next run; return whether it was made."""
    try:
        make()
    except CsomapError as fault:  # somebody else was quicker, or the store is out of reach
        st.session_state[_TOLD] = ("warning", quoted(fault.told(view.lang)))
        return False
    st.session_state[_TOLD] = ("success", sentence)
    return True


def show(view: View) -> None:
    """Draw the list, with the way to take a file out or bring it back."""
    st.markdown(f"**{view.t('needs.history.title')}**")
    rows = flow.needs_history(view.settings)
    if rows.empty:
        st.caption(view.t("needs.history.none"))
        return
    words = {"status": lambda code: view.t(f"needs.status.{code}")}
    tables.table(rows, _COLUMNS, view, "needs_history", words=words, download="csomap_needs_history")
    if not view.present:
        _change(view, rows.drop_duplicates("upload_id").set_index("upload_id"))


def _change(view: View, rows: pd.DataFrame) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            view.t("needs.history.choose"),
            list(rows.index),
            key="needs_chosen",
            format_func=lambda code: quoted(str(rows.loc[code, "name"])),
        )
        way = "undo" if rows.loc[chosen, "status"] == "holds" else "restore"
        name = quoted(rows.loc[chosen, "name"])
        st.button(
            view.t(f"needs.history.{way}"),
            key="needs_change",
            on_click=_changed,
            args=(view, way, str(chosen), name),
        )


def _changed(view: View, way: str, upload: str, name: str) -> None:
    make = flow.undo_needs if way == "undo" else flow.restore_needs
    sentence = view.t("needs.history.undone" if way == "undo" else "needs.history.restored", name=name)
    done(view, partial(make, view.settings, upload, remembered.who()), sentence)
