"""What stands around every page: language, navigation, filters, and where the data comes from."""

from contextlib import suppress
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError
from streamlit.runtime.pages_manager import PagesManager

from csomap import flow
from csomap.errors import BadInput, CsomapError
from csomap.i18n import LANGUAGES, date, listing, month, t
from csomap.settings import ROOT, Settings
from csomap.store import Store
from csomap.ui import answers, filters, state, style, warm
from csomap.ui.view import View
from csomap.ui.wording import quoted

__all__ = ["View", "link", "navigate", "open"]

GROUPS = {
    "look": ("overview", "map", "organisations", "reports"),
    "act": ("overlaps", "gaps", "transitions", "meeting"),
    "trust": ("import", "review", "edit", "about"),
}
_FIRST = "overview"
_UNFILTERED = GROUPS["trust"]  # these pages are about the files and the method, whatever is filtered


def navigate() -> Any:
    """Register all pages and return the one that was asked for; the bare address leads to the first."""
    registered = [st.Page(_file(page), title=t(f"page.{page}.title"), url_path=page) for page in _pages()]
    return st.navigation([st.Page(_home, title="csomap", default=True), *registered], position="hidden")


def open(page: str) -> View:
    """Begin a page: everything that all pages share, drawn once; return what the page works with.

    A deep link on a fresh server runs the page's own file, so nothing here may rely on app.py. All later
    runs shall begin with app.py, where pages take turns; the names of widgets are the same in both.
    """
    PagesManager.uses_pages_directory = False
    codes = state.begin(page)
    lang, present = codes["lang"], codes["present"] == "1"
    st.set_page_config(t(f"page.{page}.title", lang), str(warm.STATIC / "icon.svg"), "wide", "auto")
    warm.serve()
    style.apply(lang, present)
    view = _view(page, lang, present)
    with st.sidebar:
        _sidebar(view)
    _head(view)
    return view


def link(page: str, label: str, **changes: str) -> None:
    """Draw a link to a page with the filters that hold now, but for `changes` (codes by name).

    A page file that is run all by itself has no other pages to link to: nothing is drawn then.
    """
    with suppress(StreamlitPageNotFoundError):
        st.page_link(_file(page), label=label, query_params=state.link(**changes))


def is_nothing_dated(view: View) -> bool:
    """Say where no row with a date is in the analysis, with the ways on; return whether that is so."""
    if answers.newest_month(view) is not None:
        return False
    st.info(view.t("frame.nothing_dated"))
    link_to_review(view)
    link("import", view.t("review.to_import"))
    return True


def link_to_review(view: View) -> None:
    """Draw the way to what waits for a person, with how many rows it is; nothing where nothing waits."""
    if view.data.waiting:
        link("review", view.t("review.links.waiting", n=view.data.waiting))


def _home() -> None:
    st.switch_page(_file(_FIRST), query_params=st.query_params.to_dict())


def _view(page: str, lang: str, present: bool) -> View:
    settings = Settings.from_environment()
    data = _data(settings, page, lang)
    try:
        query = answers.window(data, state.query())
    except BadInput:  # no report has a date: there is no period to show
        query = state.query()
    return View(lang, present, settings, data, query, page)


def _data(settings: Settings, page: str, lang: str) -> flow.Data:
    """Return what is live, and what people said of overlaps until this moment.

    Where the database or a file of it is out of reach, the page ends with the reason.
    """
    try:
        with st.spinner(t("frame.loading", lang)):
            return flow.with_verdicts(warm.data(settings, flow.state(settings)), settings)
    except CsomapError as fault:
        st.title(t(f"page.{page}.title", lang), anchor=False)
        st.error(quoted(fault.told(lang)))
        st.stop()


def _sidebar(view: View) -> None:
    style.say(view.t("frame.brand"), "brand")
    _languages(view)
    for group in GROUPS:
        style.say(view.t(f"frame.group.{group}"), "group")
        for page in (page for page in GROUPS[group] if page in _pages()):
            link(page, view.t(f"page.{page}.title"))
    if view.page not in _UNFILTERED and not view.present:
        filters.show(view)
    st.button(
        view.t("frame.meeting.start"),
        key="meeting",
        on_click=_toggle,
        args=("1",),
        help=view.t("frame.meeting.help"),
    )
    for line in told_sources(view):
        st.caption(line)


def _languages(view: View) -> None:
    st.session_state["language"] = view.lang
    st.segmented_control(
        view.t("frame.language"),
        LANGUAGES,
        key="language",
        format_func=lambda lang: t(f"frame.languages.{lang}"),
        on_change=lambda: state.choose("lang", st.session_state["language"] or view.lang),
        label_visibility="collapsed",
        required=True,
    )


def _toggle(present: str) -> None:
    state.choose("present", present)


def _head(view: View) -> None:
    st.title(view.t(f"page.{view.page}.title"), anchor=False)
    style.say(view.t(f"page.{view.page}.question"), "question")
    if view.data.is_sample:
        style.say(view.t("frame.sample"), "banner")
    if view.page not in _UNFILTERED:
        style.say(filters.sentence(view), "shown")
        if state.ignored():
            st.caption(view.t("frame.ignored", names=listing(state.ignored(), view.lang)))
    if view.present:
        style.say(" ".join(told_sources(view)), "source")
        _meeting_bar(view)


def _meeting_bar(view: View) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="meeting_bar"):
        with st.popover(view.t("frame.meeting.menu"), type="tertiary"):
            for page in _pages():
                link(page, view.t(f"page.{page}.title"))
        if view.page not in _UNFILTERED:
            with st.popover(view.t("filter.title"), type="tertiary"):
                filters.show(view)
        st.button(
            view.t("frame.meeting.end"), key="meeting_end", on_click=_toggle, args=("",), type="tertiary"
        )


def told_sources(view: View) -> list[str]:
    """Return where the data comes from and how new it is, a sentence each."""
    return _told_sources(view, view.settings, view.data.version, view.lang)


@st.cache_data(show_spinner=False, max_entries=32)
def _told_sources(_view: View, settings: Settings, version: str, lang: str) -> list[str]:
    view = _view
    newest = answers.newest_month(view)
    age = [view.t("frame.newest", month=month(newest, view.lang))] if newest else []
    if view.data.is_sample:
        return [view.t("frame.source_sample"), *age]
    live = live_imports(view)
    files = listing(sorted(set(live["name"])), view.lang)
    return [view.t("frame.source", files=files, day=date(live["imported_at"].max(), view.lang)), *age]


def live_imports(view: View) -> pd.DataFrame:
    """Return the imports that are in the analysis, newest first (columns of the catalogue)."""
    store = Store(view.settings)
    entries = store.imports()
    return entries[entries["import_id"].isin(store.live())].reset_index(drop=True)


def _pages() -> list[str]:
    return [page for group in GROUPS.values() for page in group if (ROOT / _file(page)).exists()]


def _file(page: str) -> str:
    return f"pages/{page}.py"
