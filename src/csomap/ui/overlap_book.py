"""Verdicts in a spreadsheet: taken away, chosen without internet, and brought back in after a look."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.errors import CsomapError, Outdated
from csomap.tables.problems import told
from csomap.tables.query import Query
from csomap.ui import overlap_history, overlap_verdict, remembered, tables, uploads
from csomap.ui.judged import Judged
from csomap.ui.view import View
from csomap.ui.wording import quoted

_ROUND = "verdict_book_round"
_CHANGES = ["source_row", "org_a", "org_b", "cell", "before", "verdict", "note"]
_OUTDATED = ["source_row", "org_a", "org_b", "cell", "verdict", "now", "now_note", "who", "at"]
_PROBLEMS = ["source_row", "column", "value", "reason", "suggestion"]


def show(view: View, found: Judged, query: Query) -> None:
    """Draw, when it is opened, the way out, the way back in, and what a file would change."""
    part = st.expander(view.t("overlap.book.title"), key="book", on_change="rerun")
    if not part.open:
        return
    with part:
        st.caption(view.t("overlap.book.explained"))
        st.download_button(
            view.t("overlap.book.download"),
            partial(flow.verdict_book, view.data, query, view.lang, found.evidence),
            "csomap_verdicts.xlsx",
            key="book_download",
            on_click="ignore",
        )
        st.html(uploads.dressed(view, "book_upload"))
        with st.container(key="book_upload"):
            key = f"book_{st.session_state.get(_ROUND, 0)}"
            file = st.file_uploader(view.t("overlap.book.upload"), key=key, type=["xlsx"])
        if file is not None:
            _read(view, file.getvalue())


def _read(view: View, content: bytes) -> None:
    try:
        book = flow.read_verdict_book(content, view.data, view.settings)
    except CsomapError as fault:
        st.error(quoted(fault.told(view.lang)))
        return
    if len(book.problems):
        st.error(view.t("overlap.book.problems", n=len(book.problems)))
        found = told(book.problems, view.lang)
        tables.table(found, _PROBLEMS, view, "book_problems", download="csomap_problems")
        return
    _preview(view, book)


def _preview(view: View, book: "flow.VerdictBook") -> None:
    """Draw what would change, what others decided since, and the button that keeps it."""
    changes, outdated = book.changes, book.outdated
    st.markdown(f"**{view.t('overlap.book.changes', n=len(changes))}**")
    if len(changes):
        tables.table(_shown(view, changes), _CHANGES, view, "book_changes", words=_words(view))
    is_taken = False
    if len(outdated):
        st.warning(view.t("overlap.book.outdated", n=len(outdated)))
        tables.table(_shown(view, outdated), _OUTDATED, view, "book_outdated", words=_words(view))
        is_taken = st.checkbox(view.t("overlap.book.take"), key="book_take")
    count = len(changes) + len(outdated) * is_taken
    remembered.ask_who(view, "book")
    st.button(
        view.t("overlap.book.keep", n=count),
        key="book_keep",
        type="primary",
        disabled=not count,
        on_click=_keep,
        args=(view, book, count, is_taken),
    )


def _keep(view: View, book: "flow.VerdictBook", count: int, is_taken: bool) -> None:
    make = partial(
        flow.keep_verdict_book,
        book,
        view.data,
        view.settings,
        who=remembered.who(),
        take_outdated=is_taken,
    )
    try:
        remembered.decide(view, make, view.t("overlap.book.done", n=count))
    except Outdated as fault:  # since the preview was drawn: the next one shows it
        remembered.say(view, quoted(fault.told(view.lang)), kind="warning")
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _shown(view: View, lines: pd.DataFrame) -> pd.DataFrame:
    cells = [overlap_verdict.cell(view, one) for one in lines.to_dict("records")]
    shown = lines.assign(cell=cells)
    if "at" in shown:
        shown["at"] = [_moment(view, at) for at in lines["at"]]
    return shown


def _moment(view: View, at: Any) -> str:
    return "" if pd.isna(at) else overlap_history.moment(view, at)


def _words(view: View) -> tables.Words:
    def verdict(code: str) -> str:
        return view.t(f"overlap.verdict.{code}") if code else ""

    return dict.fromkeys(("before", "verdict", "now"), verdict)
