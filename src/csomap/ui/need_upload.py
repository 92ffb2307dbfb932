"""A file of figures of need: read, looked at beside what holds now, and kept."""

from functools import partial

import streamlit as st

from csomap import flow
from csomap.errors import CsomapError
from csomap.i18n import number
from csomap.tables.problems import told
from csomap.ui import names, need_history, remembered, tables, uploads
from csomap.ui.view import View
from csomap.ui.wording import quoted

_ROUND = "needs_round"
_PROBLEMS = ["source_row", "column", "value", "reason", "suggestion"]
_CHANGES = [
    *("source_row", "indicator", "pcode", "population_group", "service", "value", "date", "source"),
    *("value_before", "date_before", "taken"),
]


def show(view: View) -> None:
    """Draw, when it is opened, the way in and what a file would change."""
    part = st.expander(view.t("needs.upload.title"), key="needs_upload_part", on_change="rerun")
    if not part.open:
        return
    with part:
        st.html(uploads.dressed(view, "needs_upload"))
        with st.container(key="needs_upload"):
            key = f"needs_file_{st.session_state.get(_ROUND, 0)}"
            file = st.file_uploader(view.t("needs.upload.label"), key=key)
        if file is not None:
            _read(view, uploads.safe_name(file.name), file.getvalue())


def _read(view: View, name: str, content: bytes) -> None:
    try:
        file = flow.read_needs(content, view.settings, name)
    except CsomapError as fault:
        st.error(quoted(fault.told(view.lang)))
        return
    if len(file.problems):
        st.error(view.t("needs.upload.problems", n=len(file.problems)))
        shown = told(file.problems, view.lang)
        tables.table(shown, _PROBLEMS, view, "needs_problems", download="csomap_problems")
    elif file.is_known:
        st.info(view.t("needs.upload.known"))
    else:
        _preview(view, file)


def _preview(view: View, file: "flow.NeedsFile") -> None:
    """Draw the figures beside those that hold now, and the button that keeps them."""
    changes = file.changes(view.data.needs).rename(
        columns={"before": "value_before", "before_date": "date_before"}
    )
    st.markdown(f"**{view.t('needs.upload.changes', n=len(changes))}**")
    answers = dict.fromkeys(("taken",), lambda code: view.t(f"frame.answer.{code}"))
    indicators = {"indicator": lambda code: view.t(f"needs.indicator.{code}")}
    labels = {name: view.t(f"needs.column.{name}") for name in ("indicator", "service", "date")}
    tables.table(changes, _CHANGES, view, "needs_changes", words=answers | indicators, labels=labels)
    late = int((changes["taken"] == "no").sum())
    if late:
        st.caption(view.t("needs.upload.late", n=late))
    for row in file.few(view.data.needs).itertuples():
        told = {"n": row.known, "total": number(row.areas, view.lang)}
        st.caption(
            view.t(f"needs.upload.few_{row.level}", service=names.service(view, str(row.service)), **told)
        )
    remembered.ask_who(view, "needs")
    st.button(
        view.t("needs.upload.keep", n=len(changes)),
        key="needs_keep",
        type="primary",
        on_click=_keep,
        args=(view, file),
    )


def _keep(view: View, file: "flow.NeedsFile") -> None:
    make = partial(flow.keep_needs, file, view.settings, remembered.who())
    sentence = view.t("needs.upload.done", n=len(file.figures), name=quoted(file.name))
    if need_history.done(view, make, sentence):
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
