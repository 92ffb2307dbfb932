"""What is only possible: reports that do not contradict each other and do not say enough; never counted."""

import streamlit as st

from csomap.i18n import listing
from csomap.tables.query import Query
from csomap.ui import answers, tables
from csomap.ui.view import View

_COLUMNS = ["service", "pcode", "org_count", "org_ids", "pair_count", "reasons"]
_HEIGHT = 390


def show(view: View, query: Query) -> None:
    """Draw what is only possible, by service and place, with what is not known."""
    st.markdown(view.t("overlap.possible.explained"))
    found = answers.possible(view, query)
    if found.empty:
        st.info(view.t("overlap.possible.none"))
        return
    st.caption(view.t("overlap.possible.caption", n=len(found), column=view.t("table.reasons")))
    words = {"reasons": lambda codes: reasons(view, codes)}
    key = f"possible_{query.service_level}_{query.area_level}_{query.min_days}"
    tables.table(found, _COLUMNS, view, key, height=_HEIGHT, download="csomap_possible", words=words)


def reasons(view: View, codes: str) -> str:
    """Return the names of the dimensions of which too little is known, joined by ; as one list."""
    return listing([view.t(f"overlap.possible.reason.{code}") for code in codes.split(";")], view.lang)
