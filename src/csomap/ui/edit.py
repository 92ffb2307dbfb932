"""The page of activities by hand: add one, find one, correct it, say that it ended."""

from functools import partial

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.ui import edit_form, names, origins, remembered, review_names, state, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = ["organisation", "service", "pcode", "start", "end", "population_group", "site", "status"]
_HEIGHT = 300
_SHOWN = 1_000
_PICKED = "edit_picked"


def show(view: View) -> None:
    """Draw the page. What is filtered elsewhere has no say here."""
    st.markdown(view.t("edit.intro"))
    remembered.ask_who(view)
    remembered.told(view)
    labels = {name: view.t(f"edit.part.{name}") for name in ("find", "add")}
    kept = state.kept("show", "find")
    st.session_state["edit_show"] = kept if kept in labels else "find"
    st.segmented_control(
        view.t("edit.part.label"),
        list(labels),
        key="edit_show",
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        on_change=lambda: state.keep("show", st.session_state["edit_show"]),
        required=True,
    )
    (_add if st.session_state["edit_show"] == "add" else _find)(view)


def _add(view: View) -> None:
    if view.data.is_sample:
        st.info(view.t("edit.add_sample"))
    edit_form.add(view)


def _find(view: View) -> None:
    found = _searched(view)
    if found.empty:
        st.info(view.t("edit.none"))
        return
    st.caption(view.t("edit.found", n=len(found)))
    key = f"edit_{len(found)}"
    height = _HEIGHT if len(found) > 7 else None
    picked = tables.table(found.head(_SHOWN), _COLUMNS, view, key, height=height, select=True)
    if picked is not None and picked != st.session_state.get(_PICKED):
        state.keep("activity", found["activity_id"].iloc[picked])
    st.session_state[_PICKED] = picked
    chosen = _chosen(view, found)
    if chosen is not None:
        _card(view, chosen)


def _searched(view: View) -> pd.DataFrame:
    """Return the activities of the organisation, place and service that are searched for."""
    found = view.data.activities
    with st.container(horizontal=True, gap="small"):
        for field, kind in (
            ("organisation", "organisation"),
            ("pcode", "place"),
            ("service", "term:services"),
        ):
            known = review_names.everything(view, kind, "")
            codes = [code for code in known if code in _present(view.data.activities, field)]
            chosen = st.selectbox(
                view.t(f"edit.search.{field}"),
                codes,
                index=None,
                key=f"edit_search_{field}",
                placeholder=view.t("edit.search.any"),
                format_func=known.__getitem__,
            )
            if chosen:
                found = found[_below(found[field], field, chosen)]
    return found.sort_values(["organisation", "start"], kind="stable", ignore_index=True)


def _present(activities: pd.DataFrame, field: str) -> set[str]:
    """Return the codes of a field that activities name, with all that lie above them."""
    told = set(activities[field]) - {""}
    if field == "pcode":
        return told | {code[:length] for code in told for length in (5, 8) if len(code) > length}
    if field == "service":
        terms = review_names.tree("term:services")
        return told | {above for code in told for above in terms.ancestors(code)}
    return told


def _below(column: "pd.Series[str]", field: str, code: str) -> "pd.Series[bool]":
    if field == "pcode":
        return column.str.startswith(code)
    if field == "service":
        return column.isin(review_names.tree("term:services").descendants(code))
    return column == code


def _chosen(view: View, found: pd.DataFrame) -> "pd.Series[str] | None":
    """Return the activity that the table or the address names."""
    kept = state.kept("activity")
    every = view.data.activities
    rows = every[every["activity_id"] == kept]
    if kept and rows.empty:
        st.warning(view.t("edit.gone"))
    if rows.empty:
        st.caption(view.t("edit.choose"))
        return None
    return rows.iloc[0]


def _card(view: View, activity: "pd.Series[str]") -> None:
    with st.container(border=True, key="edit_card"):
        who = names.organisation(view, activity["organisation"])
        what = names.service(view, activity["service"])
        where = names.place_within(view, activity["pcode"])
        st.markdown(f"#### {quoted(who)}")
        st.markdown(" · ".join([quoted(what), quoted(where), _when(view, activity)]))
        origins.of_activities(view, (str(activity["activity_id"]),), "edit")
        tabs = st.tabs([view.t(f"edit.tab.{name}") for name in ("correct", "end", "history")])
        with tabs[0]:
            edit_form.correct(view, activity)
        with tabs[1]:
            _end(view, activity)
        with tabs[2]:
            _history(view, activity["activity_id"])


def _when(view: View, activity: "pd.Series[str]") -> str:
    return quoted(names.months(view, activity["start"], activity["end"]))  # type: ignore[arg-type]


def _end(view: View, activity: "pd.Series[str]") -> None:
    st.markdown(view.t("edit.end.explained"))
    code = activity["activity_id"]
    day = st.text_input(view.t("edit.end.day"), key=f"edit_end_{code}", placeholder="2026-01-31")
    note = st.text_input(view.t("edit.note"), key=f"edit_end_note_{code}")
    st.button(
        view.t("edit.end.button"),
        key="edit_end_go",
        disabled=not day.strip(),
        on_click=_ended,
        args=(view, code, day.strip(), note),
    )


def _ended(view: View, activity_id: str, day: str, note: str) -> None:
    make = partial(flow.end_activity, view.settings, activity_id, day, note=note, who=remembered.who())
    remembered.decide(view, make, view.t("edit.end.done"))


def _history(view: View, activity_id: str) -> None:
    found = flow.edits_of(view.settings, view.data, activity_id)
    if found.empty:
        st.markdown(view.t("edit.history_none"))
        return
    words = {"status": lambda code: view.t(f"review.status.{code}")}
    labels = {name: view.t(f"review.column.{name}") for name in ("at", "who", "told", "note")}
    columns = ["at", "who", "told", "status", "note"]
    tables.table(found, columns, view, f"edits_{activity_id}", words=words, labels=labels)
    for row in found.to_dict("records"):
        if row["status"] != "replaced":
            holds = row["status"] != "undone"
            label = view.t("edit.undo" if holds else "edit.restore", n=row["id"])
            way = remembered.undo if holds else remembered.restore
            st.button(label, key=f"edit_undo_{row['id']}", on_click=way, args=(view, int(row["id"])))
