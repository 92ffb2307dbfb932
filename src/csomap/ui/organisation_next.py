"""How completely an organisation reports, and where one more provider like it would relieve most."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap.errors import BadInput
from csomap.i18n import listing, month, percent
from csomap.ui import answers, frame, gap_list, names, organisation_answers, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_FIRST = 5
_COLUMNS = ["pcode", "service", "relief", "people_in_need", "organisations", "status", "unspecified", "reach"]


def show(view: View, one: "pd.Series[Any]") -> None:
    """Draw the part for an organisation (a row of ORGANISATIONS)."""
    _record(view, one["org_id"])
    st.subheader(view.t("organisation.next.title"), anchor=False)
    try:
        _where(view, one["org_id"])
    except BadInput as fault:
        st.info(quoted(fault.told(view.lang)))


def _record(view: View, org_id: str) -> None:
    """Say of how many months there are reports, and which ones are silent."""
    st.subheader(view.t("organisation.record.title"), anchor=False)
    rows = answers.reporting(view, view.query)
    own = rows[rows["org_id"] == org_id]
    if own.empty:
        st.info(view.t("organisation.record.none"))
        return
    row = own.iloc[0]
    said = view.t(
        "organisation.record.told",
        n=int(row["expected"]),
        told=int(row["told"]),
        share=percent(row["completeness"], view.lang),
        first=_month(view, row["first_month"]),
    )
    st.markdown(said)
    silent = [_month(view, name) for name in row["silent_months"].split(";") if name]
    if silent:
        st.markdown(view.t("organisation.record.silent", months=listing(silent, view.lang)))
    st.caption(view.t("organisation.record.meaning"))


def _month(view: View, name: str) -> str:
    return month(pd.Timestamp(f"{name}-01"), view.lang)


def _where(view: View, org_id: str) -> None:
    rows, query = organisation_answers.where_next(view, org_id)
    name = quoted(names.organisation(view, org_id))
    if rows.empty:
        st.info(view.t("organisation.next.none", name=name))
        return
    st.caption(view.t("next.meaning"))
    st.caption(gap_list.need(view, rows.head(_FIRST), query))
    words = {"reach": lambda code: view.t(f"next.reach.{code}") if code else ""}
    silent = rows["status"].isin(("no_data", "unknown"))  # nobody knows is not a count of 0
    told = rows.assign(organisations=rows["organisations"].where(~silent))
    tables.table(
        told.head(_FIRST),
        _COLUMNS,
        view,
        "organisation_next",
        words=words,
        labels=gap_list.counted(view, rows),
    )
    frame.link("gaps", view.t("organisation.next.all", n=len(rows)), part="next", **{"for": org_id})
