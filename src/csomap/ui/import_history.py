"""Every import ever made: what is in the analysis, what was taken out, and the way back."""

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.errors import BadInput
from csomap.store import Store
from csomap.ui import frame, import_go, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = [
    "imported_at",
    "name",
    "status",
    "rows_read",
    "accepted",
    "review",
    "rejected",
    "duplicate_rows",
    "aside",
    "sheet",
]
_CONFIRM = "import_confirm"


def show(view: View, *, is_led_on: bool = False) -> None:
    """Draw the history with the way to take an import out or bring it back.

    is_led_on: the way to what waits is on the page already.
    """
    st.subheader(view.t("import.history.title"), anchor=False)
    store = Store(view.settings)
    imports = store.imports()
    if imports.empty:
        st.info(view.t("import.history.none"))
        return
    shown = _as_of_now(view, imports.assign(status=told_status(imports, store.live())))
    _state(view, shown)
    if not is_led_on:
        frame.link_to_review(view)
    words = {"status": lambda code: view.t(f"import.status.{code}")}
    columns = [name for name in _COLUMNS if name != "aside" or shown["aside"].any()]
    tables.table(shown, columns, view, "import_history", words=words)
    if not view.present:
        columns = [*_COLUMNS, "import_id"]  # the command line asks for it, pages do not
        tables.files(shown, columns, view, "import_history", "csomap_imports", words=words)
    _change(view, store, shown)


def told_status(imports: pd.DataFrame, live: list[str]) -> "pd.Series[str]":
    """Return the status of each import; a sample that is live beside real files is hidden."""
    kept = (imports["status"] != "live") | imports["import_id"].isin(live)
    return imports["status"].where(kept, "hidden")


def _as_of_now(view: View, imports: pd.DataFrame) -> pd.DataFrame:
    """Return the imports, live ones with what has become of their rows now: people may have decided since."""
    now = flow.counts(view.data).set_index("import_id")
    told = imports.assign(aside=0)
    return told.assign(
        **{
            name: told["import_id"].map(now[name]).fillna(told[name]).astype(int)
            for name in ("accepted", "review", "duplicate_rows", "aside")
        }
    )


def _state(view: View, imports: pd.DataFrame) -> None:
    live = imports[imports["status"] == "live"]
    if live.empty:
        st.info(view.t("import.history.all_out"))
    elif live["is_sample"].all():
        st.info(view.t("import.history.sample"))


def _change(view: View, store: Store, imports: pd.DataFrame) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            view.t("import.history.choose"),
            list(imports["import_id"]),
            key="import_chosen",
            format_func=lambda code: import_go.named(view, imports, code),
        )
        entry = imports.set_index("import_id").loc[chosen]
        way = "undo" if entry["status"] in ("live", "hidden") else "restore"
        if st.button(view.t(f"import.history.{way}"), key=f"import_{way}"):
            st.session_state[_CONFIRM] = (way, chosen)
    if st.session_state.get(_CONFIRM) == (way, chosen):
        _confirm(view, store, imports, way, entry.rename(chosen))


def _confirm(view: View, store: Store, imports: pd.DataFrame, way: str, entry: "pd.Series[str]") -> None:
    name, rows = quoted(entry["name"]), view.t("import.go.rows", n=int(entry["rows_read"]))
    told = [view.t(f"import.history.confirm_{way}", name=name, rows=rows)]
    if way == "undo" and (imports["replaced_by"] == entry.name).any():
        told.append(view.t("import.history.confirm_undo_back"))
    if way == "restore" and entry["status"] == "replaced":
        told.append(view.t("import.history.confirm_restore_both"))
    with st.container(border=True):
        st.markdown(" ".join(told))
        with st.container(horizontal=True, gap="small"):
            sure = st.button(view.t("import.history.yes"), key="import_sure", type="primary")
            st.button(view.t("import.history.no"), key="import_unsure", on_click=_forget)
    if sure:
        _done(view, store, way, str(entry.name), name)
        st.rerun()


def _done(view: View, store: Store, way: str, import_id: str, name: str) -> None:
    try:
        (store.undo if way == "undo" else store.restore)(import_id)
        import_go.tell(
            "success", view.t(f"import.done.{'undone' if way == 'undo' else 'restored'}", name=name)
        )
    except BadInput:
        import_go.tell("warning", view.t("import.gone"))
    _forget()


def _forget() -> None:
    st.session_state.pop(_CONFIRM, None)
