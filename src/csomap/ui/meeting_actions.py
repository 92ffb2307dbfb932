"""What earlier meetings left open, late ones first and named with their day, and what this one agreed on."""

import streamlit as st

from csomap import flow
from csomap.i18n import date
from csomap.reports import meeting_words
from csomap.ui import meeting_action
from csomap.ui.view import View
from csomap.ui.wording import quoted

_LISTED = 8


def show(view: View, meeting: flow.Meeting) -> list[dict[str, str]]:
    """Draw both lists; nothing of them is what a new action would be about."""
    every = meeting_action.all_actions(view)
    day = flow.iraqi_day(flow.now())
    earlier = flow.open_actions(every, view.settings, meeting)
    late = [one for one in earlier if one.is_late(day)]
    st.subheader(view.t("meeting.actions.earlier"), anchor=False)
    if earlier:
        st.markdown(view.t("meeting.actions.earlier_counts", open=len(earlier), late=len(late)))
    else:
        st.markdown(view.t("meeting.actions.earlier_none"))
    _list(view, earlier, "earlier")
    st.subheader(view.t("meeting.actions.own"), anchor=False)
    own = [one for one in every if one.meeting == meeting.id]
    if not own:
        st.markdown(view.t("meeting.actions.own_none"))
    _list(view, own, "own")
    return []


def _list(view: View, actions: list[flow.Action], name: str) -> None:
    """Draw the first actions with their buttons, the others on request: each row is two widgets."""
    key = f"meeting_all_{name}"
    shown = actions if st.session_state.get(f"{key}_shown") else actions[:_LISTED]
    for one in shown:
        _row(view, one)
    if len(shown) < len(actions):
        label = view.t("meeting.actions.all", count=len(actions))
        st.button(label, key=key, on_click=_show_all, args=(key,), type="tertiary")


def _show_all(key: str) -> None:
    st.session_state[f"{key}_shown"] = True


def _row(view: View, one: flow.Action) -> None:
    words, first, second = st.columns([6, 1, 1], vertical_alignment="center", gap="small")
    words.markdown(_told(view, one))
    status, label = ("done", "done") if one.status == "open" else ("open", "reopen")
    first.button(
        view.t(f"meeting.action.{label}"),
        key=f"meeting_{label}_{one.id}",
        on_click=meeting_action.set_status,
        args=(view, one, status),
        width="stretch",
    )
    second.button(
        view.t("meeting.action.change"),
        key=f"meeting_change_{one.id}",
        on_click=meeting_action.start,
        args=(one.id,),
        width="stretch",
    )


def _told(view: View, one: flow.Action) -> str:
    """Return what, who and by when; a late one says so in words, with the day on which it was due."""
    day = flow.iraqi_day(flow.now())
    due = view.t("meeting.action.due", day=date(one.by, view.lang)) if one.by else ""
    stands = meeting_words.standing(view, one, day)
    when = stands if one.is_late(day) or one.status != "open" else due or view.t("meeting.action.no_day")
    about = quoted(meeting_words.about(view, one.about))
    words = [quoted(one.what), quoted(meeting_words.who(view, one)), f"**{when}**", about]
    return " · ".join(word for word in words if word)
