"""What people decide on pages: by whom, what came of it, and the way back."""

from collections.abc import Callable

import streamlit as st

from csomap import flow
from csomap.errors import CsomapError, Outdated
from csomap.ui.view import View
from csomap.ui.wording import quoted

_WHO = "decided_by"
_DONE = "decided"
_WAITED = "decided_on_waiting"
_NOBODY = "–"


def ask_who(view: View, part: str = "") -> None:
    """Ask once for a role or initials; they go with every decision of this session. No name is demanded.

    `part` tells apart several places of a page that ask.
    """
    key = f"{_WHO}_field{part}"
    st.text_input(
        view.t("review.who.label"),
        key=key,
        value=st.session_state.get(_WHO, ""),
        max_chars=40,
        placeholder=view.t("review.who.placeholder"),
        help=view.t("review.who.help"),
        on_change=_keep_who,
        args=(key,),
    )


def who() -> str:
    """Return who decides in this session; a dash if nobody said, for the server's user did not."""
    return str(st.session_state.get(_WHO) or _NOBODY)


def _keep_who(key: str) -> None:
    st.session_state[_WHO] = st.session_state[key].strip()


def decide(view: View, make: Callable[[], int], told: str, *, waits: bool = False) -> bool:
    """Make a decision and keep what to tell about it in the next run: `told`, and the way back.

    `waits` says that it is about rows that wait: it is told if they still do.

    Return whether it was made; a refusal is told in its place. Outdated, that somebody was quicker, is not
    caught: who asks for the decision shows both.
    """
    try:
        made = make()
    except Outdated:
        raise
    except CsomapError as fault:
        st.session_state[_DONE] = ("warning", quoted(fault.told(view.lang)), 0, 0)
        return False
    st.session_state[_DONE] = ("success", told, made, _left_out(view))
    st.session_state[_WAITED] = waits
    return True


def say(view: View, words: str, *, kind: str = "success") -> None:
    """Keep words to tell in the next run, about which there is nothing to take back."""
    st.session_state[_DONE] = (kind, words, 0, _left_out(view))
    st.session_state[_WAITED] = False


def forget() -> None:
    """Tell nothing any more about what was decided last."""
    st.session_state.pop(_DONE, None)


def told(view: View, then: Callable[[], None] | None = None) -> None:
    """Draw what was decided last with a button that takes it back, until something else is decided.

    `then` is called after it was taken back.
    """
    kind, words, made, waited = st.session_state.get(_DONE, ("", "", 0, 0))
    if not words:
        return
    freed = waited - _left_out(view)
    said = [words, *([view.t("review.freed", n=freed)] if freed > 0 else [])]
    if made and not freed and st.session_state.get(_WAITED):
        said.append(view.t("review.still_waits"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="decided_told"):
        (st.success if kind == "success" else st.warning)(" ".join(said))
        if made:
            label = view.t("review.undo")
            st.button(label, key="decided_undo", on_click=undo, args=(view, made, then))


def undo(view: View, made: int, then: Callable[[], None] | None = None) -> None:
    """Take a decision back; nothing of it leaves the history. `then` is called if it was."""
    try:
        flow.undo_decision(view.settings, made, who=who())
        st.session_state[_DONE] = ("success", view.t("review.undone"), 0, _left_out(view))
    except CsomapError as fault:
        st.session_state[_DONE] = ("warning", quoted(fault.told(view.lang)), 0, 0)
        return
    if then:
        then()


def restore(view: View, made: int) -> None:
    """Let a decision that was undone hold again."""
    try:
        flow.restore_decision(view.settings, made, who=who())
        st.session_state[_DONE] = ("success", view.t("review.restored"), made, _left_out(view))
    except CsomapError as fault:
        st.session_state[_DONE] = ("warning", quoted(fault.told(view.lang)), 0, 0)


def _left_out(view: View) -> int:
    """Count the rows that are not in the analysis: those that wait, and those that people set aside."""
    return view.data.waiting + int(view.data.counts["aside"].sum())
