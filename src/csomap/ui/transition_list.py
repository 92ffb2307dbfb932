"""What falls to zero, and who stopped reporting, as tables; for the chosen row who could take over."""

import pandas as pd
import streamlit as st

from csomap.tables.query import Query
from csomap.ui import names, need_cited, parts, tables, transition_handover
from csomap.ui.view import View

_COLUMNS = [
    *("pcode", "service", "population_group", "people_in_need", "ends", "org_ids_leaving", "candidates"),
    *("org_ids_staying", "indicator"),
]
_NEED = ("people_in_need", "indicator")
_STOPPED = [name for name in _COLUMNS if name != "population_group"]
_HEIGHT = 330
_FIRST = 3


def ending(view: View, query: Query, rows: pd.DataFrame, months: int) -> None:
    """Draw the cells that fall to zero within some months, and the card of one of them."""
    ahead = view.t("transition.months", n=months)
    if rows.empty:
        st.markdown(view.t("transition.none", months=ahead))
        return
    st.markdown(view.t("transition.counts", n=len(rows), months=ahead))
    st.caption(view.t("transition.list.caption"))
    chosen = _table(view, rows, _COLUMNS, f"transition_{months}", "csomap_coming_gaps")
    transition_handover.show(view, query, rows.iloc[chosen], f"transition_taken_{months}")


def stopped(view: View, query: Query, rows: pd.DataFrame) -> None:
    """Draw who stopped reporting without saying that the work ended, and the card of one of them."""
    st.subheader(view.t("transition.stopped.title"), anchor=False)
    silent = rows[rows["kind"] == "stopped_reporting"]
    if silent.empty:
        st.info(view.t("transition.stopped.none"))
        return
    organisations = view.t("transition.stopped.organisations", n=silent["org_ids_leaving"].nunique())
    places = view.t("transition.stopped.places", n=silent["pcode"].nunique())
    st.markdown(view.t("transition.stopped.counts", organisations=organisations, places=places))
    parts.caveat(view, view.t("transition.stopped.caption"))
    chosen = _table(view, silent, _STOPPED, "transition_stopped", "csomap_stopped_reporting")
    transition_handover.show(view, query, silent.iloc[chosen], "transition_taken_stopped")


def _table(view: View, rows: pd.DataFrame, columns: list[str], key: str, download: str) -> int:
    """Draw the table; return the position of the row that is chosen, at first that of the first one."""
    known = bool(rows["people_in_need"].notna().any())
    st.caption(_need(view, rows) if known else view.t("transition.list.no_need"))
    picked = tables.table(
        rows,
        [name for name in columns if known or name not in _NEED],
        view,
        key,
        height=_HEIGHT,
        select=True,
        download=download,
        words={
            **{name: _named(view) for name in ("org_ids_leaving", "org_ids_staying")},
            "candidates": _first(view),
            "indicator": lambda code: view.t(f"frame.indicator.{code or 'none'}"),
        },
        labels=_silent_labels(view) if rows["kind"].iloc[0] == "stopped_reporting" else {},
    )
    return picked or 0


def _silent_labels(view: View) -> dict[str, str]:
    """Return the headers of who stopped reporting: nobody says that they leave, or that anything ends."""
    return {"ends": view.t("transition.stopped.last"), "org_ids_leaving": view.t("transition.stopped.who")}


def _named(view: View) -> tables.Reader:
    return lambda codes: names.organisations(view, codes)


def _first(view: View) -> tables.Reader:
    """Return the way to name the first candidates, and how many more there are."""

    def read(codes: str) -> str:
        ranked = [code for code in codes.split(";") if code]
        named = [names.organisation(view, code) for code in ranked[:_FIRST]]
        more = [view.t("transition.list.more", n=len(ranked) - _FIRST)] if len(ranked) > _FIRST else []
        return " · ".join([*named, *more])

    return read


def _need(view: View, rows: pd.DataFrame) -> str:
    """Say which figures of people the rows stand beside, with their sources and dates."""
    known = rows[rows["people_in_need"].notna()]
    told = [
        view.t("transition.list.cited", indicator=view.t(f"frame.indicator.{code}"), figures=figures)
        for group, own in known.groupby("population_group")
        for code, figures in need_cited.figures(view, own, str(group)).items()
    ]
    return " ".join([view.t("transition.list.ranked"), *dict.fromkeys(told)])
