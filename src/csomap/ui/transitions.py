"""The page of transitions: what ends next, who could take over, who stopped reporting, what has changed."""

import pandas as pd
import streamlit as st

from csomap import figures, flow
from csomap.analysis.questions import finest
from csomap.i18n import date
from csomap.settings import rules
from csomap.tables.query import AREA_LEVELS, SERVICE_LEVELS, Query
from csomap.ui import answers, change, charts, levels, parts, transition_answers, transition_list
from csomap.ui.view import View

_AREAS = AREA_LEVELS[:3]
_PARTS = ("next", "change")


def show(view: View) -> None:
    """Draw the page."""
    st.caption(view.t("transition.meaning"))
    opened = answers.opening(view)
    opened = opened.but(area_level=opened.area_level if opened.area_level in _AREAS else "2")
    query = levels.chosen(view, opened)
    query = finest(query.but(area_level=query.area_level if query.area_level in _AREAS else "2"))
    day = date(flow.day_asked(view.data, query), view.lang)
    words = {"service": levels.service_word(view, query), "area": levels.area_word(view, query)}
    st.markdown(view.t("transition.shown", day=day, **words))
    _choices(view, query, opened)
    if _part(view) == "change":
        change.show(view, query)
        return
    rows = transition_answers.coming_gaps(view, query)
    _endings(view, query, rows, day)
    transition_list.stopped(view, query, rows)
    _limits(view)


def _part(view: View) -> str:
    """Draw the choice between what comes and what was; only one is drawn, and the address keeps which."""
    offered = _PARTS if view.query.start and view.query.end else _PARTS[:1]
    label = view.t("transition.part.label")
    return parts.pick(view, "part", offered, label, lambda part: view.t(f"transition.part.{part}"))


def _choices(view: View, query: Query, opened: Query) -> None:
    with st.expander(view.t("gap.choose.levels"), expanded=query != opened):
        services, areas = st.columns(2)
        with services:
            levels.choose(
                view, query, opened, "service_level", SERVICE_LEVELS, "gap.choose.service",
                lambda code: view.t(f"overlap.service_level.{code}"),
            )  # fmt: skip
        with areas:
            levels.choose(
                view, query, opened, "area_level", _AREAS, "gap.choose.area",
                lambda code: view.t(f"overlap.area_level.{code}"),
            )  # fmt: skip


def _endings(view: View, query: Query, rows: pd.DataFrame, day: str) -> None:
    """Draw what ends: when, and which service loses its last activity where."""
    st.subheader(view.t("transition.title"), anchor=False)
    found = transition_answers.endings(view, query)
    by_kind = found.groupby("kind")["activities"].sum()
    if not by_kind.sum():
        st.info(view.t("transition.nobody", day=day))
        return
    if by_kind["not_stated"] == by_kind.sum():  # a chart would be a row of zeros
        st.info(view.t("transition.no_ends", n=int(by_kind["not_stated"]), day=day))
        return
    charts.draw(view, "transition_months", figures.ending_months, found, view.lang)
    st.caption(f"{view.t('transition.figure.caption')} {figures.described_ending_months(found, view.lang)}")
    months = _horizon(view)
    transition_list.ending(view, query, rows[rows["horizon_months"] == months], months)


def _horizon(view: View) -> int:
    """Draw the choice of how far to look ahead."""
    offered = [str(months) for months in rules()["transitions"]["horizons"]]
    named = {each: view.t("transition.months", n=int(each)) for each in offered}
    return int(parts.pick(view, "ahead", offered, view.t("transition.ahead"), named.__getitem__))


def _limits(view: View) -> None:
    st.subheader(view.t("transition.limits.title"), anchor=False)
    told = ("ends", "silence", "coarse", "candidates")
    st.markdown("\n".join(f"- {view.t(f'transition.limits.{limit}')}" for limit in told))
