"""One service in sentences: in which areas it is reported, in which it is not, and where nobody knows."""

import pandas as pd
import streamlit as st

from csomap.reports import coverage_words
from csomap.tables import taxonomy
from csomap.ui import names, state
from csomap.ui.view import View
from csomap.ui.wording import quoted

STATUSES = coverage_words.STATUSES


def chosen(view: View, found: pd.DataFrame) -> str:
    """Return the code of the service that the page speaks about: the kept one, else the first of the tree;
    "" where there is none."""
    offered = services(found)
    kept = state.kept("of")
    return kept if kept in offered else next(iter(offered), "")


def services(found: pd.DataFrame) -> list[str]:
    """Return the services of a table of COVERAGE in the order of their tree."""
    there = set(found["service"])
    return [code for code in taxonomy.load("services").codes if code in there]


def choose(view: View, found: pd.DataFrame, service: str) -> None:
    """Draw the choice of the service that the page speaks about; nothing where there is only one."""
    offered = services(found)
    if len(offered) < 2:
        return
    st.session_state["gaps_of"] = service
    st.selectbox(
        view.t("gap.one.choose"),
        offered,
        key="gaps_of",
        format_func=lambda code: names.service(view, code),
        on_change=lambda: state.keep("of", st.session_state["gaps_of"]),
    )


def show(view: View, found: pd.DataFrame, service: str) -> None:
    """Draw the areas of one service by their status, a sentence each."""
    st.subheader(view.t("gap.one.title"), anchor=False)
    choose(view, found, service)
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences(view, found, service)))


def sentences(view: View, found: pd.DataFrame, service: str) -> list[str]:
    """Return which areas have which status for one service, and why some are not called a gap."""
    return coverage_words.sentences(view, found, service, view.query.population, quoted)
