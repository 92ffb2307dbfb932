"""The decision: add a file, or put it in the place of an earlier one; and what became of it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from csomap.errors import BadFile, BadInput, Cancelled
from csomap.flow import Ingested
from csomap.i18n import date
from csomap.store import Store
from csomap.ui import checking, frame, import_changes, import_sheets, names, uploads, work
from csomap.ui.checking import Checked, Wanted
from csomap.ui.view import View
from csomap.ui.wording import quoted

CHECK = "import_check"
_STORE = "import_store"
_TOLD = "import_told"
_ROUND = "import_round"
_NEXT = ("overview", "overlaps", "gaps")


def round_of_uploads() -> int:
    """Return a number that changes with each import, so that the uploader is empty again after it."""
    return int(st.session_state.get(_ROUND, 0))


def tell(kind: str, *sentences: str) -> None:
    """Keep what happened for the next run: success or warning, and sentences."""
    st.session_state[_TOLD] = (kind, sentences)


def told(view: View) -> bool:
    """Draw once what happened in the last run; return whether the ways on from it were drawn."""
    kind, sentences = st.session_state.pop(_TOLD, ("", ()))
    if sentences:
        (st.success if kind == "success" else st.warning)("\n\n".join(sentences))
    if kind == "success":
        with st.container(horizontal=True, gap="small"):
            frame.link_to_review(view)
            for page in _NEXT:
                frame.link(page, view.t(f"page.{page}.title"))
    return bool(kind == "success")


def show(view: View, file: UploadedFile, wanted: Wanted, found: Checked) -> None:
    """Draw the choice between adding and replacing, and the button that stores."""
    st.subheader(view.t("import.go.title"), anchor=False)
    store = Store(view.settings)
    asked = st.session_state.get(_STORE)
    if asked and asked[:2] == (file.file_id, wanted):  # first: once it is stored, the file is live
        _store(view, file, *asked[1:])
        return
    status = checking.status_of(store, found.entry.import_id)
    if status == "live":
        st.info(view.t("import.found.live"))
        return
    if status:
        st.info(view.t("import.found.known"))
    if not found.entry.accepted + found.entry.review:
        st.warning(view.t("import.go.nothing"))
        return
    replaces = _replaces(view, store, file, wanted, found)
    label = view.t("import.go.button_replace" if replaces else "import.go.button")
    kind: Literal["primary", "secondary"] = "secondary" if found.abroad >= found.usable else "primary"
    if st.button(label, type=kind, key="import_go"):
        others = import_sheets.together(file, found)
        st.session_state[_STORE] = (file.file_id, wanted, replaces, others)
        st.rerun()


def forget() -> None:
    """Stop and forget all that was begun with a file."""
    for name in (CHECK, _STORE, import_changes.WORK):
        work.forget(name)
    st.session_state.pop(_STORE, None)


def _replaces(view: View, store: Store, file: UploadedFile, wanted: Wanted, found: Checked) -> str:
    earlier = checking.replaceable(store, found.entry)
    if earlier.empty:
        return ""
    newest = earlier.iloc[0]
    if newest["same_source"]:
        told = named(view, earlier, newest["import_id"], quoted)
        st.info(view.t("import.go.proposed", name=told))
    how = st.radio(
        view.t("import.go.how"),
        ["add", "replace"],
        index=int(newest["same_source"]),
        key=f"import_how_{found.entry.import_id}",
        format_func=lambda way: view.t(f"import.go.{way}"),
    )
    if how == "add":
        return ""
    chosen = _earlier(view, earlier, found)
    import_changes.show(view, file, wanted, chosen)
    st.caption(view.t("import.go.replaced_stays"))
    return str(chosen)


def _earlier(view: View, earlier: pd.DataFrame, found: Checked) -> str:
    chosen: str = st.selectbox(
        view.t("import.go.earlier"),
        list(earlier["import_id"]),
        key=f"import_earlier_{found.entry.import_id}",
        format_func=lambda code: named(view, earlier, code),
    )
    return chosen


def named(
    view: View, imports: pd.DataFrame, import_id: str, shown: Callable[[str], str] = names.isolated
) -> str:
    """Return an import as people tell it from others: file (as `shown`), day, rows."""
    entry: dict[Any, Any] = imports.set_index("import_id").loc[import_id].to_dict()
    rows = view.t("import.go.rows", n=int(entry["rows_read"]))
    day = date(entry["imported_at"], view.lang)
    return view.t("import.go.earlier_named", name=shown(entry["name"]), date=day, rows=rows)


def _store(view: View, file: UploadedFile, wanted: Wanted, replaces: str, others: tuple[str, ...]) -> None:
    """Store the file, or go on looking after it; whatever comes of it is told in the next run."""
    name = uploads.safe_name(file.name)
    do = partial(checking.stored, name, file.getvalue(), wanted, view.settings, replaces, others)
    title = view.t("import.storing", name=quoted(name))
    try:
        done = work.followed(view, _STORE, (file.file_id, wanted, replaces, others), do, title)
        if done is None:
            return
        kept = [view.t("mapping.kept", name=quoted(name))] if wanted.content else []
        tell("success", *_sentences(view, done, replaced=bool(replaces)), *kept)
        st.session_state[_ROUND] = round_of_uploads() + 1
        forget()
    except Cancelled:
        tell("warning", view.t("work.stopped"))
    except BadInput:
        tell("warning", view.t("import.gone"))
    except BadFile as fault:
        tell("warning", quoted(fault.told(view.lang)))
    work.forget(_STORE)
    st.session_state.pop(_STORE, None)
    st.rerun()


def _sentences(view: View, done: list[Ingested], *, replaced: bool) -> list[str]:
    accepted, read, review = (
        sum(getattr(one.entry, name) for one in done) for name in ("accepted", "rows_read", "review")
    )
    key = ("replaced" if replaced else "new") if any(one.is_new for one in done) else "again"
    words = {"name": quoted(done[0].entry.name), "accepted": accepted, "read": read}
    said = [view.t(f"import.done.{key}", **words)]
    abroad = sum(checking.abroad(one.problems) for one in done)
    if abroad:
        said.append(view.t("import.done.abroad", n=abroad))
    if review > abroad:
        waits = view.t("import.done.review", n=review - abroad)
        return [*said, waits, view.t("import.done.next_review")]
    return [*said, view.t("import.done.next")]
