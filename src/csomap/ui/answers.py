"""The analysis, remembered: one answer for each state of the data and each question.

What people said of overlaps is no part of the data: it is read in every run, and laid over an answer once for
each state of it.
"""

import datetime as dt
import hashlib
from dataclasses import replace

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.tables.known import newest_month as newest_month_of
from csomap.tables.query import Query
from csomap.ui.asked_once import BY_WORDS, ENTRIES, asked_once
from csomap.ui.view import View


def overlaps(view: View, query: Query) -> pd.DataFrame:
    """Return OVERLAPS of the query, most organisations first, with the verdicts of this moment.

    Further columns: is_open (two of its organisations wait for a verdict), is_decided (some ask for one, and
    none waits), is_counted (`flow.counted`; nothing is at sector level).
    """
    return _marked(view.data, view.data.version, query, verdict_state(view.data))


def standings(view: View, query: Query) -> pd.DataFrame:
    """Return STANDINGS of the overlaps of the query: what people said of each two organisations."""
    return _standings(view.data, view.data.version, query, verdict_state(view.data))


def evidence(view: View, query: Query) -> flow.Evidence:
    """Return the evidence of all overlaps of the query."""
    return _evidence(view.data, view.data.version, query)


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


def inequality(view: View, query: Query) -> pd.DataFrame:
    """Return EQUITY: how evenly the presence of each service of the query is spread over governorates."""
    return _inequality(view.data, view.data.version, query, coverage(view, query))


def reporting(view: View, query: Query) -> pd.DataFrame:
    """Return REPORTING: how completely the organisations of the query report."""
    return _reporting(view.data, view.data.version, query)


def unknown(view: View, query: Query) -> pd.DataFrame:
    """Return UNKNOWN: the holes in what could be meant by the query."""
    return _unknown(view.data, view.data.version, query)


def window(data: flow.Data, query: Query) -> Query:
    """Return the query with its window; raises BadInput if no report has a date."""
    return _window(data, data.version, query)


def newest_month(view: View) -> dt.date | None:
    """Return the first day of the newest month that has a report."""
    return _newest(view.data, view.data.version)


def opening(view: View) -> Query:
    """Return the view's query at the levels at which pages open."""
    return _opening(view.data, view.data.version, view.query)


def active(view: View, query: Query) -> pd.DataFrame:
    """Return the activities (ACTIVITIES columns) that are active in the query, periods clipped to it."""
    return _active(view.data, view.data.version, query)


def verdict_state(data: flow.Data) -> str:
    """Return a name for all that people said of overlaps: it changes with every verdict."""
    return hashlib.sha256(repr(data.verdicts).encode()).hexdigest()[:16]


@asked_once
def _overlaps(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_overlaps(_without_verdicts(_data), query)


@asked_once
def _standings(_data: flow.Data, version: str, query: Query, said: str) -> pd.DataFrame:
    return flow.standings(_data, query, _overlaps(_data, version, query))


@asked_once
def _marked(_data: flow.Data, version: str, query: Query, said: str) -> pd.DataFrame:
    rows = _overlaps(_data, version, query)
    return flow.marked(rows, _standings(_data, version, query, said), query)


@st.cache_resource(max_entries=ENTRIES, show_spinner=False, hash_funcs=BY_WORDS)
def _evidence(_data: flow.Data, version: str, query: Query) -> flow.Evidence:
    return flow.find_evidence(_data, query, _overlaps(_data, version, query))


def _without_verdicts(data: flow.Data) -> flow.Data:
    return replace(data, verdicts=())


@asked_once
def _possible(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_possible(_data, query)


@asked_once
def _coverage(_data: flow.Data, version: str, query: Query, lang: str) -> pd.DataFrame:
    return flow.only_named(_data, query, flow.find_coverage(_data, query, lang))


@asked_once
def _gaps(_data: flow.Data, version: str, query: Query, lang: str) -> pd.DataFrame:
    return flow.only_named(_data, query, flow.analyse(_data, "gaps", query, lang))


@asked_once
def _regions(_data: flow.Data, version: str, query: Query, lang: str) -> pd.DataFrame:
    return flow.find_regions(_data, query, lang)


@asked_once
def _inequality(_data: flow.Data, version: str, query: Query, _covered: pd.DataFrame) -> pd.DataFrame:
    return flow.find_inequality(_data, query, _covered)


@asked_once
def _reporting(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_reporting(_data, query)


@asked_once
def _unknown(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_unknown(_data, query)


@asked_once
def _opening(_data: flow.Data, version: str, query: Query) -> Query:
    return flow.opening(_data, query)


@asked_once
def _window(_data: flow.Data, version: str, query: Query) -> Query:
    return flow.window(_data, query)


@asked_once
def _newest(_data: flow.Data, version: str) -> dt.date | None:
    return newest_month_of(_data.reports, _data.as_of)


@asked_once
def _active(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_active(_data, query)
