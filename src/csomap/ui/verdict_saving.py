"""A verdict is kept, or somebody was quicker: then both are shown, and the person chooses."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.errors import Outdated
from csomap.i18n import listing
from csomap.ui import overlap_steps, remembered
from csomap.ui.judged import PAIR, Judged
from csomap.ui.view import View
from csomap.ui.wording import quoted

_CONFLICT, _SAVED = "verdict_conflict", "verdicts_saved"


@dataclass(frozen=True)
class Proposal:
    """What a person wants to say: of which rows of STANDINGS, as they saw them, and what to show after it."""

    asked: pd.DataFrame
    overlaps: pd.DataFrame
    verdict: str
    note: str
    told: str
    goal: str = ""
    back: str = ""


@dataclass(frozen=True)
class _Conflict:
    proposal: Proposal
    fault: Outdated


def save(view: View, wanted: Proposal) -> None:
    """Keep a verdict and step on; if somebody judged since, keep nothing and remember both."""
    st.session_state.pop(_CONFLICT, None)
    try:
        remembered.decide(view, partial(_made, view, wanted), wanted.told)
    except Outdated as fault:
        st.session_state[_CONFLICT] = _Conflict(wanted, fault)
        remembered.forget()
        return
    st.session_state[_SAVED] = saved() + 1
    if wanted.goal:
        overlap_steps.go(wanted.goal, wanted.back)


def saved() -> int:
    """Return how many times this session has saved: each time the form begins empty again."""
    return int(st.session_state.get(_SAVED, 0))


def _made(view: View, wanted: Proposal) -> int:
    who = remembered.who()
    return flow.set_verdict(view.settings, wanted.asked, wanted.overlaps, wanted.verdict, wanted.note, who)


def show_conflict(view: View, found: Judged) -> None:
    """Draw what somebody else said since, what this person wanted to say, and the choice between them."""
    conflict: _Conflict | None = st.session_state.get(_CONFLICT)
    if conflict is None:
        return
    wanted = conflict.proposal
    with st.container(border=True, key="verdict_conflict"):
        st.warning(quoted(conflict.fault.told(view.lang)))
        notes = sorted({one.note for one in conflict.fault.held if one.note})
        if notes:
            told = listing([quoted(note) for note in notes], view.lang)
            st.markdown(view.t("overlap.conflict.their_note", note=told))
        st.markdown(view.t("overlap.conflict.yours", told=wanted.told))
        with st.container(horizontal=True, gap="small"):
            keep, take = view.t("overlap.conflict.keep"), view.t("overlap.conflict.take")
            st.button(keep, key="conflict_keep", on_click=_keep_theirs, args=(view,))
            again = _as_it_is_now(wanted, found)
            st.button(take, key="conflict_take", type="primary", on_click=save, args=(view, again))


def _keep_theirs(view: View) -> None:
    st.session_state.pop(_CONFLICT, None)
    remembered.say(view, view.t("overlap.conflict.kept"))


def _as_it_is_now(wanted: Proposal, found: Judged) -> Proposal:
    """Return the same wish about what the person sees now, the other's verdict included."""
    fresh = found.standings.merge(wanted.asked[PAIR], on=PAIR)
    values: dict[str, Any] = {**wanted.__dict__, "asked": fresh}
    return Proposal(**values)
