"""The registry of organisations as a file: taken away, edited in a spreadsheet, brought back in."""

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from csomap import flow
from csomap.errors import CsomapError
from csomap.settings import Settings
from csomap.tables import export
from csomap.ui import remembered, review_names, tables, uploads
from csomap.ui.view import View
from csomap.ui.wording import quoted

_ROUND = "registry_round"
_COLUMNS = ["organisation_told", "what", "column", "before", "now"]


def show(view: View) -> None:
    """Draw the way out, the way back in, and what an edited file would change."""
    st.markdown(view.t("review.registry.explained"))
    known = view.data.organisations
    kinds = {"csv": lambda: export.csv(known), "xlsx": lambda: tables.sheet(known, view)}
    with st.container(horizontal=True, gap="small"):
        for kind, made in kinds.items():
            st.download_button(
                view.t(f"frame.download.{kind}"),
                made,
                f"csomap_organisations.{kind}",
                key=f"registry_{kind}",
                on_click="ignore",
            )
    st.html(uploads.dressed(view, "registry_upload"))
    with st.container(key="registry_upload"):
        file = st.file_uploader(
            view.t("review.registry.upload"), key=f"registry_{st.session_state.get(_ROUND, 0)}"
        )
    if file is not None:
        _preview(view, file)


def _preview(view: View, file: UploadedFile) -> None:
    try:
        found = _read(view.settings, file, only_look=True)
    except CsomapError as fault:
        st.error(quoted(fault.told(view.lang)))
        return
    counts = {"added": len(found.added), "changed": len(found.changed), "unchanged": found.unchanged}
    st.markdown(view.t("review.registry.counts", **counts))
    if not found.cells:
        return
    tables.table(_cells(view, found), _COLUMNS, view, "registry_cells", labels=_labels(view))
    st.button(
        view.t("review.registry.button"),
        key="registry_go",
        type="primary",
        on_click=_bring,
        args=(view, file, view.t("review.registry.done", **counts)),
    )


def _read(settings: Settings, file: UploadedFile, *, only_look: bool) -> flow.Registered:
    with uploads.held(file.name, file.getvalue()) as path:
        return flow.import_registry(path, settings, who=remembered.who(), only_look=only_look)


def _bring(view: View, file: UploadedFile, told: str) -> None:
    remembered.decide(view, partial(_stored, view.settings, file), told)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _stored(settings: Settings, file: UploadedFile) -> int:
    return _read(settings, file, only_look=False).decision_id


def _cells(view: View, found: flow.Registered) -> pd.DataFrame:
    frame = pd.DataFrame(found.cells, columns=["org_id", "column", "before", "now"])
    first = dict(zip(frame["org_id"], frame["now"], strict=True))
    known = set(view.data.organisations["org_id"])
    return frame.assign(
        organisation_told=[
            review_names.name(view, "organisation", code) if code in known else first[code]
            for code in frame["org_id"]
        ],
        what=[
            view.t("review.registry.added" if code in found.added else "review.registry.changed")
            for code in frame["org_id"]
        ],
        column=[view.t(f"review.field.{name}") for name in frame["column"]],
    )


def _labels(view: View) -> dict[str, str]:
    return {
        "organisation_told": view.t("table.organisation"),
        "what": view.t("review.registry.what"),
        "before": view.t("import.changes.before"),
        "now": view.t("import.changes.now"),
    }
