"""The overlaps of an organisation, with whom they are, and whom to ask for: roles, never persons."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap.analysis import suggestions
from csomap.i18n import listing
from csomap.tables import taxonomy
from csomap.tables.query import Query
from csomap.ui import answers, frame, names, organisation_answers, tables
from csomap.ui.overlap_words import words
from csomap.ui.view import View

_COLUMNS = ["verdict", "service", "pcode", "population_group", "others", "days", "start", "end"]
_SHOWN = 200


def show(view: View, one: "pd.Series[Any]") -> None:
    """Draw the part for an organisation (a row of ORGANISATIONS)."""
    query = answers.opening(view)
    found = own_overlaps(view, query, one["org_id"])
    if query.service_level == "sector":
        st.info(view.t("overlap.sector_notice"))
        found = found.head(0)
    if found.empty:
        st.info(view.t("organisation.overlaps.none"))
        return
    waiting = int((found["verdict"] == "undecided").sum())
    total = view.t("organisation.overlaps.total", n=len(found))
    st.markdown(f"**{total}** {view.t('organisation.overlaps.waiting', n=waiting)}")
    st.caption(view.t("organisation.overlaps.meaning"))
    _table(view, found)
    _ask(view, found[found["verdict"] == "undecided"] if waiting else found)


def own_overlaps(view: View, query: Query, org_id: str) -> pd.DataFrame:
    """Return the OVERLAPS of an organisation, those that wait for a verdict on it first, with the others
    (ids joined by ;) in place of all."""
    rows = answers.overlaps(view, query)
    own = rows[[org_id in ids.split(";") for ids in rows["org_ids"]]]
    waiting = organisation_answers.undecided(view)
    asked = waiting.loc[(waiting["org_a"] == org_id) | (waiting["org_b"] == org_id), "overlap_id"]
    waits = own["overlap_id"].isin(set(asked))
    others = [";".join(one for one in ids.split(";") if one != org_id) for ids in own["org_ids"]]
    told = own.assign(others=others, verdict=own["verdict"].mask(waits, "undecided"), waits=waits)
    return told.sort_values("waits", ascending=False, kind="stable").reset_index(drop=True)


def _table(view: View, found: pd.DataFrame) -> None:
    picked = tables.table(
        found.head(_SHOWN),
        _COLUMNS,
        view,
        "organisation_overlaps",
        height=330 if len(found) > 8 else None,
        select=True,
        download="csomap_organisation_overlaps",
        words={**words(view), "others": lambda ids: names.organisations(view, ids)},
        labels={"others": view.t("organisation.overlaps.others")},
    )
    row = found.iloc[picked or 0]
    label = view.t("organisation.overlaps.open" if picked is not None else "organisation.overlaps.open_first")
    frame.link("overlaps", label, row=row["overlap_id"])


def _ask(view: View, found: pd.DataFrame) -> None:
    """Say whom to ask for about these overlaps: roles by service, group and governorate."""
    st.subheader(view.t("organisation.ask.title"), anchor=False)
    st.caption(view.t("organisation.ask.meaning"))
    st.markdown("\n".join(f"- {role}" for role in whom_to_ask(view, found)))


def whom_to_ask(view: View, found: pd.DataFrame) -> list[str]:
    """Return the roles of data/suggestions/roles.csv that fit some OVERLAPS, each once, in words."""
    tree = taxonomy.load("services")
    asked: dict[str, dict[str, set[str]]] = {}
    cells = found[["service", "population_group", "pcode"]].drop_duplicates().astype(str)
    for service, group, pcode in cells.itertuples(index=False, name=None):
        sector = next(code for code in (service, *tree.ancestors(service)) if tree.level(code) == "sector")
        for role in suggestions.roles(service, group):
            told = asked.setdefault(role, {"sector": set(), "governorate": set()})
            told["sector"].add(names.service(view, sector))
            told["governorate"].add(names.place(view, pcode[:5]))
    return [
        view.t(
            f"suggestion.role.{role}",
            **{name: listing(sorted(some), view.lang) for name, some in told.items()},
        )
        for role, told in asked.items()
    ]
