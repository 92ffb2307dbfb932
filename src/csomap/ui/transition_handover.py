"""One row of what ends: who leaves, who stays, and who could take over, with the reasons."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap.i18n import month
from csomap.tables.query import Query
from csomap.ui import names, tables, transition_answers
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = ["rank", "org_id", "where", "same_population", "local", "activities", "last_month"]
_ANSWERS = ("same_population", "local")
_FIRST = 3


def show(view: View, query: Query, row: "pd.Series[Any]", key: str) -> None:
    """Draw the card of one row of COMING_GAPS."""
    st.markdown(f"**{title(view, row)}**")
    leaving, staying = (_organisations(view, row[f"org_ids_{side}"]) for side in ("leaving", "staying"))
    is_ending = row["kind"] == "ending"
    told = [
        view.t("transition.card.leaving" if is_ending else "transition.card.silent", names=leaving),
        view.t("transition.card.staying", names=staying) if staying else view.t("transition.card.nobody"),
    ]
    st.markdown("\n".join(f"- {line}" for line in told))
    found = transition_answers.handover(view, query, row)
    if found.empty:
        st.info(view.t("transition.card.no_candidates"))
        return
    st.markdown(f"**{view.t('transition.card.candidates')}**")
    st.markdown("\n".join(f"{each.rank}. {reasons(view, each)}" for each in found.head(_FIRST).itertuples()))
    part = st.expander(view.t("transition.card.all", n=len(found)), key=f"{key}_all", on_change="rerun")
    if part.open:
        with part:
            st.caption(view.t("transition.card.order"))
            tables.table(found, _COLUMNS, view, key, download="csomap_candidates", words=_words(view))


def title(view: View, row: "pd.Series[Any]") -> str:
    """Return service, place and group of a row in words."""
    parts = [names.service(view, row["service"]), names.place_within(view, row["pcode"])]
    if row["kind"] == "ending":
        parts.append(names.group(view, row["population_group"]))
    return quoted(" · ".join(parts))


def reasons(view: View, candidate: Any) -> str:
    """Return why an organisation could take over: where it works, for whom, and what it is (of HANDOVER)."""
    return view.t(
        "transition.card.reasons",
        name=quoted(names.organisation(view, candidate.org_id)),
        where=view.t(f"transition.where.{candidate.where}"),
        same=view.t(f"transition.same.{candidate.same_population}"),
        local=view.t(f"transition.local.{candidate.local}"),
        reported=_reported(view, candidate),
    )


def _reported(view: View, candidate: Any) -> str:
    if not candidate.last_month:
        return view.t("transition.card.not_begun", n=candidate.activities)
    newest = month(pd.Timestamp(f"{candidate.last_month}-01"), view.lang)
    return view.t("transition.card.reported", n=candidate.activities, month=newest)


def _organisations(view: View, codes: str) -> str:
    return quoted(names.organisations(view, codes))


def _words(view: View) -> tables.Words:
    answers = {name: lambda code: view.t(f"frame.answer.{code}") for name in _ANSWERS}
    return {
        **answers,
        "org_id": lambda code: names.organisation(view, code),
        "where": lambda code: view.t(f"transition.where.{code}"),
    }
