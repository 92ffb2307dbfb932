"""Who is in an overlap: its organisations, what they are, what they report, and for how long."""

import pandas as pd
import streamlit as st

from csomap.i18n import listing
from csomap.ui import names, tables
from csomap.ui.view import View

_COLUMNS = [
    "organisation",
    "acronym",
    "organisation_type",
    "activity_count",
    "services",
    "funders",
    "start",
    "end",
]


def show(view: View, everyone: pd.DataFrame) -> None:
    """Draw a table of `organisations`."""
    st.markdown(f"**{view.t('overlap.card.who')}**")
    words = {
        "services": lambda codes: listing(
            [names.service(view, code) for code in codes.split(";")], view.lang
        ),
        "funders": lambda codes: names.organisations(view, codes) or view.t("frame.not_stated"),
    }
    tables.table(everyone, _COLUMNS, view, "card_who", download="csomap_organisations", words=words)


def organisations(activities: pd.DataFrame, directory: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each organisation of an overlap, most activities first: organisation, acronym,
    organisation_type, activity_count, services and funders (codes joined by ;), start, end."""
    joined = activities.groupby("organisation").agg(
        organisation_type=("organisation_type", "first"),
        activity_count=("activity_id", "nunique"),
        services=("service", _codes),
        funders=("funder", _codes),
        start=("start", "min"),
        end=("end", "max"),
    )
    acronyms = directory.set_index("org_id")["acronym"].reindex(joined.index).fillna("")
    return (
        joined.assign(acronym=acronyms)
        .sort_values("activity_count", ascending=False, kind="stable")
        .reset_index()
    )


def _codes(cells: "pd.Series[str]") -> str:
    return ";".join(sorted({code for cell in cells for code in cell.split(";") if code}))
