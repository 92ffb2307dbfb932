"""The analysis, remembered: one answer for each state of the data and each question."""

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.tables.query import Query
from csomap.ui.view import View

_ENTRIES = 64


def overlaps(view: View, query: Query) -> pd.DataFrame:
    """Return OVERLAPS of the query, most organisations first."""
    return _overlaps(view.data, view.data.version, query)


def possible(view: View, query: Query) -> pd.DataFrame:
    """Return what is only possible, by cell (see flow.find_possible)."""
    return _possible(view.data, view.data.version, query)


def coverage(view: View, query: Query) -> pd.DataFrame:
    """Return COVERAGE of the query, names of areas in the reader's language."""
    return _coverage(view.data, view.data.version, query, view.lang)


def gaps(view: View, query: Query) -> pd.DataFrame:
    """Return COVERAGE without what is covered, largest gap score first."""
    return _gaps(view.data, view.data.version, query, view.lang)


def regions(view: View, query: Query) -> pd.DataFrame:
    """Return COVERAGE by region, the first column named region."""
    return _regions(view.data, view.data.version, query, view.lang)


def opening(view: View) -> Query:
    """Return the view's query at the levels at which pages open."""
    return _opening(view.data, view.data.version, view.query)


def active(view: View, query: Query) -> pd.DataFrame:
    """Return the activities (ACTIVITIES columns) that are active in the query, periods clipped to it."""
    return _active(view.data, view.data.version, query)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _overlaps(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_overlaps(_data, query)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _possible(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_possible(_data, query)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _coverage(_data: flow.Data, version: str, query: Query, lang: str) -> pd.DataFrame:
    return flow.find_coverage(_data, query, lang)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _gaps(_data: flow.Data, version: str, query: Query, lang: str) -> pd.DataFrame:
    return flow.analyse(_data, "gaps", query, lang)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _regions(_data: flow.Data, version: str, query: Query, lang: str) -> pd.DataFrame:
    return flow.find_regions(_data, query, lang)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _opening(_data: flow.Data, version: str, query: Query) -> Query:
    return flow.opening(_data, query)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def _active(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_active(_data, query)
