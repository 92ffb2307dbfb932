"""The page of gaps: where nobody reports a service, and where nobody knows."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from csomap import figures
from csomap.analysis.questions import finest
from csomap.i18n import month
from csomap.tables import taxonomy
from csomap.tables.query import SERVICE_LEVELS, Query
from csomap.ui import (
    answers,
    charts,
    gap_fairness,
    gap_list,
    gap_next,
    gap_words,
    levels,
    names,
    needs,
    parts,
    unknown,
)
from csomap.ui.view import View

PARTS = ("where", "regions", "next", "unknown")
_AREAS = ("1", "2")
_FRAME, _ROW = 150, 37  # pixels; a long name takes two lines
_NUMBERS = [
    "service",
    "pcode",
    "status",
    "organisations",
    "cso_count",
    "activities",
    "months_active",
    "unspecified",
]


def show(view: View) -> None:
    """Draw the page."""
    st.caption(view.t("gap.meaning"))
    if not (view.query.start and view.query.end):
        st.info(view.t("gap.no_dates"))
        return
    opened = answers.opening(view).but(area_level="1")
    query = levels.chosen(view, opened)
    query = finest(query if query.area_level in _AREAS else query.but(area_level="1"))
    st.markdown(_shown(view, query))
    _choices(view, query, opened)
    wide = query.area_level != "1" and not query.place
    found = answers.coverage(view, query.but(area_level="1") if wide else query)
    _part(view, query, found, wide=wide)


def _part(view: View, query: Query, found: pd.DataFrame, *, wide: bool) -> None:
    """Draw one part of the page: a page of all of them would keep its reader waiting at every change."""
    label = view.t("gap.part.label")
    part = parts.pick(view, "part", PARTS, label, lambda code: view.t(f"gap.part.{code}"))
    service = gap_words.chosen(view, found)
    if not service:
        st.info(view.t("gap.list.empty"))
        return
    if part == "where":
        _where(view, query, found, service, wide=wide)
        return
    if part == "unknown":
        unknown.show(view, query)
        return
    gap_words.choose(view, found, service)
    if part == "regions":
        gap_fairness.show(view, query, service)
    else:
        gap_next.show(view, query, service)
    _limits(view)


def _where(view: View, query: Query, found: pd.DataFrame, service: str, *, wide: bool) -> None:
    _heat(view, found, wide=wide)
    gap_words.show(view, found, service)
    gap_list.show(view, query)
    needs.link(view)
    _limits(view)


def _shown(view: View, query: Query) -> str:
    return view.t(
        "gap.shown",
        start=month(query.start, view.lang),
        end=month(query.end, view.lang),
        service=levels.service_word(view, query),
        area=levels.area_word(view, query),
    )


def _choices(view: View, query: Query, opened: Query) -> None:
    with st.expander(view.t("gap.choose.levels"), expanded=query != opened):
        services, areas = st.columns(2)
        with services:
            word = _word(view, "overlap.service_level")
            levels.choose(view, query, opened, "service_level", SERVICE_LEVELS, "gap.choose.service", word)
        with areas:
            word = _word(view, "overlap.area_level")
            options = sorted({*_AREAS, query.area_level})
            levels.choose(view, query, opened, "area_level", options, "gap.choose.area", word)


def _word(view: View, key: str) -> Callable[[str], str]:
    return lambda code: view.t(f"{key}.{code}")


def _heat(view: View, found: pd.DataFrame, *, wide: bool) -> None:
    st.subheader(view.t("gap.heat.title"), anchor=False)
    if wide:
        st.caption(view.t("gap.heat.district"))
    services, areas = _named(view, found)
    st.html(figures.legend_html(figures.Scale.statuses(), view.lang))
    height = _FRAME + _ROW * len(services)
    charts.draw(view, "gaps_heat", figures.heatmap, found, services, areas, view.lang, height=height)
    st.caption(figures.described_heatmap(found, services, areas, view.lang))
    with st.expander(view.t("gap.status.title")):
        st.markdown("\n".join(f"- {view.t(f'gap.status.{code}')}" for code in gap_words.STATUSES))
    words = st.expander(view.t("gap.heat.words"), key="gaps_in_words", on_change="rerun")
    if words.open:
        with words:
            gap_list.numbers(view, found, _NUMBERS)


def _named(view: View, found: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of services, in the order of their tree, and of areas, in the order of names."""
    order = taxonomy.load("services").codes
    services = {
        code: names.service(view, code) for code in sorted(found["service"].unique(), key=order.index)
    }
    places = {code: names.place(view, code) for code in found["pcode"].unique()}
    return services, dict(sorted(places.items(), key=lambda item: item[1]))


def _limits(view: View) -> None:
    st.subheader(view.t("gap.limits.title"), anchor=False)
    told = ("partners", "levels", "silence", "people")
    st.markdown("\n".join(f"- {view.t(f'gap.limits.{limit}')}" for limit in told))
