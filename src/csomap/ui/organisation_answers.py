"""What the page of organisations asks, remembered: one answer for each state of the data and question."""

import pandas as pd
import streamlit as st

from csomap import figures, flow
from csomap.analysis.questions import finest
from csomap.resolve.organisation_search import OrganisationSearch
from csomap.tables.query import Query
from csomap.ui import answers, gap_next
from csomap.ui.asked_once import asked_once
from csomap.ui.view import View

DRAWN = 150  # organisations, at most, that a picture of who works with whom stays readable with


def directory(view: View) -> pd.DataFrame:
    """Return DIRECTORY of the filters, with the verdicts that are awaited at this moment."""
    waiting = undecided(view)
    said = int(pd.util.hash_pandas_object(waiting, index=False).sum())
    return _directory(view.data, view.data.version, view.query, said, waiting)


def undecided(view: View) -> pd.DataFrame:
    """Return overlap_id, org_a, org_b, verdict of who waits for a verdict; nobody does at sector level."""
    said = answers.standings(view, answers.opening(view))
    return said.loc[said["verdict"] == "undecided", ["overlap_id", "org_a", "org_b", "verdict"]]


def search(view: View) -> OrganisationSearch:
    """Return what finds organisations by any of their names."""
    return _search(view.data, view.data.version)


def links(view: View) -> pd.DataFrame:
    """Return LINKS of the filters."""
    return _links(view.data, view.data.version, view.query)


def crowds(view: View) -> int:
    """Return how many projects of the filters too many share to join any two."""
    return _crowds(view.data, view.data.version, view.query)


def drawn(view: View, chosen: str) -> tuple[pd.DataFrame, dict[str, tuple[float, float]]]:
    """Return the LINKS that are drawn, between at most DRAWN organisations and the chosen one's own, and
    where each organisation stands."""
    return _drawn(view.data, view.data.version, view.query, chosen)


def same_service(view: View, org_id: str) -> pd.DataFrame:
    """Return SAME_SERVICE of an organisation, at the service level at which pages open."""
    return _same_service(view.data, view.data.version, answers.opening(view), org_id)


def where_next(view: View, org_id: str) -> tuple[pd.DataFrame, Query]:
    """Return WHERE_NEXT for an organisation, and the query: by governorate, as the page of gaps opens."""
    query = finest(answers.opening(view).but(area_level="1"))
    return gap_next.answer(view, query, org_id), query


@asked_once
def _directory(
    _data: flow.Data, version: str, query: Query, said: int, _waiting: pd.DataFrame
) -> pd.DataFrame:
    return flow.find_directory(_data, query, _waiting)


@st.cache_resource(max_entries=3, show_spinner=False)
def _search(_data: flow.Data, version: str) -> OrganisationSearch:
    known = _data.organisations
    return OrganisationSearch(known[known["status"] != "merged"])


@asked_once
def _links(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_links(_data, query)


@asked_once
def _crowds(_data: flow.Data, version: str, query: Query) -> int:
    return flow.find_crowds(_data, query)


@asked_once
def _drawn(
    _data: flow.Data, version: str, query: Query, chosen: str
) -> tuple[pd.DataFrame, dict[str, tuple[float, float]]]:
    shown = figures.largest(_links(_data, version, query), DRAWN, chosen)
    return shown, figures.positions(shown)


@asked_once
def _same_service(_data: flow.Data, version: str, query: Query, org_id: str) -> pd.DataFrame:
    return flow.find_same_service(_data, query, org_id)
