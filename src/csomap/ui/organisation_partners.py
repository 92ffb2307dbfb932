"""Who an organisation works with, and who gives the same service beside it."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap.ui import answers, levels, names, organisation_answers, state, tables
from csomap.ui.organisation_words import words
from csomap.ui.view import View
from csomap.ui.wording import quoted

_WITH = ["organisation", "link", "activities", "start", "end"]
_BESIDE = ["organisation", "services", "here", "beside"]


def show(view: View, one: "pd.Series[Any]") -> None:
    """Draw the part for an organisation (a row of ORGANISATIONS)."""
    org_id = one["org_id"]
    _partners(view, org_id)
    _same_service(view, org_id)


def _partners(view: View, org_id: str) -> None:
    st.subheader(view.t("organisation.partners.title"), anchor=False)
    found = partners(organisation_answers.links(view), org_id)
    if found.empty:
        st.info(view.t("organisation.partners.none"))
        return
    height = 330 if len(found) > 8 else None
    tables.table(
        found, _WITH, view, "organisation_partners", height=height, download="csomap_partners",
        words=words(view),
    )  # fmt: skip
    st.button(
        view.t("organisation.partners.network"),
        key="organisation_network_of",
        type="tertiary",
        on_click=state.keep,
        args=("show", "network"),
    )


def partners(links: pd.DataFrame, org_id: str) -> pd.DataFrame:
    """Return the links of an organisation (LINKS) as seen from it: organisation (the other one), link.

    link is project; programme_of or funder_of where the other leads or gives money; programme_for or
    funder_for where it does so for the other.
    """
    own = links[(links["org_a"] == org_id) | (links["org_b"] == org_id)]
    leads = own["org_b"] == org_id
    other = own["org_b"].mask(leads, own["org_a"])
    side = leads.map({True: "_for", False: "_of"}).where(own["kind"] != "project", "")
    return own.assign(organisation=other, link=own["kind"] + side).reset_index(drop=True)


def _same_service(view: View, org_id: str) -> None:
    st.subheader(view.t("organisation.beside.title"), anchor=False)
    query = answers.opening(view)
    level = levels.service_word(view, query)
    st.caption(view.t("organisation.beside.meaning", level=level))
    found = organisation_answers.same_service(view, org_id).rename(columns={"org_id": "organisation"})
    if found.empty:
        st.info(view.t("organisation.beside.none", name=quoted(names.organisation(view, org_id))))
        return
    st.markdown(view.t("organisation.beside.found", n=len(found)))
    labels = {name: view.t(f"organisation.beside.{name}") for name in ("services", "here", "beside")}
    height = 330 if len(found) > 8 else None
    tables.table(
        found, _BESIDE, view, "organisation_beside", height=height, download="csomap_same_service",
        words=words(view), labels=labels,
    )  # fmt: skip
