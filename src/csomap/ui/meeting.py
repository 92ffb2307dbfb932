"""The page of a meeting: its agenda, one point at a time, and an action can be agreed at every one."""

from collections.abc import Callable

import streamlit as st

from csomap import flow
from csomap.i18n import direction
from csomap.ui import (
    answers,
    frame,
    meeting_action,
    meeting_actions,
    meeting_gaps,
    meeting_minutes,
    meeting_overlaps,
    meeting_start,
    remembered,
    state,
    style,
)
from csomap.ui.view import View

STEPS = ("actions", "overlaps", "gaps", "coming", "minutes")
_NEEDS_DATES = ("overlaps", "gaps", "coming")
_STEP, _FIRST = "step", STEPS[0]
_HERE = "▾ "

Offered = list[dict[str, str]]
_SHOWN: dict[str, Callable[[View, flow.Meeting], Offered]] = {
    "actions": meeting_actions.show,
    "overlaps": meeting_overlaps.show,
    "gaps": meeting_gaps.gaps,
    "coming": meeting_gaps.coming,
    "minutes": meeting_minutes.show,
}


def show(view: View) -> None:
    """Draw the meeting that the address keeps, else the way to start one."""
    kept = state.kept("meeting")
    alike = (one for one in flow.meetings(view.settings) if one.is_sample == view.data.is_sample)
    every = {one.id: one for one in alike}
    if kept not in every:
        remembered.told(view)
        meeting_start.show(view, list(every.values()), is_gone=bool(kept))
        return
    meeting = every[kept]
    step = state.kept(_STEP, _FIRST)
    step = step if step in STEPS else _FIRST
    _head(view, meeting)
    _agenda(view, step)
    _point(view, meeting, step)


def _point(view: View, meeting: flow.Meeting, step: str) -> None:
    """Draw one point of the agenda above what can be agreed on at it."""
    if step != "overlaps":  # the steps among overlaps tell it beside the buttons
        remembered.told(view)
    place = st.container()
    with st.container():
        offered: Offered = []
        if step in _NEEDS_DATES and answers.newest_month(view) is None:
            frame.is_nothing_dated(view)
        else:
            offered = _SHOWN[step](view, meeting)
    with place:
        meeting_action.show(view, meeting, offered)
    if step != "overlaps":
        _onward(view, step)


def _head(view: View, meeting: flow.Meeting) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="meeting_head"):
        style.say(meeting.title, "meeting")
        st.button(view.t("meeting.others"), key="meeting_others", on_click=leave, type="tertiary")
    now = {name: code for name, code in state.codes().items() if name in state.FILTERS and code}
    if now != dict(meeting.filters):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(view.t("meeting.other_filters"))
            label = view.t("meeting.own_filters")
            st.button(label, key="meeting_filters", on_click=take_filters, args=(meeting,), type="tertiary")


def _agenda(view: View, step: str) -> None:
    """Draw the points of the agenda in a row; the one that is shown is marked by more than its colour."""
    with st.container(horizontal=True, gap="small", key="meeting_agenda"):
        for number, name in enumerate(STEPS, start=1):
            st.button(
                f"{_HERE if name == step else ''}{view.t(f'meeting.step.{name}')}",
                key=f"meeting_step_{name}",
                type="primary" if name == step else "secondary",
                on_click=go,
                args=(name,),
                shortcut=str(number),
            )
        meeting_action.button(view)
    if not view.present:
        st.caption(view.t("meeting.step.keys"))


def _onward(view: View, step: str) -> None:
    """Draw two large buttons to the points before and after, also reached by the arrows."""
    at = STEPS.index(step)
    forward, back = ("left", "right") if direction(view.lang) == "rtl" else ("right", "left")
    with st.container(horizontal=True, gap="small", key="meeting_onward"):
        if at > 0:
            _large(view, "previous_point", STEPS[at - 1], back)
        if at + 1 < len(STEPS):
            _large(view, "next_point", STEPS[at + 1], forward)


def _large(view: View, name: str, step: str, shortcut: str) -> None:
    label = view.t(f"meeting.step.{name}", step=view.t(f"meeting.step.{step}"))
    is_next = name == "next_point"
    st.button(
        label,
        key=f"meeting_{name}",
        on_click=go,
        args=(step,),
        type="primary" if is_next else "secondary",
        shortcut=shortcut,
        width="stretch",
    )


def go(step: str) -> None:
    """Show another point of the agenda from the next run on."""
    meeting_action.close()
    remembered.forget()
    state.keep(_STEP, "" if step == _FIRST else step)


def leave() -> None:
    """Go back to the list of meetings; the meeting itself goes on."""
    for name in ("meeting", _STEP, "row", "pair"):
        state.keep(name, "")


def take_filters(meeting: flow.Meeting) -> None:
    """Filter by what the meeting was started with."""
    state.clear()
    for name, code in meeting.filters.items():
        state.choose(name, code)
