"""The filters in the sidebar, the same on every page, and the one sentence that tells what is shown."""

import datetime as dt
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from csomap.i18n import period
from csomap.reports import asked
from csomap.tables import taxonomy
from csomap.tables.places import areas_within
from csomap.tables.query import PCODE_LENGTH, SERVICE_LEVELS
from csomap.ui import names, state
from csomap.ui.view import View

_LONGEST = 240  # months that a list of months offers


def show(view: View) -> None:
    """Draw the filters; each choice goes into the state, and from there into the address."""
    st.subheader(view.t("filter.title"), anchor=False)
    _services(view)
    _select(
        view, "population", taxonomy.load("population_groups").codes, lambda code: names.group(view, code)
    )
    _areas(view)
    _period(view)
    kinds = taxonomy.load("organisation_types").codes
    _select(view, "organisation_type", kinds, lambda code: names.organisation_type(view, code))
    if any(state.codes()[name] for name in state.FILTERS):
        st.button(view.t("filter.clear"), on_click=state.clear, type="tertiary", key="filter_clear")


def sentence(view: View) -> str:
    """Return what is shown, in one sentence."""
    return asked.sentence(view, view.query)


def _services(view: View) -> None:
    tree, asked, parent = taxonomy.load("services"), state.codes(), ""
    for level in SERVICE_LEVELS:
        options = tree.children(parent)
        if options:
            _select(view, level, options, lambda code: names.service(view, code))
        parent = asked[level]
        if not parent:
            return


def _areas(view: View) -> None:
    """Offer governorates, then the districts of the chosen one, then its sub-districts."""
    chosen = state.codes()["place"]
    for level, length in PCODE_LENGTH.items():
        above = chosen[: length - 3] if level != "1" else ""
        own = chosen[:length] if len(chosen) >= length else ""
        codes = sorted(areas_within(level, above), key=lambda code: names.place(view, code))
        _place(view, level, codes, own, above)
        if not own:
            return


def _place(view: View, level: str, codes: Sequence[str], own: str, above: str) -> None:
    key = f"filter_place_{level}"
    st.session_state[key] = own
    st.selectbox(
        view.t(f"filter.place_{level}"),
        ["", *codes],
        key=key,
        format_func=lambda code: names.place(view, code) if code else view.t(f"filter.all.place_{level}"),
        on_change=lambda: state.choose("place", st.session_state[key] or above),
    )


def _period(view: View) -> None:
    months = _months(view)
    if not months or not (view.query.start and view.query.end):
        return
    shown = {"from": f"{view.query.start:%Y-%m}", "to": f"{view.query.end:%Y-%m}"}
    offered = sorted({*months, *shown.values()})
    for name, month in shown.items():
        key = f"filter_{name}"
        st.session_state[key] = month
        fitting = [one for one in offered if name == "from" or one >= shown["from"]]
        st.selectbox(
            view.t(f"filter.{name}"),
            fitting,
            key=key,
            format_func=lambda code: _month(code, view.lang),
            on_change=_chosen_month,
            args=(name, shown),
        )


def _chosen_month(name: str, shown: dict[str, str]) -> None:
    """Keep both ends as they are shown, so that choosing one does not move the other."""
    both = shown | {name: st.session_state[f"filter_{name}"]}
    if both["from"] > both["to"]:
        both["to"] = both["from"]
    for side, month in both.items():
        state.choose(side, month)


def _months(view: View) -> list[str]:
    days = pd.concat([view.data.activities["start"], view.data.activities["end"]]).dropna()
    if days.empty:
        return []
    known = pd.period_range(days.min(), days.max(), freq="M")[-_LONGEST:]
    return [str(month) for month in known]


def _month(code: str, lang: str) -> str:
    month = dt.date.fromisoformat(f"{code}-01")
    return period(month, month, lang)


def _select(view: View, name: str, codes: Sequence[str], label: Callable[[str], str]) -> None:
    key = f"filter_{name}"
    st.session_state[key] = state.codes()[name]
    st.selectbox(
        view.t(f"filter.{name}"),
        ["", *codes],
        key=key,
        format_func=lambda code: label(code) if code else view.t(f"filter.all.{name}"),
        on_change=lambda: state.choose(name, st.session_state[key]),
    )
