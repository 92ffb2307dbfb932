"""A meeting begins with a title and the filters that hold; those that were are listed, newest first."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from csomap import flow
from csomap.errors import CsomapError
from csomap.i18n import date
from csomap.ui import frame, remembered, state
from csomap.ui.view import View
from csomap.ui.wording import quoted

_TITLE = "meeting_title"
_LISTED = 20


def show(view: View, every: list[flow.Meeting], *, is_gone: bool) -> None:
    """Draw the form that starts a meeting, and the meetings so far."""
    if is_gone:
        st.warning(view.t("meeting.gone"))
    st.markdown(view.t("meeting.meaning"))
    st.markdown(view.t("meeting.scope"))
    with st.form("meeting_form", border=False):
        st.text_input(
            view.t("meeting.title.label"),
            key=_TITLE,
            max_chars=120,
            placeholder=view.t("meeting.title.placeholder"),
            help=view.t("meeting.title.help"),
        )
        st.form_submit_button(view.t("meeting.start"), type="primary", on_click=_start, args=(view,))
    st.subheader(view.t("meeting.list.title"), anchor=False)
    if not every:
        st.info(view.t("meeting.list.none"))
    _list(view, every)


def _list(view: View, every: list[flow.Meeting]) -> None:
    agreed = Counter(one.meeting for one in flow.actions(view.settings) if one.status != "withdrawn")
    for one in every[:_LISTED]:
        frame.link("meeting", quoted(one.title), **_filters(one.filters), meeting=one.id)
        day = date(flow.iraqi_day(one.started), view.lang)
        st.markdown(view.t("meeting.list.line", day=day, state=_state(view, one), count=agreed[one.id]))
    if len(every) > _LISTED:
        st.caption(view.t("meeting.list.more", count=len(every) - _LISTED))


def _filters(kept: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a meeting for its address: what it does not name is not filtered."""
    return {name: kept.get(name, "") for name in state.FILTERS}


def _state(view: View, meeting: flow.Meeting) -> str:
    running = "running" if meeting.is_running(flow.now()) else "forgotten"
    return view.t(f"meeting.state.{'ended' if meeting.ended else running}")


def _start(view: View) -> None:
    """Start a meeting about what is filtered now, in meeting mode."""
    title, codes = st.session_state[_TITLE], state.codes()
    filters = {name: codes[name] for name in state.FILTERS}
    try:
        made = flow.start_meeting(
            view.settings, title, filters, sample=view.data.is_sample, who=remembered.who()
        )
    except CsomapError as fault:
        remembered.say(view, quoted(fault.told(view.lang)), kind="warning")
        return
    state.keep("meeting", made)
    state.choose("present", "1")
    remembered.say(view, view.t("meeting.started", title=quoted(title)))
