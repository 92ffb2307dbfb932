"""One row of the overlaps: what it might be and why, what people say of it, who, when and where."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import date
from csomap.tables.query import Query
from csomap.ui import (
    evidence,
    names,
    origins,
    others,
    overlap_history,
    overlap_map,
    overlap_pairs,
    overlap_suggestions,
    overlap_timeline,
    overlap_verdict,
    overlap_who,
    overlap_why,
    parts,
)
from csomap.ui.asked_once import ENTRIES
from csomap.ui.evidence import Members, Record
from csomap.ui.judged import Judged
from csomap.ui.view import View
from csomap.ui.wording import quoted


def show(view: View, found: Judged, row: "pd.Series[Any]", query: Query, listed: pd.DataFrame) -> None:
    """Draw the card of one row of OVERLAPS."""
    record = Record(row, _members(view.data, view.data.version, row["activity_ids"]), query)
    with st.container(border=True, key="overlap_card"):
        _head(view, record)
        left, right = st.columns([3, 2], gap="large")
        with left:
            pair = overlap_why.chosen(view, found, row["overlap_id"])
            _why(view, found, record, pair)
            overlap_timeline.show(view, record.members.periods, "card_timeline")
            parts.caveat(view, " ".join(evidence.times(view, record)))
        with right:
            if pair is not None:
                overlap_verdict.show(view, found, row, pair, listed)
                overlap_suggestions.show(view, found, record, pair)
            st.markdown(f"**{view.t('overlap.card.map')}**")
            overlap_map.show(view, record.members.spots, "card_map")
        _more(view, found, record)


def _why(view: View, found: Judged, record: Record, pair: "pd.Series[str] | None") -> None:
    if pair is not None:
        overlap_why.show(view, pair, found.reasons(pair), "card")
        return
    st.markdown(f"**{view.t('overlap.card.why_sector')}**")
    st.markdown("\n".join(f"- {sentence}" for sentence in evidence.lines(view, record)))


def _more(view: View, found: Judged, record: Record) -> None:
    """Draw who it is about, and what is told on request."""
    overlap_who.show(view, record.members.organisations)
    overlap_pairs.show(view, found, record.overlap["overlap_id"])
    others.show(view, record)
    origins.show(view, record)
    if not record.by_sector:
        overlap_history.show(view, record.overlap)


@st.cache_resource(max_entries=ENTRIES, show_spinner=False)
def _members(_data: flow.Data, version: str, activity_ids: str) -> Members:
    own = _data.activities["activity_id"].isin(activity_ids.split(";"))
    return Members(_data.activities[own].reset_index(drop=True), _data.organisations)


def _head(view: View, record: Record) -> None:
    row = record.overlap
    title = "title_sector" if record.by_sector else "title"
    service, place = names.service(view, row["service"]), quoted(names.place_within(view, row["pcode"]))
    st.subheader(view.t(f"overlap.card.{title}", service=service, place=place), anchor=False)
    orgs = sorted(quoted(names.organisation(view, code)) for code in row["org_ids"].split(";"))
    st.markdown(f"**{evidence.listed(view, orgs)}**")
    group = names.group(view, row["population_group"])
    people = view.t("overlap.card.people", group=group)
    if row["characteristic"]:
        trait = names.characteristic(view, row["characteristic"])
        people = view.t("overlap.card.people_and", group=group, characteristic=trait)
    days = (date(row["start"], view.lang), date(row["end"], view.lang))
    when = view.t("overlap.card.period", start=days[0], end=days[1])
    st.markdown(" · ".join([people, when, *_verdict(view, record)]))


def _verdict(view: View, record: Record) -> list[str]:
    """Return what people decided; nobody is asked where the service is not known."""
    if record.by_sector:
        return []
    told = view.t(f"overlap.verdict.{record.overlap['verdict']}")
    newer = [f"**{view.t('verdicts.state.is_new')}**"] if record.overlap["is_new"] else []
    return [view.t("overlap.card.verdict", verdict=told), *newer]
