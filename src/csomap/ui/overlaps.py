"""The page of overlaps: where reports of several organisations name the same work."""

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from csomap.i18n import listing
from csomap.tables.query import AREA_LEVELS, SERVICE_LEVELS, Query
from csomap.ui import answers, levels, overlap_card, overlap_matrix, state, tables
from csomap.ui.view import View

_COLUMNS = [
    "service", "pcode", "population_group", "characteristic", "org_count", "cso_count", "org_ids",
    "days", "start", "end", "same_site", "same_funder", "possible_count", "verdict",
]  # fmt: skip
_POSSIBLE = ["service", "pcode", "org_count", "org_ids", "pair_count", "reasons"]
_HEIGHT = 390


def show(view: View) -> None:
    """Draw the page."""
    opened = answers.opening(view)
    query = levels.chosen(view, opened)
    st.caption(view.t("overlap.meaning"))
    st.markdown(levels.sentence(view, query, opened))
    _choices(view, query, opened)
    if answers.active(view, query).empty and answers.overlaps(view, query).empty:
        st.info(view.t("overlap.empty.no_activities"))
        return
    first, second = _tabs(view, query)
    if first.open:
        with first:
            _overlaps(view, query, opened)
    if second.open:
        with second:
            _possible(view, query)


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


def _tabs(view: View, query: Query) -> tuple[TabContainer, TabContainer]:
    key = "overlaps_tab"
    first = view.t("overlap.tab.same_sector" if query.service_level == "sector" else "overlap.tab.overlaps")
    labels = [first, view.t("overlap.tab.possible")]
    st.session_state[key] = labels[state.kept("tab") == "possible"]

    def keep() -> None:
        state.keep("tab", "possible" if st.session_state[key] == labels[1] else "")

    one, other = st.tabs(labels, key=key, on_change=keep)
    return one, other


def _overlaps(view: View, query: Query, opened: Query) -> None:
    rows = answers.overlaps(view, query)
    if rows.empty:
        _empty(view, query, opened)
        return
    by_sector = query.service_level == "sector"
    if by_sector:
        st.info(view.t("overlap.sector_notice"))
    undecided = "" if by_sector else view.t("overlap.counts.undecided")
    st.markdown(f"**{_counted(view, rows, query)}** {undecided}")
    st.caption(view.t("overlap.table_hint"))
    position = _chosen(view, rows, _table(view, rows, query))
    _steps(view, rows, position)
    overlap_card.show(view, rows.iloc[position], query)
    overlap_matrix.show(view, rows, query)


def _counted(view: View, rows: pd.DataFrame, query: Query) -> str:
    orgs = {org for cell in rows["org_ids"] for org in cell.split(";")}
    kind = "same_sector" if query.service_level == "sector" else "overlaps"
    return view.t(
        f"overlap.counts.{kind}",
        n=len(rows),
        places=view.t("overlap.counts.places", n=rows["pcode"].nunique()),
        organisations=view.t("overlap.counts.organisations", n=len(orgs)),
    )


def _table(view: View, rows: pd.DataFrame, query: Query) -> int | None:
    by_sector = query.service_level == "sector"
    needless = {"verdict"} if by_sector else set()  # what is not counted waits for no verdict
    if (rows["characteristic"] == "").all():
        needless.add("characteristic")
    columns = [name for name in _COLUMNS if name not in needless]
    name = "same_sector" if by_sector else "overlaps"
    return tables.table(
        rows,
        columns,
        view,
        f"overlaps_{query.service_level}_{query.area_level}_{query.min_days}_{_turn()}",
        height=_HEIGHT,
        select=True,
        download=f"csomap_{name}",
        words={"verdict": _word(view, "overlap.verdict")},
    )


def _chosen(view: View, rows: pd.DataFrame, picked: int | None) -> int:
    """Return the position of the row to show: the newest choice, in the table or by the buttons.

    A row stays picked in the table while the buttons go on, so a pick counts once.
    """
    if picked is not None and picked != st.session_state.get("overlaps_picked"):
        state.keep("row", rows["overlap_id"].iloc[picked])
    st.session_state["overlaps_picked"] = picked
    kept = state.kept("row")
    found = rows.index[rows["overlap_id"] == kept]
    if kept and found.empty:
        st.caption(view.t("overlap.card.gone"))
    return int(found[0]) if len(found) else 0


def _steps(view: View, rows: pd.DataFrame, position: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _step(view, rows, position - 1, "previous")
        _step(view, rows, position + 1, "next")
        st.markdown(view.t("overlap.step.position", n=position + 1, total=len(rows)))


def _step(view: View, rows: pd.DataFrame, to: int, name: str) -> None:
    inside = 0 <= to < len(rows)
    goal = rows["overlap_id"].iloc[to] if inside else ""
    st.button(
        view.t(f"overlap.step.{name}"),
        key=f"overlaps_{name}",
        on_click=_stepped,
        args=(goal,),
        disabled=not inside,
    )


def _turn() -> int:
    """A step by button begins a new table: a row that is still ticked there would not be the one shown."""
    return int(st.session_state.get("overlaps_turn", 0))


def _stepped(goal: str) -> None:
    state.keep("row", goal)
    st.session_state["overlaps_turn"] = _turn() + 1
    st.session_state["overlaps_picked"] = None


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


def _possible(view: View, query: Query) -> None:
    st.markdown(view.t("overlap.possible.explained"))
    found = answers.possible(view, query)
    if found.empty:
        st.info(view.t("overlap.possible.none"))
        return
    st.caption(view.t("overlap.possible.caption", n=len(found), column=view.t("table.reasons")))
    words = {"reasons": lambda codes: _reasons(view, codes)}
    key = f"possible_{query.service_level}_{query.area_level}_{query.min_days}"
    tables.table(found, _POSSIBLE, view, key, height=_HEIGHT, download="csomap_possible", words=words)


def _reasons(view: View, codes: str) -> str:
    return listing([view.t(f"overlap.possible.reason.{code}") for code in codes.split(";")], view.lang)


def _word(view: View, key: str) -> Callable[[str], str]:
    return lambda code: view.t(f"{key}.{code}")
