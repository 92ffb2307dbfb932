"""The page of overlaps: where reports of several organisations name the same work."""

from collections.abc import Callable

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from csomap.tables.query import AREA_LEVELS, SERVICE_LEVELS, Query
from csomap.ui import (
    answers,
    levels,
    overlap_book,
    overlap_bulk,
    overlap_coordination,
    overlap_list,
    overlap_matrix,
    overlap_near,
    overlap_possible,
    parts,
    state,
)
from csomap.ui.judged import judged
from csomap.ui.view import View

_OTHERS = {
    "coordination": overlap_coordination.show,
    "near": overlap_near.show,
    "possible": overlap_possible.show,
}


def show(view: View) -> None:
    """Draw the page."""
    opened = answers.opening(view)
    query = levels.chosen(view, opened)
    parts.caveat(view, view.t("overlap.meaning"))
    st.markdown(levels.sentence(view, query, opened))
    _choices(view, query, opened)
    if answers.active(view, query).empty and answers.overlaps(view, query).empty:
        st.info(view.t("overlap.empty.no_activities"))
        return
    first, *others = _tabs(view, query)
    if first.open:
        with first:
            _overlaps(view, query, opened)
    for draw, tab in zip(_OTHERS.values(), others, strict=True):
        if tab.open:
            with tab:
                draw(view, query)


def _overlaps(view: View, query: Query, opened: Query) -> None:
    found = judged(view, query)
    if found.rows.empty:
        _empty(view, query, opened)
        return
    listed = overlap_list.show(view, found, query)
    if view.present:
        return
    if found.evidence is not None:
        overlap_bulk.show(view, found, listed)
        overlap_book.show(view, found, query)
    overlap_matrix.show(
        view, found.rows if found.evidence is None else found.rows[found.rows["is_counted"]], query
    )


def _choices(view: View, query: Query, opened: Query) -> None:
    with st.expander(view.t("overlap.levels"), expanded=query != opened):
        services, areas, days = st.columns(3)
        with services:
            word = _word(view, "overlap.service_level")
            levels.choose(
                view, query, opened, "service_level", SERVICE_LEVELS, "overlap.choose.service", word
            )
        with areas:
            word = _word(view, "overlap.area_level")
            levels.choose(view, query, opened, "area_level", AREA_LEVELS, "overlap.choose.area", word)
        with days:
            levels.choose(view, query, opened, "min_days", levels.DAYS, "overlap.choose.days", str)


def _tabs(view: View, query: Query) -> list[TabContainer]:
    key, names = "overlaps_tab", ["", *_OTHERS]
    first = view.t("overlap.tab.same_sector" if query.service_level == "sector" else "overlap.tab.overlaps")
    labels = [first, *(view.t(f"overlap.tab.{name}") for name in _OTHERS)]
    kept = state.kept("tab")
    st.session_state[key] = labels[names.index(kept) if kept in names else 0]

    def keep() -> None:
        state.keep("tab", names[labels.index(st.session_state[key])])

    return list(st.tabs(labels, key=key, on_change=keep))


def _empty(view: View, query: Query, opened: Query) -> None:
    """Say why there is nothing, and what to do next."""
    services, _ = levels.shares(view)
    named, total = services[query.service_level], len(answers.active(view, query))
    key = "none" if named == 1 else "few" if named else "unnamed"
    coarser = opened.service_level if opened.service_level != query.service_level else SERVICE_LEVELS[0]
    words = {
        "n": total,
        "known": round(named * total),
        "finer": levels.service_word(view, query),
        "coarser": view.t(f"overlap.service_level.{coarser}"),
    }
    st.info(view.t(f"overlap.empty.{key}", **words))
    if coarser != query.service_level:
        label = view.t("overlap.empty.to_sector", level=words["coarser"])
        st.button(
            label,
            key="overlaps_coarser",
            on_click=levels.keep_service,
            args=(coarser, opened),
            type="primary",
        )
    st.markdown(view.t("overlap.empty.to_possible", tab=view.t("overlap.tab.possible")))


def _word(view: View, key: str) -> Callable[[str], str]:
    return lambda code: view.t(f"{key}.{code}")
