"""What two organisations of an overlap could do about it: offers, never instructions."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.tables.query import Query
from csomap.ui.asked_once import asked_once
from csomap.ui.evidence import Record
from csomap.ui.judged import Judged
from csomap.ui.view import View
from csomap.ui.wording import quoted

_FIRST = 2  # shown at once; the others on request


def show(view: View, found: Judged, record: Record, pair: "pd.Series[Any]") -> None:
    """Draw the suggestions for a pair (a row of ORG_PAIRS), best first."""
    row, data = record.overlap, view.data
    offered = _suggestions(data, data.version, record.query, row["overlap_id"], row, found.evidence)
    own = offered[(offered["org_a"] == pair["org_a"]) & (offered["org_b"] == pair["org_b"])]
    if own.empty:
        return
    told = [_told(view, one) for _, one in own.iterrows()]
    st.markdown(f"**{view.t('overlap.suggestions.title')}**")
    st.markdown("\n".join(told[:_FIRST]))
    if len(told) > _FIRST:
        with st.expander(view.t("overlap.suggestions.more", n=len(told) - _FIRST)):
            st.markdown("\n".join(told[_FIRST:]))


@asked_once
def _suggestions(
    _data: flow.Data,
    version: str,
    query: Query,
    overlap_id: str,
    _row: "pd.Series[Any]",
    _evidence: flow.Evidence | None,
) -> pd.DataFrame:
    if _evidence is None:
        raise ValueError(overlap_id)
    return flow.suggestions(_data, query, _row, _evidence)


def _told(view: View, one: "pd.Series[Any]") -> str:
    title, text = flow.suggestion_words(one, view.lang, view.organisations, quoted)
    return f"- **{title}.** {text}"
