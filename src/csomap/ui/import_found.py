"""What was found in a file: counts that add up, columns, first rows, problems."""

from html import escape

import pandas as pd
import streamlit as st

from csomap.i18n import keys, listing, number
from csomap.importers import profile
from csomap.store import Import
from csomap.tables.problems import told
from csomap.ui import tables
from csomap.ui.checking import PREVIEWED, Checked
from csomap.ui.view import View
from csomap.ui.wording import quoted

_PARTS = ("accepted", "review", "rejected", "duplicate_rows")
_PROBLEMS = ["source_row", "column", "value", "effect", "reason", "suggestion"]


def show(view: View, found: Checked) -> None:
    """Draw everything that is known about a file before it is stored."""
    st.subheader(view.t("import.found.title"), anchor=False)
    entry = found.entry
    key = "layout" if entry.sheet else "layout_only"
    title = quoted(profile.load(entry.profile).title)
    st.markdown(view.t(f"import.found.{key}", layout=title, sheet=quoted(entry.sheet)))
    counts(view, entry)
    if entry.is_sample:
        st.info(view.t("import.found.is_sample"))
    _problems(view, found)
    _columns(view, found)
    _preview(view, found)


def counts(view: View, entry: Import) -> None:
    """Draw the counts of an import, how they add up, and what each means."""
    figures = "".join(_figure(view, name, getattr(entry, name)) for name in ("rows_read", *_PARTS))
    st.html(f'<div class="csomap-figures">{figures}</div>')
    told = {name: getattr(entry, name) for name in _PARTS}
    repeats = told.pop("duplicate_rows")
    st.markdown(view.t("import.found.sum", repeats=repeats, read=entry.rows_read, **told))
    lines = [view.t(f"import.explained.{name}", n=getattr(entry, name)) for name in _PARTS]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _figure(view: View, name: str, count: int) -> str:
    label = escape(view.t(f"import.count.{name}"))
    return f'<div class="csomap-figure"><b>{number(count, view.lang)}</b><span>{label}</span></div>'


def _columns(view: View, found: Checked) -> None:
    with st.expander(view.t("import.columns.title")):
        st.markdown(view.t("import.columns.found", n=len(found.mapping)))
        told = pd.DataFrame(
            {"column": list(found.mapping.values()), "field": [_field(view, name) for name in found.mapping]}
        )
        tables.table(told, ["column", "field"], view, "import_columns")
        ignored = [quoted(name) for name in found.unmapped]
        if ignored:
            named = listing(ignored, view.lang)
            st.markdown(view.t("import.columns.ignored", n=len(ignored), names=named))
        else:
            st.markdown(view.t("import.columns.none_ignored"))


def _field(view: View, name: str) -> str:
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
                name: view.t("import.preview.row") if name == "source_row" else _field(view, name)
                for name in fields
            },
        )


def _problems(view: View, found: Checked) -> None:
    if found.problems.empty:
        st.markdown(view.t("import.problems.none"))
        return
    with st.expander(
        f"{view.t('import.problems.title')} ({number(len(found.problems), view.lang)})", expanded=True
    ):
        st.markdown(view.t("import.problems.count", n=len(found.problems)))
        tables.table(
            problems(view, found.problems), _PROBLEMS, view, "import_problems", download="csomap_problems"
        )


def problems(view: View, found: pd.DataFrame) -> pd.DataFrame:
    """Return PROBLEMS with reason, suggestion and effect in the reader's language."""
    return told(found, view.lang).assign(
        effect=[view.t(f"import.effect.{effect}") for effect in found["effect"]]
    )
