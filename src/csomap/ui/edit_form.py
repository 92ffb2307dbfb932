"""The fields of one activity as a form: choices in the reader's language, days and numbers as text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.tables import taxonomy
from csomap.ui import remembered, review_names
from csomap.ui.view import View

_TERMS = ("service", "function", "status", "organisation_type")
_TERM_LISTS = ("population_group", "characteristic")
_WHO_LISTS = ("programme_organisation", "funder")
_FIRST = ("organisation", "service", "pcode", "site", "population_group", "start", "end", "status")
_MORE = (
    "characteristic",
    "function",
    "programme_organisation",
    "funder",
    "organisation_type",
    "targeted",
    "reached",
    "value_usd",
    "activity_id",
    "project_id",
    "latitude",
    "longitude",
)
_FIXED = ("activity_id", "organisation_type")  # they name an activity, or come from the registry
_REQUIRED = ("organisation", "service", "pcode", "start")


def add(view: View) -> None:
    """Draw an empty form; what is filled in becomes an activity."""
    key = f"add_{st.session_state.get('edit_round', 0)}"
    told = _form(view, key, dict.fromkeys((*_FIRST, *_MORE), ""), "edit.add.button")
    if told is None:
        return
    given, note = told
    missing = [name for name in _REQUIRED if not given[name]]
    if missing:
        for name in missing:
            st.error(view.t("edit.missing", field=view.t(f"field.{name}")))
        return
    fields = {name: _spelt(view, name, value) for name, value in given.items() if value}
    make = partial(flow.add_activity, view.settings, fields, note=note, who=remembered.who())
    if remembered.decide(view, make, view.t("edit.add.done")):
        st.session_state["edit_round"] = st.session_state.get("edit_round", 0) + 1
    st.rerun()


def correct(view: View, activity: "pd.Series[Any]") -> None:
    """Draw the form of an activity as it is now; only what is changed in it is kept."""
    fields = [name for name in (*_FIRST, *_MORE) if name not in _FIXED]
    before = {name: _as_text(activity[name]) for name in fields}
    stamp = abs(hash(tuple(before.values())))
    told = _form(view, f"{activity['activity_id']}_{stamp}", before, "edit.correct.button")
    if told is None:
        return
    given, note = told
    changes = {name: _spelt(view, name, given[name]) for name in fields if given[name] != before[name]}
    if not changes:
        st.info(view.t("edit.correct.nothing"))
        return
    code = activity["activity_id"]
    make = partial(flow.correct_activity, view.settings, code, changes, note=note, who=remembered.who())
    remembered.decide(view, make, view.t("edit.correct.done", n=len(changes)))
    st.rerun()


def _form(view: View, key: str, before: Mapping[str, str], button: str) -> tuple[dict[str, str], str] | None:
    """Return what the form says, by field, and the note; None until it is sent."""
    with st.form(f"edit_form_{key}", border=False):
        columns = st.columns(2)
        given = {}
        for place, name in enumerate(name for name in _FIRST if name in before):
            with columns[place % 2]:
                given[name] = _field(view, name, before[name], key)
        with st.expander(view.t("edit.more")):
            for name in (name for name in _MORE if name in before):
                given[name] = _field(view, name, before[name], key)
        note = st.text_input(view.t("edit.note"), key=f"edit_{key}_note", help=view.t("edit.note_help"))
        return (given, note) if st.form_submit_button(view.t(button), type="primary") else None


def _field(view: View, name: str, value: str, key: str) -> str:
    """Draw one field and return what it says: a code, codes joined by ;, or text."""
    widget = f"edit_{key}_{name}"
    label = view.t(f"field.{name}") + (" *" if name in _REQUIRED else "")
    if not _kind(name):
        shown = "2026-01-31" if name in ("start", "end") else ""
        return st.text_input(label, value, key=widget, placeholder=shown).strip()
    old = [code for code in value.split(";") if code]
    known = dict.fromkeys(old, "") | review_names.everything(view, _kind(name), "")
    choice = _Choice(label, {code: told or code for code, told in known.items()}, old, widget)
    return _several(view, choice) if name in (*_TERM_LISTS, *_WHO_LISTS) else _one(view, choice)


@dataclass(frozen=True)
class _Choice:
    """A field with choices: `known` by code, `old` are those that are chosen at first."""

    label: str
    known: Mapping[str, str]
    old: list[str]
    key: str

    def told(self, code: str) -> str:
        return self.known.get(code, code)

    @property
    def is_open(self) -> bool:
        """An organisation may be one that nobody has named yet."""
        return self.key.endswith(("_organisation", "_programme_organisation", "_funder"))


def _several(view: View, choice: _Choice) -> str:
    chosen = st.multiselect(
        choice.label,
        list(choice.known),
        choice.old,
        choice.told,
        choice.key,
        placeholder=view.t("review.another.placeholder"),
        accept_new_options=choice.is_open,
        select_all=False,
    )
    return ";".join(sorted(chosen))


def _one(view: View, choice: _Choice) -> str:
    known = list(choice.known)
    chosen = st.selectbox(
        choice.label,
        known,
        known.index(choice.old[0]) if choice.old else None,
        choice.told,
        choice.key,
        placeholder=view.t("review.another.placeholder"),
        accept_new_options=choice.is_open,
    )
    return chosen or ""


def _kind(name: str) -> str:
    if name in ("organisation", *_WHO_LISTS):
        return "organisation"
    if name == "pcode":
        return "place"
    return f"term:{taxonomy.OF_FIELD[name]}" if name in (*_TERMS, *_TERM_LISTS) else ""


def _as_text(value: Any) -> str:
    """Return a value of an activity as the form shows it."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _spelt(view: View, name: str, value: str) -> str:
    """Return what a form says in the words of a file: a newcomer goes by its name, not by its id."""
    if _kind(name) != "organisation":
        return value
    found = view.data.organisations
    new = found[found["status"] == "provisional"].set_index("org_id")["name_en"]
    return ";".join(str(new.get(code, code)) for code in value.split(";"))
