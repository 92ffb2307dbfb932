"""Activities of others that say too little to tell whether they belong to an overlap."""

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.matching.belonging import could_belong
from csomap.tables.query import Query
from csomap.ui import tables
from csomap.ui.asked_once import asked_once
from csomap.ui.evidence import Record
from csomap.ui.view import View

_COLUMNS = ["organisation", "service", "population_group", "characteristic", "pcode", "start", "end"]


def show(view: View, record: Record) -> None:
    """Draw the activities that could possibly belong to the row; they are counted nowhere."""
    if not record.overlap["possible_count"]:
        st.caption(view.t("overlap.card.possible_none"))
        return
    candidates = _candidates(view.data, view.data.version, record.query)
    found = could_belong(candidates, record.overlap, record.activities, record.query)
    label = f"{view.t('overlap.card.possible')} ({len(found)})"
    part = st.expander(label, key="card_possible_part", on_change="rerun")
    if part.open:
        with part:
            st.caption(view.t("overlap.card.possible_caption"))
            tables.table(found, _COLUMNS, view, "card_possible", download="csomap_possible_activities")


@asked_once
def _candidates(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    return flow.find_active(_data, query, coarser=True)
