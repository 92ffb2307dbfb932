"""What ends next, remembered: one answer for each state of the data and each question."""

from typing import Any

import pandas as pd

from csomap import flow
from csomap.tables.query import Query
from csomap.ui.asked_once import asked_once
from csomap.ui.view import View


def coming_gaps(view: View, query: Query) -> pd.DataFrame:
    """Return COMING_GAPS with indicator and people_in_need, most people first (`flow.with_need`)."""
    return _coming_gaps(view.data, view.data.version, _timeless(query))


def endings(view: View, query: Query) -> pd.DataFrame:
    """Return ENDINGS: what goes on now by the month of its stated end."""
    return _endings(view.data, view.data.version, _timeless(query))


def handover(view: View, query: Query, row: "pd.Series[Any]") -> pd.DataFrame:
    """Return HANDOVER of one row of COMING_GAPS: who could take over, best first."""
    return _handover(view.data, view.data.version, _timeless(query), tuple(row[list(_KEY)]))


_KEY = ("pcode", "service", "population_group", "horizon_months", "org_ids_leaving")


def _timeless(query: Query) -> Query:
    """Return the query without its period, which is no filter here: one answer serves them all."""
    return query.but(start=None, end=None, min_days=1)


@asked_once
def _coming_gaps(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.with_need(_data, query, flow.find_coming_gaps(_data, query))


@asked_once
def _endings(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_endings(_data, query)


@asked_once
def _handover(_data: flow.Data, version: str, query: Query, key: tuple[Any, ...]) -> pd.DataFrame:
    return flow.find_handover(_data, query, pd.Series(dict(zip(_KEY, key, strict=True)), dtype=object))
