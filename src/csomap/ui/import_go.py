"""The decision: add a file, or put it in the place of an earlier one; and what became of it."""

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from csomap.errors import BadFile, BadInput
from csomap.flow import Ingested
from csomap.i18n import date
from csomap.store import Store
from csomap.ui import checking, frame, uploads
from csomap.ui.checking import Checked, Wanted
from csomap.ui.view import View
from csomap.ui.wording import quoted

_TOLD = "import_told"
_ROUND = "import_round"
_NEXT = ("overview", "overlaps", "gaps")


def round_of_uploads() -> int:
    """Return a number that changes with each import, so that the uploader is empty again after it."""
    return int(st.session_state.get(_ROUND, 0))


def tell(kind: str, *sentences: str) -> None:
    """Keep what happened for the next run: success or warning, and sentences."""
    st.session_state[_TOLD] = (kind, sentences)


def told(view: View) -> None:
    """Draw once what happened in the last run."""
    kind, sentences = st.session_state.pop(_TOLD, ("", ()))
    if sentences:
        (st.success if kind == "success" else st.warning)("\n\n".join(sentences))
    if kind == "success":
        with st.container(horizontal=True, gap="small"):
            for page in _NEXT:
                frame.link(page, view.t(f"page.{page}.title"))


def show(view: View, file: UploadedFile, wanted: Wanted, found: Checked) -> None:
    """Draw the choice between adding and replacing, and the button that stores."""
    st.subheader(view.t("import.go.title"), anchor=False)
    store = Store(view.settings)
    status = checking.status_of(store, found.entry.import_id)
    if status == "live":
        st.info(view.t("import.found.live"))
        return
    if status:
        st.info(view.t("import.found.known"))
    if not found.entry.accepted + found.entry.review:
        st.warning(view.t("import.go.nothing"))
        return
    replaces = _replaces(view, store, found)
    label = view.t("import.go.button_replace" if replaces else "import.go.button")
    if st.button(label, type="primary", key="import_go"):
        _store(view, file, wanted, replaces)
        st.rerun()


def _replaces(view: View, store: Store, found: Checked) -> str:
    earlier = checking.replaceable(store, found.entry)
    if earlier.empty:
        return ""
    how = st.radio(
        view.t("import.go.how"),
        ["add", "replace"],
        key=f"import_how_{found.entry.import_id}",
        format_func=lambda way: view.t(f"import.go.{way}"),
    )
    if how == "add":
        return ""
    chosen = st.selectbox(
        view.t("import.go.earlier"),
        list(earlier["import_id"]),
        key=f"import_earlier_{found.entry.import_id}",
        format_func=lambda code: named(view, earlier, code),
    )
    added, gone, same = checking.compared(_marks(view, chosen), found.marks)
    st.markdown(view.t("import.go.compared", added=added, gone=gone, same=same))
    st.caption(view.t("import.go.replaced_stays"))
    return str(chosen)


def _marks(view: View, import_id: str) -> "pd.Series[int]":
    key = f"import_marks_{import_id}"
    if key not in st.session_state:
        st.session_state[key] = checking.marks(Store(view.settings).rows(import_id))
    kept: pd.Series[int] = st.session_state[key]
    return kept


def named(view: View, imports: pd.DataFrame, import_id: str) -> str:
    """Return an import as people tell it from others: file, day, rows."""
    entry: dict[Any, Any] = imports.set_index("import_id").loc[import_id].to_dict()
    rows = view.t("import.go.rows", n=int(entry["rows_read"]))
    day = date(entry["imported_at"], view.lang)
    return view.t("import.go.earlier_named", name=f"\u2068{entry['name']}\u2069", date=day, rows=rows)


def _store(view: View, file: UploadedFile, wanted: Wanted, replaces: str) -> None:
    name = uploads.safe_name(file.name)
    try:
        with st.spinner(view.t("import.storing", name=quoted(name))):
            done = checking.stored(name, file.getvalue(), wanted, view.settings, replaces)
    except BadInput:
        tell("warning", view.t("import.gone"))
        return
    except BadFile as fault:
        tell("warning", quoted(fault.told(view.lang)))
        return
    tell("success", *_sentences(view, done, replaced=bool(replaces)))
    st.session_state[_ROUND] = round_of_uploads() + 1
    st.session_state.pop("import_checked", None)


def _sentences(view: View, done: Ingested, *, replaced: bool) -> list[str]:
    entry = done.entry
    key = ("replaced" if replaced else "new") if done.is_new else "again"
    words = {"name": quoted(entry.name), "accepted": entry.accepted, "read": entry.rows_read}
    waits = [view.t("import.done.review", n=entry.review)] if entry.review else []
    return [view.t(f"import.done.{key}", **words), *waits, view.t("import.done.next")]
