"""Two organisations that are one: choose both, see what becomes of them, say so."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from csomap import flow
from csomap.ui import names, remembered, review_names, tables
from csomap.ui.view import View
from csomap.ui.wording import quoted

_COLUMNS = ["name", "acronym", "type", "activities", "first_month", "last_month", "aliases"]


def show(view: View) -> None:
    """Draw the choice of two organisations, both side by side, and the button that makes them one."""
    st.markdown(view.t("review.merge.explained"))
    known = review_names.everything(view, "organisation", "")
    one, other = (_choice(view, known, side) for side in ("gone", "kept"))
    if one is None or other is None:
        return
    if one == other:
        st.warning(view.t("review.merge.same"))
        return
    _compared(view, one, other)
    named = {"gone": _name(view, one), "kept": _name(view, other)}
    st.markdown(view.t("review.merge.becomes", **named))
    st.button(
        view.t("review.merge.button"),
        key="merge_go",
        type="primary",
        on_click=_merge,
        args=(view, one, other, view.t("review.merge.done", **named)),
    )


def _choice(view: View, known: Mapping[str, str], side: str) -> str | None:
    return st.selectbox(
        view.t(f"review.merge.{side}"),
        list(known),
        index=None,
        key=f"merge_{side}",
        placeholder=view.t("review.another.placeholder"),
        format_func=lambda code: known.get(code, code),
    )


def _name(view: View, org_id: str) -> str:
    return quoted(review_names.name(view, "organisation", org_id))


def _compared(view: View, one: str, other: str) -> None:
    found = view.data.organisations.set_index("org_id").loc[[one, other]].reset_index()
    shown = found.assign(name=[review_names.name(view, "organisation", code) for code in found["org_id"]])
    kinds = {"type": lambda code: names.organisation_type(view, code)}
    labels = {"aliases": view.t("review.column.aliases")}
    tables.table(shown, _COLUMNS, view, f"merge_{one}_{other}", words=kinds, labels=labels)


def _merge(view: View, one: str, other: str, told: str) -> None:
    make = partial(flow.merge, view.settings, one, other, who=remembered.who(), data=view.data)
    remembered.decide(view, make, told)
    for side in ("gone", "kept"):
        st.session_state[f"merge_{side}"] = None
