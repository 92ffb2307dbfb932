"""What was found in a file: counts that add up, columns, first rows, problems."""

from html import escape

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from csomap.flow.mappings import layout_title
from csomap.i18n import keys, listing, number
from csomap.store import Import
from csomap.tables import export
from csomap.tables.problems import told
from csomap.ui import checking, names, tables, uploads
from csomap.ui.checking import PREVIEWED, Checked
from csomap.ui.view import View
from csomap.ui.wording import quoted

_PARTS = ("accepted", "review", "rejected", "duplicate_rows")
_SHOWN = 2_000  # problems that the page lists; the files hold them all
_PROBLEMS = ["source_row", "column", "value", "effect", "reason", "suggestion"]


def show(view: View, file: UploadedFile, found: Checked) -> None:
    """Draw everything that is known about a file before it is stored."""
    st.subheader(view.t("import.found.title"), anchor=False)
    entry = found.entry
    key = "layout" if entry.sheet else "layout_only"
    title = quoted(layout_title(entry.profile, view.settings)) or view.t("mapping.own")
    st.markdown(view.t(f"import.found.{key}", layout=title, sheet=quoted(entry.sheet)))
    if found.abroad:
        st.info(_abroad(view, found))
    counts(view, entry)
    if entry.is_sample:
        st.info(view.t("import.found.is_sample"))
    _problems(view, file, found)
    _columns(view, found)
    _preview(view, found)


def counts(view: View, entry: Import) -> None:
    """Draw the counts of an import, what each means, and how they add up."""
    figures = "".join(_figure(view, name, getattr(entry, name)) for name in ("rows_read", *_PARTS))
    st.html(f'<div class="csomap-figures">{figures}</div>')
    told = {name: getattr(entry, name) for name in _PARTS}
    repeats = told.pop("duplicate_rows")
    st.caption(view.t("import.found.sum", repeats=repeats, read=entry.rows_read, **told))


def _abroad(view: View, found: Checked) -> str:
    named = listing([names.country(view, code) for code in found.countries], view.lang)
    where = named or view.t("import.abroad.elsewhere")
    key = "whole" if found.abroad >= found.usable else "part"
    return view.t(f"import.abroad.{key}", n=found.abroad, where=where)


def _figure(view: View, name: str, count: int) -> str:
    label = escape(view.t(f"import.count.{name}"))
    told = f"<small>{escape(view.t(f'import.explained.{name}'))}</small>" if name in _PARTS and count else ""
    return f'<div class="csomap-figure"><b>{number(count, view.lang)}</b><span>{label}</span>{told}</div>'


def _columns(view: View, found: Checked) -> None:
    with st.expander(view.t("import.columns.title")):
        st.markdown(view.t("import.columns.found", n=len(found.mapping)))
        told = pd.DataFrame(
            {"column": list(found.mapping.values()), "field": [field(view, name) for name in found.mapping]}
        )
        tables.table(told, ["column", "field"], view, "import_columns")
        ignored = [quoted(name) for name in found.unmapped]
        if ignored:
            named = listing(ignored, view.lang)
            st.markdown(view.t("import.columns.ignored", n=len(ignored), names=named))
        else:
            st.markdown(view.t("import.columns.none_ignored"))


def field(view: View, name: str) -> str:
    """Return the words for a field of raw rows."""
    own = f"import.columns.field_name.{name}"
    return view.t(own if own in keys("en") else f"field.{name}")


def _preview(view: View, found: Checked) -> None:
    with st.expander(view.t("import.preview.title", n=min(PREVIEWED, len(found.preview)))):
        fields = list(found.preview.columns)
        days = {str(name): found.preview[name].dt.date for name in found.preview.select_dtypes("datetime")}
        shown = found.preview.assign(**days)
        st.dataframe(
            shown,
            key="import_preview",
            hide_index=True,
            column_order=fields[::-1] if view.rtl else fields,
            column_config={
                name: view.t("import.preview.row") if name == "source_row" else field(view, name)
                for name in fields
            },
        )


def _problems(view: View, file: UploadedFile, found: Checked) -> None:
    if found.problems.empty:
        st.markdown(view.t("import.problems.none"))
        return
    with st.expander(
        f"{view.t('import.problems.title')} ({number(len(found.problems), view.lang)})",
        expanded=found.abroad < found.usable,
    ):
        st.markdown(view.t("import.problems.count", n=len(found.problems)))
        tables.table(problems(view, found.problems.head(_SHOWN)), _PROBLEMS, view, "import_problems")
        if len(found.problems) > _SHOWN:
            st.caption(view.t("import.problems.cut", n=_SHOWN))
        _take(view, file, found)


def _take(view: View, file: UploadedFile, found: Checked) -> None:
    """Offer the list with the rows in question as a workbook, and the bare list as CSV."""
    if view.present:
        return
    name = uploads.safe_name(file.name)
    ways = {
        "xlsx": lambda: checking.told_problems(name, file.getvalue(), found, view.lang),
        "csv": lambda: export.csv(problems(view, found.problems)[_PROBLEMS]),
    }
    with st.container(horizontal=True, gap="small", key="import_problems_files"):
        for kind, made in ways.items():
            label, told = view.t(f"import.problems.{kind}"), f"csomap_problems.{kind}"
            key = f"import_problems_{kind}"
            st.download_button(label, made, told, key=key, on_click="ignore", type="tertiary")


def problems(view: View, found: pd.DataFrame) -> pd.DataFrame:
    """Return PROBLEMS with reason, suggestion and effect in the reader's language."""
    return told(found, view.lang).assign(
        effect=[view.t(f"import.effect.{effect}") for effect in found["effect"]]
    )
