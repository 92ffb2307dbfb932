"""Which overlaps are listed: by verdict, by cause and by least strength, kept in the address as codes."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from csomap.ui import state
from csomap.ui.judged import Judged
from csomap.ui.view import View

CAUSES = ("duplicate_work", "double_report", "chain", "shared_load", "none")
VERDICTS = ("duplicate_work", "shared_load", "same_project", "data_error", "mixed")
STRENGTHS = ("25", "50", "75")
_OPEN, _DECIDED, _NEW = "undecided", "decided", "new"
_STATES = (_OPEN, _DECIDED, *VERDICTS, _NEW)
_EVERY = "all"


def choose(view: View, found: Judged) -> pd.DataFrame:
    """Draw the choices; return the rows of `found` that pass them, in their order."""
    first, second, third = st.columns(3)
    with first:
        verdict = _choice(view, "verdict", _STATES)
    with second:
        cause = _choice(view, "cause", CAUSES)
    with third:
        strength = _choice(view, "strength", STRENGTHS)
    return listed(found.rows, verdict, cause, strength)


def listed(rows: pd.DataFrame, verdict: str = "", cause: str = "", strength: str = "") -> pd.DataFrame:
    """Return the rows with a verdict, a cause and a least strength; "" is any.

    Further verdicts: undecided (two of the row wait for one), decided (none waits), new (somebody came
    since).
    """
    kept = pd.Series(True, rows.index)
    if verdict == _OPEN:
        kept &= rows["is_open"]
    elif verdict == _DECIDED:
        kept &= rows["is_decided"]
    elif verdict == _NEW:
        kept &= rows["is_new"]
    elif verdict:
        kept &= rows["verdict"] == verdict
    if cause:
        kept &= rows["cause"] == cause
    if strength:
        kept &= rows["strength"] >= int(strength)
    return rows[kept].reset_index(drop=True)


def clear() -> None:
    """Take the filters off."""
    for name in ("verdict", "cause", "strength"):
        state.keep(name, "")


def _choice(view: View, name: str, options: Sequence[str]) -> str:
    key, kept = f"overlaps_by_{name}", state.kept(name)
    st.session_state[key] = kept if kept in options else _EVERY
    st.selectbox(
        view.t(f"overlap.filter.{name}.label"),
        [_EVERY, *options],
        key=key,
        format_func=_word(view, name),
        on_change=lambda: state.keep(name, st.session_state[key].replace(_EVERY, "")),
    )
    return str(st.session_state[key]).replace(_EVERY, "")


def _word(view: View, name: str) -> Callable[[str], str]:
    def told(code: str) -> str:
        if code in (_EVERY, _DECIDED, _NEW):
            return view.t(f"overlap.filter.{name}.{code}")
        if code == _OPEN:
            return view.t("overlap.verdict.undecided")
        if name == "strength":
            return view.t("overlap.filter.strength.least", n=int(code))
        return view.t(f"overlap.{name}.{code}")

    return told
