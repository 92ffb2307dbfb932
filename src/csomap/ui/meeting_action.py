"""What is agreed on: a form for a new action or one that is corrected, at any point of the agenda."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import date
from csomap.reports import meeting_words
from csomap.ui import names, remembered
from csomap.ui.view import View
from csomap.ui.wording import quoted

_OPEN, _TURN, _NEW = "meeting_acting", "meeting_acted", "new"
_NOTHING = "nothing"

Offered = list[dict[str, str]]


def button(view: View) -> None:
    """Draw the way to a new action."""
    st.button(view.t("meeting.action.new"), key="meeting_act", on_click=start, shortcut="A")


def show(view: View, meeting: flow.Meeting, offered: Offered) -> None:
    """Draw the form where it was opened; `offered` is what a new action may be about."""
    acting = st.session_state.get(_OPEN, "")
    if not acting:
        return
    action = next((one for one in all_actions(view) if one.id == acting), None)
    with st.container(border=True, key="meeting_action"):
        st.markdown(f"**{view.t('meeting.action.correcting' if action else 'meeting.action.new')}**")
        _form(view, meeting, action, offered)
        with st.container(horizontal=True, gap="small"):
            st.button(view.t("meeting.action.close"), key="meeting_close", on_click=close, type="tertiary")
            if action:
                _withdraw(view, action)
        if action:
            _past(view, action)


def all_actions(view: View) -> list[flow.Action]:
    """Return every action with the org_ids of today."""
    return flow.of_today(view.data, flow.actions(view.settings))


def start(action_id: str = _NEW) -> None:
    """Open the form, empty or with an action to correct."""
    st.session_state[_OPEN] = action_id


def close() -> None:
    """Close the form; what was typed into it is gone."""
    st.session_state.pop(_OPEN, None)
    st.session_state[_TURN] = _turn() + 1


def _turn() -> int:
    return int(st.session_state.get(_TURN, 0))


def _withdraw(view: View, action: flow.Action) -> None:
    label = view.t("meeting.action.withdraw")
    st.button(
        label, key="meeting_withdraw", on_click=set_status, args=(view, action, "withdrawn"), type="tertiary"
    )


def _past(view: View, action: flow.Action) -> None:
    """Draw all that was ever said of an action, what was taken back too, newest first."""
    told = flow.action_history(view.settings, action.id)
    with st.expander(view.t("meeting.action.history")):
        st.markdown("\n".join(f"- {_said(view, one)}" for one in told.to_dict("records")))


def _said(view: View, one: Mapping[Any, Any]) -> str:
    said = flow.Agreed(one["what"], one["organisation"], one["role"], one["by"])
    status = one["status"] if pd.isna(one["undone_at"]) else "undone"
    return view.t(
        "meeting.action.said",
        day=date(flow.iraqi_day(one["at"]), view.lang),
        time=flow.iraqi_time(one["at"]),
        what=quoted(said.what),
        who=quoted(meeting_words.who(view, said)),
        by=meeting_words.by_when(view, said),
        status=view.t(f"meeting.status.{status}"),
    )


def set_status(view: View, action: flow.Action, status: str) -> None:
    """Keep how an action stands, and tell it with the way back."""
    told = view.t(f"meeting.action.is_{status}", what=quoted(action.what))
    if remembered.decide(
        view, lambda: flow.set_status(view.settings, action, status, remembered.who()), told
    ):
        close()


def _form(view: View, meeting: flow.Meeting, action: flow.Action | None, offered: Offered) -> None:
    key = f"meeting_action_{_turn()}"
    subjects = [dict(action.about)] if action and action.about else [] if action else offered
    with st.form(key, border=False):
        st.text_area(
            view.t("meeting.action.what"),
            value=action.what if action else "",
            key=f"{key}_what",
            height=68,
            max_chars=300,
            placeholder=view.t("meeting.action.what_placeholder"),
        )
        _who_and_when(view, key, action)
        if subjects:
            _subject(view, key, subjects)
        st.form_submit_button(
            view.t("meeting.action.save"),
            type="primary",
            on_click=_save,
            args=(view, meeting, action, key, subjects),
        )


def _who_and_when(view: View, key: str, action: flow.Action | None) -> None:
    organisation, role, day = st.columns([3, 3, 2])
    codes = ["", *_organisations(view)]
    held = action.organisation if action else ""
    options = codes if held in codes else [*codes, held]
    organisation.selectbox(
        view.t("meeting.action.organisation"),
        options,
        index=options.index(held),
        key=f"{key}_organisation",
        format_func=lambda code: names.organisation(view, code) or view.t("meeting.action.no_organisation"),
    )
    role.text_input(
        view.t("meeting.action.role"),
        value=action.role if action else "",
        key=f"{key}_role",
        max_chars=80,
        placeholder=view.t("meeting.action.role_placeholder"),
    )
    until: Any = action.by if action else None
    day.date_input(view.t("meeting.action.by"), value=until, key=f"{key}_by", format="DD/MM/YYYY")


def _organisations(view: View) -> list[str]:
    """Return the organisations that report anything, in the order of their names."""
    there = view.data.activities["organisation"].unique()
    return sorted(there, key=lambda code: names.organisation(view, code).casefold())


def _subject(view: View, key: str, subjects: Offered) -> None:
    told = {f"{place}": meeting_words.about(view, codes) for place, codes in enumerate(subjects)}
    told[_NOTHING] = view.t("meeting.action.about_nothing")
    st.selectbox(view.t("meeting.action.about"), list(told), key=f"{key}_about", format_func=told.__getitem__)


def _save(view: View, meeting: flow.Meeting, action: flow.Action | None, key: str, subjects: Offered) -> None:
    typed = {name: st.session_state.get(f"{key}_{name}") for name in ("what", "organisation", "role", "by")}
    chosen = st.session_state.get(f"{key}_about", _NOTHING)
    about = {} if chosen == _NOTHING else subjects[int(chosen)]
    said = flow.Agreed(
        typed["what"] or "", typed["organisation"] or "", typed["role"] or "", typed["by"], about
    )
    told = view.t(f"meeting.action.{'corrected' if action else 'kept'}", what=quoted(said.what))

    def make() -> int:
        if action:
            return flow.correct(view.settings, action, said, remembered.who())
        return flow.agree(view.settings, meeting.id, said, remembered.who())[1]

    if remembered.decide(view, make, told):
        close()
