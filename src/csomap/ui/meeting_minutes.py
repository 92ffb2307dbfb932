"""The end of a meeting: what it did, and its minutes to take along in any language."""

from collections.abc import Callable

import streamlit as st

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.reports import KINDS, write
from csomap.reports.minutes import file_name, minutes
from csomap.ui import parts, remembered
from csomap.ui.view import View
from csomap.ui.wording import quoted


def show(view: View, meeting: flow.Meeting) -> list[dict[str, str]]:
    """Draw the counts, the end of the meeting and the files; an action here is about nothing shown."""
    st.subheader(view.t("meeting.step.minutes"), anchor=False)
    record = flow.meeting_record(view.data, view.settings, meeting, flow.now())
    lines = {
        "settled": {"count": len(record.settled)},
        "open": {"count": len(record.open), "late": len(record.late)},
        "verdicts": {"count": len(record.verdicts)},
        "agreed": {"count": len(record.agreed)},
    }
    told = (view.t(f"meeting.minutes.agenda.{name}", **counts) for name, counts in lines.items())
    st.markdown("\n".join(f"- {line}" for line in told))
    _end(view, meeting)
    offered = [view.lang, *(lang for lang in LANGUAGES if lang != view.lang)]
    lang = parts.pick(
        view, "in", offered, view.t("meeting.minutes.lang"), lambda code: t(f"frame.languages.{code}")
    )
    with st.container(horizontal=True, gap="small", key="meeting_files"):
        for kind in KINDS:
            _file(view, meeting, lang, kind)
    return []


def _end(view: View, meeting: flow.Meeting) -> None:
    way, key, told = (
        (flow.go_on, "go_on", "gone_on") if meeting.ended else (flow.end_meeting, "end", "end_told")
    )
    st.button(
        view.t(f"meeting.{key}"),
        key=f"meeting_{key}_now",
        type="secondary" if meeting.ended else "primary",
        on_click=_changed,
        args=(view, meeting, way, told),
    )


def _changed(view: View, meeting: flow.Meeting, way: Callable[..., int], told: str) -> None:
    words = view.t(f"meeting.{told}", title=quoted(meeting.title))
    remembered.decide(view, lambda: way(view.settings, meeting, remembered.who()), words)


def _file(view: View, meeting: flow.Meeting, lang: str, kind: str) -> None:
    """Offer one file; it is made when it is asked for."""

    def made() -> bytes:
        moment = flow.now()
        return write(minutes(view.data, meeting, lang, settings=view.settings, moment=moment), kind)

    label = view.t(f"meeting.minutes.take.{kind}")
    name = file_name(meeting, lang, kind)
    st.download_button(label, made, name, key=f"meeting_{kind}", on_click="ignore")
