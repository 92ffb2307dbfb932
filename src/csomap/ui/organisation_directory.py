"""The directory: everybody who does something in the filters, or everybody who is known, by any name."""

import pandas as pd
import streamlit as st

from csomap.ui import answers, names, organisation_answers, parts, state, tables
from csomap.ui.organisation_words import words
from csomap.ui.view import View
from csomap.ui.wording import quoted

WHO = ("active", "everybody")
_COLUMNS = [
    *("organisation", "organisation_type", "services", "governorates", "months", "activities"),
    *("overlaps_undecided",),
]
_HEIGHT = 560
_FEW = 12  # rows that need no height of their own
_ROUND = "organisations_round"


def show(view: View) -> None:
    """Draw the search, the table, and the way to each profile."""
    text = _typed(view)
    everybody = _everybody(view)
    who = _who(view)
    offered = everybody if who == "everybody" else everybody[everybody["activities"] > 0]
    found = _found(view, offered, text)
    _counted(view, found, offered, everybody, text)
    if found.empty:
        return
    _profile(view, found)
    _table(view, found)


def open_profile(org_id: str) -> None:
    """Show one organisation from the next run on; "" leads back to the directory."""
    state.keep("show", "")
    state.keep("organisation", org_id)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _typed(view: View) -> str:
    """Draw the field for a name and return what is in it; the address keeps it."""
    key = "organisations_search"
    st.session_state[key] = state.kept("q")
    st.text_input(
        view.t("organisation.search.label"),
        key=key,
        max_chars=100,
        placeholder=view.t("organisation.search.placeholder"),
        help=view.t("organisation.search.help"),
        on_change=lambda: state.keep("q", st.session_state[key].strip()),
    )
    return state.kept("q")


def _who(view: View) -> str:
    label = view.t("organisation.who.label")
    return parts.pick(view, "who", WHO, label, lambda code: view.t(f"organisation.who.{code}"))


def _everybody(view: View) -> pd.DataFrame:
    """Return the columns of the table for everybody who is known, by name; without activity zeros."""
    known = view.data.organisations
    rows = known.loc[known["status"] != "merged", ["org_id", "type"]]
    if answers.newest_month(view) is None:
        counted = rows.assign(services="", governorates="", months=0, activities=0, overlaps_undecided=0)
    else:
        told = organisation_answers.directory(view).drop(columns=["type", "start", "end"])
        counted = rows.merge(told, on="org_id", how="left")
    filled = counted.fillna({"services": "", "governorates": ""}).fillna(0)
    counts = ["months", "activities", "overlaps_undecided"]
    named = filled.astype(dict.fromkeys(counts, int)).rename(
        columns={"org_id": "organisation", "type": "organisation_type"}
    )
    order = named["organisation"].map(lambda code: view.organisations[code].casefold())
    return named.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _found(view: View, offered: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return those of the offered that fit what is typed, best first."""
    if not text:
        return offered
    best = {org_id: place for place, org_id in enumerate(organisation_answers.search(view).found(text))}
    ranked = offered.assign(rank=offered["organisation"].map(best))
    return ranked[ranked["rank"].notna()].sort_values("rank").reset_index(drop=True)


def _counted(
    view: View, found: pd.DataFrame, offered: pd.DataFrame, everybody: pd.DataFrame, text: str
) -> None:
    """Say how many are listed; where nobody is, what to do next."""
    if offered.empty and not text:
        st.info(view.t("frame.empty"))
        return
    elsewhere = len(_found(view, everybody, text)) - len(found)
    if found.empty:
        nearest = organisation_answers.search(view).nearest(text)
        st.info(view.t("organisation.search.nothing", text=quoted(text)))
        if nearest and not elsewhere:
            told = names.organisations(view, ";".join(nearest))
            st.caption(view.t("organisation.search.nearest", names=quoted(told)))
    else:
        st.markdown(f"**{view.t('organisation.found', n=len(found))}**")
    if text and elsewhere:
        st.caption(view.t("organisation.search.elsewhere", n=elsewhere))


def _profile(view: View, found: pd.DataFrame) -> None:
    """Draw the choice of one by name: the way to a profile that needs no mouse."""
    key = f"organisations_open_{st.session_state.get(_ROUND, 0)}"
    st.selectbox(
        view.t("organisation.open"),
        list(found["organisation"]),
        index=None,
        key=key,
        placeholder=view.t("organisation.open_placeholder"),
        format_func=lambda code: names.organisation(view, code),
        on_change=lambda: open_profile(str(st.session_state[key])),
    )


def _table(view: View, found: pd.DataFrame) -> None:
    columns = [name for name in _COLUMNS if name != "overlaps_undecided" or found[name].any()]
    st.caption(view.t("organisation.table_hint"))
    picked = tables.table(
        found,
        columns,
        view,
        f"organisations_{st.session_state.get(_ROUND, 0)}",
        height=_HEIGHT if len(found) > _FEW else None,
        select=True,
        download="csomap_organisations",
        words=words(view),
    )
    if picked is not None:
        open_profile(found["organisation"].iloc[picked])
        st.rerun()
