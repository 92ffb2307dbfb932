"""The sources and days of the figures that rows of a page are measured against."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from csomap.analysis.questions import need_sources
from csomap.i18n import date, listing
from csomap.tables.places import regions
from csomap.ui.view import View
from csomap.ui.wording import quoted


def figures(
    view: View, rows: pd.DataFrame, population: str, written: Callable[[str], str] = quoted
) -> dict[str, str]:
    """Return for each indicator the sources with their days, oldest first, in words.

    rows: pcode, or region where areas are regions, and service: only rows with a known figure. `written`
    makes the name of a source fit for where it stands.
    """
    is_region = "region" in rows and "pcode" not in rows
    cells = rows.rename(columns={"region": "pcode"} if is_region else {})[["pcode", "service"]]
    told = _used(view.data.needs, view.data.version, cells, population, is_region=is_region)
    worded = told.assign(words=[_words(view, row, written) for row in told.to_dict("records")])
    by_indicator = worded.groupby("indicator")["words"]
    return {str(code): listing(list(words), view.lang) for code, words in by_indicator}


@st.cache_data(max_entries=64, show_spinner=False)
def _used(
    _table: pd.DataFrame, version: str, cells: pd.DataFrame, population: str, *, is_region: bool
) -> pd.DataFrame:
    return need_sources(_table, cells, population, regions() if is_region else None)


def _words(view: View, row: Mapping[Any, Any], written: Callable[[str], str]) -> str:
    first, last = (date(row[name].date(), view.lang) for name in ("first", "last"))
    key = "needs.cited.day" if first == last else "needs.cited.days"
    return view.t(key, source=written(str(row["source"])), first=first, last=last)
