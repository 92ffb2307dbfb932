"""Parts of several pages: a choice that the address keeps, and small print that nobody may miss."""

from collections.abc import Callable, Sequence

import streamlit as st

from csomap.ui import state
from csomap.ui.view import View


def pick(view: View, name: str, offered: Sequence[str], label: str, word: Callable[[str], str]) -> str:
    """Draw one choice among codes and return it; the address keeps it unless it is the first one."""
    key = f"{view.page}_{name}"
    kept = state.kept(name)
    st.session_state[key] = kept if kept in offered else offered[0]
    st.segmented_control(
        label,
        offered,
        key=key,
        format_func=word,
        on_change=lambda: _keep(name, st.session_state[key], offered[0]),
        required=True,
    )
    return str(st.session_state[key])


def caveat(view: View, text: str) -> None:
    """Write small print that a meeting needs as well: there it is as large as the rest."""
    (st.markdown if view.present else st.caption)(text)


def _keep(name: str, code: str, first: str) -> None:
    state.keep(name, "" if code == first else code)
