"""How much do we not know? One panel for all pages: the holes in the data, and what each of them means."""

from html import escape

import pandas as pd
import streamlit as st

from csomap.i18n import number
from csomap.reports import unknown_words
from csomap.tables.query import Query
from csomap.ui import answers, frame, names, style, tables
from csomap.ui.view import View

_COLUMNS = ["org_id", "usual", "first_month", "expected", "told", "completeness", "silent_months"]
_HEIGHT = 320


def show(view: View, query: Query, *, short: bool = False) -> None:
    """Draw the panel for a query with its window; `short` leaves out organisations and single meanings."""
    if not (query.start and query.end):
        return
    st.subheader(view.t("unknown.title"), anchor=False)
    found = answers.unknown(view, query)
    style.say(f"{view.t('unknown.why')} {unknown_words.most(view, found)}", "finding")
    st.html(_panel(view, found, short=short))
    frame.link_to_review(view)
    if short:
        for line in frame.told_sources(view):
            st.caption(line)
        return
    _organisations(view, query)


def _panel(view: View, found: pd.DataFrame, *, short: bool) -> str:
    rows = zip(found["what"], found["missing"], found["of"], found["share"], strict=True)
    drawn = "".join(
        _hole(view, str(what), int(missing), int(of), share, short) for what, missing, of, share in rows
    )
    return f'<div class="csomap-holes">{drawn}</div>'


def _hole(view: View, what: str, missing: int, of: int, share: float, short: bool) -> str:
    part = 0.0 if pd.isna(share) else share
    means = "" if short or not missing else f"<small>{escape(view.t(f'unknown.means.{what}'))}</small>"
    value = view.t("unknown.count", missing=number(missing, view.lang), of=number(of, view.lang))
    told = f"<span>{escape(view.t(f'unknown.{what}'))}{means}</span>"
    bar = f'<span class="csomap-bar" aria-hidden="true"><i style="width:{part:.1%}"></i></span>'
    return f"{told}{bar}<bdi>{escape(value)} · {escape(unknown_words.part(view, missing, part))}</bdi>"


def _organisations(view: View, query: Query) -> None:
    label, key = view.t("unknown.reporting.title"), f"{view.page}_reporting_part"
    part = st.expander(label, key=key, on_change="rerun")
    if part.open:
        with part:
            _reporting(view, answers.reporting(view, query))


def _reporting(view: View, rows: pd.DataFrame) -> None:
    if rows.empty:
        st.info(view.t("unknown.reporting.nobody"))
        return
    usual = int(rows["usual"].sum())
    st.caption(view.t("unknown.reporting.caption", usual=usual, organisations=len(rows)))
    tables.table(
        rows,
        _COLUMNS,
        view,
        f"{view.page}_reporting",
        height=_HEIGHT,
        download="csomap_reporting",
        words={
            "org_id": lambda org_id: names.organisation(view, org_id),
            "usual": lambda usual: view.t("frame.answer.yes" if usual else "frame.answer.no"),
            "silent_months": lambda months: months.replace(";", ", "),
        },
    )
