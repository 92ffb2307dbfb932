"""The overlaps of a meeting, one at a time: who, why it was flagged, and what the room says of it."""

from typing import Any

import pandas as pd
import streamlit as st

from csomap import figures, flow
from csomap.i18n import date
from csomap.ui import (
    answers,
    evidence,
    frame,
    levels,
    names,
    overlap_steps,
    overlap_verdict,
    overlap_why,
    remembered,
    verdict_saving,
)
from csomap.ui.judged import Judged, judged
from csomap.ui.view import View
from csomap.ui.wording import quoted

_REASONS, _BASE = 5, "base"
_ABOUT = ("service", "population_group", "characteristic", "pcode", "org_ids")


def show(view: View, meeting: flow.Meeting) -> list[dict[str, str]]:
    """Draw the steps, the overlap and the form of the verdict; return what an action would be about."""
    found = judged(view, levels.chosen(view, answers.opening(view)))
    listed = _agenda(found, meeting)
    if listed.empty:
        remembered.told(view)
        by_sector = found.evidence is None and len(found.rows) > 0
        st.info(view.t("overlap.sector_notice" if by_sector else "meeting.overlaps.none"))
        return []
    row = overlap_steps.chosen(view, listed, listed, None)
    overlap_steps.show(view, found, listed, row)
    verdict_saving.show_conflict(view, found)
    _card(view, found, row, listed)
    waiting = int(listed["is_open"].sum())
    st.markdown(view.t("meeting.overlaps.left", waiting=waiting, judged=len(listed) - waiting))
    return [{"kind": "overlap", **{name: str(row[name]) for name in _ABOUT}}]


def _agenda(found: Judged, meeting: flow.Meeting) -> pd.DataFrame:
    """Return the rows that wait for a verdict, and those that were judged since the meeting began: the way
    back to them stays open."""
    if found.evidence is None:
        return found.rows.head(0)
    said = found.standings
    now = said.loc[pd.to_datetime(said["at"]) >= meeting.started, "overlap_id"]
    return found.rows[found.rows["is_open"] | found.rows["overlap_id"].isin(now)].reset_index(drop=True)


def _card(view: View, found: Judged, row: "pd.Series[Any]", listed: pd.DataFrame) -> None:
    with st.container(border=True, key="meeting_card"):
        service, place = names.service(view, row["service"]), quoted(names.place_within(view, row["pcode"]))
        st.subheader(view.t("overlap.card.title", service=service, place=place), anchor=False)
        left, right = st.columns([1, 1], gap="large")
        with left:
            pair = _why(view, found, row)
        with right:
            if pair is not None:
                overlap_verdict.show(view, found, row, pair, listed)


def _why(view: View, found: Judged, row: "pd.Series[Any]") -> "pd.Series[str] | None":
    orgs = sorted(quoted(names.organisation(view, code)) for code in row["org_ids"].split(";"))
    st.markdown(f"**{evidence.listed(view, orgs)}**")
    days = view.t("overlap.card.period", start=date(row["start"], view.lang), end=date(row["end"], view.lang))
    st.markdown(f"{view.t('overlap.card.people', group=names.group(view, row['population_group']))} · {days}")
    pair = overlap_why.chosen(view, found, row["overlap_id"])
    if pair is not None:
        _reasons(view, pair, found.reasons(pair))
    st.markdown(view.t("meeting.overlaps.question"))
    frame.link("overlaps", view.t("meeting.overlaps.more"), row=str(row["overlap_id"]))
    return pair


def _reasons(view: View, pair: "pd.Series[str]", reasons: pd.DataFrame) -> None:
    """Draw the strongest reasons for and against, with their points: what fits on a projector."""
    if pair["cause"]:
        cause = view.t(f"overlap.cause_told.{pair['cause']}")
        st.markdown(f"**{view.t('overlap.card.cause')}** {cause}")
    strength = view.t("overlap.card.strength", n=int(pair["strength"]))
    st.markdown(f"**{view.t('meeting.overlaps.why')}** · {strength}")
    speaks = reasons[(reasons["points"] != 0) & (reasons["answer"] != _BASE)]
    strongest = speaks.reindex(speaks["points"].abs().sort_values(ascending=False, kind="stable").index)
    shown = strongest.head(_REASONS)
    told = zip(evidence.sentences(view, shown, quoted), shown["points"], strict=True)
    st.markdown("\n".join(f"- {line} ({figures.signed(points, view.lang)})" for line, points in told))
