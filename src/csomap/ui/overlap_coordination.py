"""What is coordinated already: two organisations in one project, or one behind the other; never counted."""

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import listing
from csomap.tables.query import Query
from csomap.ui import names, tables
from csomap.ui.asked_once import asked_once
from csomap.ui.overlap_words import words
from csomap.ui.view import View

_COLUMNS = ["kind", "org_a", "org_b", "services", "places", "pair_count", "days_together"]
_HEIGHT = 390


def show(view: View, query: Query) -> None:
    """Draw the pairs of organisations that a project or a chain of funding joins."""
    st.markdown(view.t("overlap.coordination.explained"))
    found = _coordinated(view.data, view.data.version, query)
    if found.empty:
        st.info(view.t("overlap.coordination.none"))
        return
    st.caption(view.t("overlap.coordination.caption", n=len(found)))
    read = {
        **words(view),
        "services": lambda codes: _list(view, [names.service(view, code) for code in codes.split(";")]),
        "places": lambda codes: _list(view, [names.place(view, code) for code in codes.split(";")]),
    }
    key = f"coordination_{query.service_level}_{query.area_level}_{query.min_days}"
    tables.table(found, _COLUMNS, view, key, height=_HEIGHT, download="csomap_coordination", words=read)


def coordinated(pairs: pd.DataFrame, place: "pd.Series[str]") -> pd.DataFrame:
    """Return a row for each two organisations and kind, most pairs first: kind (joint, chain), org_a, org_b,
    services and places (codes joined by ;), pair_count, days_together (the most of two activities; days).

    pairs: PAIRS; place: the p-code of each activity_id. Only confirmed pairs are told.
    """
    sure = pairs[(pairs["grade"] == "confirmed") & pairs["kind"].isin(["joint", "chain"])]
    swapped = sure["org_a"] > sure["org_b"]
    told = sure.assign(
        org_a=sure["org_a"].where(~swapped, sure["org_b"]),
        org_b=sure["org_b"].where(~swapped, sure["org_a"]),
        place=sure["activity_a"].map(place),
    )
    grouped = told.groupby(["kind", "org_a", "org_b"], as_index=False).agg(
        services=("service", _codes),
        places=("place", _codes),
        pair_count=("activity_a", "size"),
        days_together=("days", "max"),
    )
    return grouped.sort_values(
        ["pair_count", "org_a", "org_b"], ascending=[False, True, True], ignore_index=True
    )


@asked_once
def _coordinated(_data: flow.Data, version: str, query: Query) -> pd.DataFrame:
    place = _data.activities.set_index("activity_id")["pcode"]
    return coordinated(flow.find_pairs(_data, query), place)


def _codes(cells: "pd.Series[str]") -> str:
    return ";".join(sorted(set(cells)))


def _list(view: View, named: list[str]) -> str:
    return listing(sorted(set(named)), view.lang)
