"""The sources and days of the figures that rows of a page are measured against."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from csomap.reports import need_cited
from csomap.ui.view import View
from csomap.ui.wording import quoted


def figures(
    view: View, rows: pd.DataFrame, population: str, written: Callable[[str], str] = quoted
) -> dict[str, str]:
    """Return for each indicator the sources with their days, oldest first, in words.

    rows: pcode, or region where areas are regions, and service: only rows with a known figure. `written`
    makes the name of a source fit for where it stands.
    """
    cells, is_region = need_cited.cells_of(rows)
    told = _used(view.data.needs, view.data.version, cells, population, is_region=is_region)
    return need_cited.worded(view, told, written)


@st.cache_data(max_entries=64, show_spinner=False)
def _used(
    _table: pd.DataFrame, version: str, cells: pd.DataFrame, population: str, *, is_region: bool
) -> pd.DataFrame:
    return need_cited.used(_table, cells, population, is_region=is_region)
