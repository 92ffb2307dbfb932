"""What a file changes against an earlier import of the same source: counts, and each cell that differs."""

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from csomap.analysis.changes import Changes
from csomap.errors import Cancelled, CsomapError
from csomap.ui import checking, import_found, tables, uploads, work
from csomap.ui.checking import Wanted
from csomap.ui.view import View
from csomap.ui.wording import quoted

WORK = "import_changes"
_CELLS = ["row_before", "row_now", "organisation_told", "column", "before", "now"]
_ROWS = ["source_row", "organisation_told", "service_told", "place_told", "start", "end"]
_PLACES = ("pcode", "adm3_name", "adm2_name", "adm1_name")
_SHOWN = 2_000  # lines that the page lists of each kind


def show(view: View, file: UploadedFile, wanted: Wanted, earlier: str) -> None:
    """Draw what becomes of the rows of an earlier import if this file takes its place."""
    name = uploads.safe_name(file.name)
    find = partial(checking.changed, name, file.getvalue(), wanted, view.settings, earlier)
    try:
        found = work.followed(view, WORK, (file.file_id, wanted, earlier), find, view.t("import.comparing"))
    except Cancelled:
        work.offer_again(view, WORK)
        return
    except CsomapError as fault:
        st.warning(quoted(fault.told(view.lang)))
        return
    if found is not None:
        _told(view, found)


def _told(view: View, found: Changes) -> None:
    counts = {"added": len(found.added), "gone": len(found.gone), "changed": found.changed_rows}
    st.markdown(view.t("import.go.compared", same=found.same, **counts))
    if counts["gone"] > found.same + found.changed_rows:
        st.warning(view.t("import.go.mostly_gone", n=counts["gone"]))
    if not any(counts.values()):
        return
    with st.expander(view.t("import.changes.title"), expanded=bool(counts["changed"])):
        kinds = [kind for kind in ("changed", "added", "gone") if counts[kind]]
        labels = {kind: view.t(f"import.changes.{kind}", n=counts[kind]) for kind in kinds}
        kind = (
            kinds[0]
            if len(kinds) == 1
            else st.segmented_control(
                view.t("import.changes.title"),
                kinds,
                default=kinds[0],
                key="import_changes_kind",
                format_func=labels.__getitem__,
                label_visibility="collapsed",
                required=True,
            )
        )
        _table(view, found, kind or kinds[0])


def _table(view: View, found: Changes, kind: str) -> None:
    frame = _cells(view, found.changed) if kind == "changed" else _rows(getattr(found, kind))
    columns = _CELLS if kind == "changed" else _ROWS
    labels = _labels(view)
    tables.table(frame.head(_SHOWN), columns, view, f"import_changes_{kind}", labels=labels)
    if len(frame) > _SHOWN:
        st.caption(view.t("import.problems.cut", n=_SHOWN))
    headed = frame[columns].rename(columns=labels)
    if not view.present:
        label = view.t("frame.download.xlsx")
        st.download_button(
            label,
            lambda: tables.sheet(headed, view),
            "csomap_changes.xlsx",
            key=f"import_changes_{kind}_file",
            on_click="ignore",
            type="tertiary",
        )


def _labels(view: View) -> dict[str, str]:
    own = {name: view.t(f"import.changes.{name}") for name in ("row_before", "row_now", "before", "now")}
    return own | {f"{name}_told": view.t(f"table.{name}") for name in ("organisation", "service", "place")}


def _cells(view: View, changed: pd.DataFrame) -> pd.DataFrame:
    return changed.assign(
        organisation_told=changed["organisation"],
        column=[import_found.field(view, name) for name in changed["column"]],
    )


def _rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a file with the finest words for their place."""
    place = rows[_PLACES[0]]
    for name in _PLACES[1:]:
        place = place.where(place != "", rows[name])
    told = rows.assign(place_told=place, service_told=rows["service"])
    return told.assign(organisation_told=rows["organisation"])
