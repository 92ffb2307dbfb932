"""What the registry says of an organisation, in a form for the person who keeps it; with history and undo."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.errors import Outdated
from csomap.i18n import date
from csomap.tables import taxonomy
from csomap.tables.organisation_schemas import REGISTRATIONS
from csomap.ui import frame, names, remembered
from csomap.ui.view import View
from csomap.ui.wording import quoted

_TEXTS = ("name_en", "name_ar", "name_ckb", "acronym", "founded", "aliases")
_FIELDS = (
    "name_en",
    "name_ar",
    "name_ckb",
    "acronym",
    "type",
    "registration",
    "founded",
    "functions",
    "aliases",
)
_DRAFT, _ROUND = "organisation_draft", "organisation_form_round"


def show(view: View, one: "pd.Series[Any]") -> None:
    """Draw the part for an organisation (a row of ORGANISATIONS)."""
    st.markdown(view.t("organisation.registry.explained"))
    remembered.ask_who(view, "_organisation")
    _form(view, one)
    frame.link("review", view.t("organisation.registry.all"), show="registry")
    _history(view, one["org_id"])


def _form(view: View, one: "pd.Series[Any]") -> None:
    """Draw the form; what somebody could not keep is still in it."""
    org_id = str(one["org_id"])
    before = {name: str(one[name]) for name in _FIELDS}
    draft = st.session_state.get(_DRAFT, {})
    shown = before | (draft.get(org_id, {}))
    key = f"organisation_{org_id}_{st.session_state.get(_ROUND, 0)}"
    with st.form(f"{key}_form", border=True):
        columns = st.columns(2)
        for place, name in enumerate(_FIELDS):
            with columns[place % 2]:
                _field(view, name, shown[name], f"{key}_{name}")
        note = f"{key}_note"
        st.text_input(view.t("edit.note"), key=note, help=view.t("edit.note_help"), max_chars=300)
        st.form_submit_button(
            view.t("organisation.registry.keep"),
            type="primary",
            key=f"{key}_keep",
            on_click=_keep,
            args=(view, org_id, before, flow.registry_seen(view.settings, org_id), key),
        )


def _field(view: View, name: str, value: str, key: str) -> None:
    label = view.t(f"review.field.{name}")
    if name in _TEXTS:
        text = "; ".join(value.split(";")) if name == "aliases" else value
        told = view.t(f"organisation.registry.help.{name}") if name in ("founded", "aliases") else None
        st.text_input(label, text, key=key, help=told, max_chars=1000)
        return
    known = _choices(view, name)
    chosen = [code for code in value.split(";") if code]
    offered = list(dict.fromkeys([*known, *chosen]))
    if name == "type":
        index = offered.index(value) if value in offered else None
        st.selectbox(label, offered, index, lambda code: known.get(code, code), key,
                     placeholder=view.t("organisation.not_known"))  # fmt: skip
        return
    st.multiselect(label, offered, chosen, lambda code: known.get(code, code), key,
                   placeholder=view.t("organisation.not_known"), select_all=False)  # fmt: skip


def _choices(view: View, name: str) -> dict[str, str]:
    if name == "registration":
        return {code: view.t(f"organisation.registration.{code}") for code in REGISTRATIONS}
    if name == "type":
        kinds = taxonomy.load("organisation_types").codes
        return {code: names.organisation_type(view, code) for code in kinds}
    return {code: names.function(view, code) for code in taxonomy.load("functions").codes}


def _keep(view: View, org_id: str, before: Mapping[str, str], seen: int, key: str) -> None:
    """Keep what was changed in the form; what is refused stays in it."""
    given = {name: _given(st.session_state[f"{key}_{name}"]) for name in _FIELDS}
    changes = {name: text for name, text in given.items() if text != before[name]}
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    drafts = st.session_state.setdefault(_DRAFT, {})
    drafts.pop(org_id, None)
    if not changes:
        remembered.say(view, view.t("edit.correct.nothing"), kind="warning")
        return
    make = partial(
        flow.correct_organisation, view.data, view.settings, org_id, changes,
        seen=seen, note=st.session_state[f"{key}_note"], who=remembered.who(),
    )  # fmt: skip
    if not _made(view, make, len(changes)):
        drafts[org_id] = changes


def _made(view: View, make: Any, count: int) -> bool:
    try:
        return remembered.decide(view, make, view.t("organisation.registry.done", n=count))
    except Outdated as fault:
        remembered.say(view, _meanwhile(view, fault), kind="warning")
        return False


def _meanwhile(view: View, fault: Outdated) -> str:
    """Say who changed the organisation since the form was drawn."""
    last = [*fault.undone, *fault.held][-1:]
    told = (
        {"who": quoted(last[0].who), "day": date(last[0].at, view.lang)} if last else {"who": "–", "day": "–"}
    )
    return view.t("organisation.registry.outdated", **told)


def _given(value: Any) -> str:
    """Return what a field says as the registry keeps it: lists joined by ;."""
    if isinstance(value, list):
        return ";".join(sorted(value))
    parts = (part.strip() for part in (value or "").split(";"))
    return ";".join(part for part in parts if part)


def _history(view: View, org_id: str) -> None:
    """List what was decided about the organisation, each with the way back from it."""
    st.subheader(view.t("organisation.registry.history"), anchor=False)
    every = flow.decisions(view.settings, view.lang)
    own = every[(every["kind"] == "registry") & (every["subject"] == org_id)]
    if own.empty:
        st.caption(view.t("organisation.registry.no_history"))
    for row in own.to_dict("records"):
        told = [date(row["at"], view.lang), row["who"], view.t(f"review.status.{row['status']}"), row["note"]]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(" · ".join(quoted(text) for text in told if text))
            _back(view, row)


def _back(view: View, row: Mapping[Any, Any]) -> None:
    if row["status"] == "replaced":
        return
    gone = row["status"] == "undone"
    st.button(
        view.t("review.restore" if gone else "review.undo"),
        key=f"organisation_undo_{row['id']}",
        type="tertiary",
        on_click=remembered.restore if gone else remembered.undo,
        args=(view, int(row["id"])),
    )
