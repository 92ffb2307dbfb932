"""What people say of an overlap: what holds, since when and by whom, and the form to say something."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from csomap.i18n import date
from csomap.tables import taxonomy
from csomap.tables.places import level_of
from csomap.ui import frame, names, overlap_steps, remembered, verdict_saving
from csomap.ui.judged import Judged
from csomap.ui.overlap_why import both_names
from csomap.ui.verdict_saving import Proposal
from csomap.ui.view import View
from csomap.ui.wording import quoted

CHOICES = ("duplicate_work", "shared_load", "same_project", "data_error", "undecided")
_SHOWN = 8
_ROW, _PAIR = "row", "pair"


def show(
    view: View, found: Judged, row: "pd.Series[Any]", pair: "pd.Series[Any]", listed: pd.DataFrame
) -> None:
    """Draw what was said of each two organisations of the row, and the form."""
    asking = found.standing(row["overlap_id"])
    st.markdown(f"**{view.t('overlap.judge.title')}**")
    if asking.empty:
        st.caption(view.t("overlap.judge.nothing_asks"))
        return
    for one in asking.head(_SHOWN).to_dict("records"):
        _standing(view, one, is_only=len(asking) == 1)
    if len(asking) > _SHOWN:
        st.caption(view.t("overlap.judge.more", n=len(asking) - _SHOWN))
    remembered.ask_who(view)
    _form(view, row, asking, _own(asking, pair), listed)


def _own(asking: pd.DataFrame, pair: "pd.Series[Any]") -> pd.DataFrame:
    own: pd.DataFrame = asking[(asking["org_a"] == pair["org_a"]) & (asking["org_b"] == pair["org_b"])]
    return own


def _names(view: View, asked: pd.DataFrame) -> str:
    """Return the names of the first two organisations."""
    return both_names(view, asked["org_a"].iloc[0], asked["org_b"].iloc[0])


def _standing(view: View, one: Mapping[Any, Any], *, is_only: bool) -> None:
    """Say what holds between two organisations, where it was said, and who came since."""
    verdict = view.t(f"overlap.verdict.{one['verdict']}")
    lead = "" if is_only else f"{quoted(both_names(view, one['org_a'], one['org_b']))}: "
    told = [f"- {lead}**{verdict}**"]
    if one["verdict_id"]:
        who = {"who": quoted(one["who"]), "day": date(one["at"], view.lang)}
        told.append(view.t("overlap.judge.said", **who))
    if one["note"]:
        told.append(view.t("overlap.judge.noted", note=quoted(one["note"])))
    if one["is_new"]:
        told.append(f"**{view.t('verdicts.state.is_new')}**")
    st.markdown(" · ".join(told))
    if one["inherited"]:
        frame.link("overlaps", view.t("overlap.judge.inherited", cell=cell(view, one)), **_address(one))


def cell(view: View, one: Mapping[Any, Any]) -> str:
    """Return the words of a cell: service, group, characteristic and place."""
    trait = one["characteristic"]
    told = [
        names.service(view, one["service"]),
        names.group(view, one["population_group"]),
        *([names.characteristic(view, trait)] if trait else []),
        names.place_within(view, one["pcode"]),
    ]
    return " · ".join(told)


def _address(one: Mapping[Any, Any]) -> dict[str, str]:
    """Return the filters and levels that show the cell in which a verdict was given."""
    place, is_site = one["pcode"].split("|")[0], "|" in one["pcode"]
    level = taxonomy.load("services").level(one["service"])
    where = {"place": place, "in": "site" if is_site else level_of(place), "by": level}
    return where | {"population": one["population_group"], level: one["service"]}


def _form(
    view: View, row: "pd.Series[Any]", asking: pd.DataFrame, own: pd.DataFrame, listed: pd.DataFrame
) -> None:
    key = f"verdict_{row['overlap_id']}_{verdict_saving.saved()}"
    with st.form(key, border=False):
        if len(asking) > 1:
            _scope(view, key, asking, own)
        held = asking["verdict"].iloc[0] if asking["verdict"].nunique() == 1 else ""
        ask(view, key, held, reopen=bool((asking["verdict_id"] > 0).any()))
        st.form_submit_button(
            view.t("overlap.judge.save"),
            type="primary",
            shortcut="Ctrl+S",  # single keys do nothing while a choice or the note has the focus
            on_click=_save,
            args=(view, key, row, asking, own, listed),
        )


def _scope(view: View, key: str, asking: pd.DataFrame, own: pd.DataFrame) -> None:
    words = {_ROW: view.t("overlap.judge.whole_row", n=len(asking))}
    if len(own):
        words[_PAIR] = view.t("overlap.judge.one_pair", pair=_names(view, own))
    st.radio(view.t("overlap.judge.scope"), list(words), key=f"{key}_scope", format_func=words.__getitem__)


def ask(view: View, key: str, held: str, *, reopen: bool) -> None:
    """Draw the verdicts, each with a line that explains it, and the note; kept under `key`."""
    offered = CHOICES if reopen else CHOICES[:-1]
    st.radio(
        view.t("overlap.judge.label"),
        offered,
        index=offered.index(held) if held in offered else None,
        key=f"{key}_choice",
        format_func=lambda code: view.t(f"overlap.verdict.{code}"),
        captions=[view.t(f"verdicts.means.{code}") for code in offered],
    )
    st.text_area(
        view.t("overlap.judge.note"),
        key=f"{key}_note",
        height=68,
        max_chars=500,
        placeholder=view.t("overlap.judge.note_placeholder"),
    )


def _save(
    view: View,
    key: str,
    row: "pd.Series[Any]",
    asking: pd.DataFrame,
    own: pd.DataFrame,
    listed: pd.DataFrame,
) -> None:
    verdict = st.session_state.get(f"{key}_choice")
    if not verdict:
        remembered.say(view, view.t("overlap.judge.choose"), kind="warning")
        return
    whole = len(own) == 0 or st.session_state.get(f"{key}_scope", _ROW) == _ROW
    asked = asking if whole else own
    note, told = st.session_state.get(f"{key}_note", ""), _told(view, row, asked, verdict)
    goal = "" if verdict == "undecided" else _goal(row, asking, asked, listed)
    wanted = Proposal(asked, row.to_frame().T, verdict, note, told, goal, row["overlap_id"])
    verdict_saving.save(view, wanted)


def _told(view: View, row: "pd.Series[Any]", asked: pd.DataFrame, verdict: str) -> str:
    """Return what is said of whom, and where."""
    place = quoted(names.place_within(view, row["pcode"]))
    return view.t(
        f"overlap.judge.done_{'row' if len(asked) > 1 else 'pair'}",
        n=len(asked),
        pair=quoted(_names(view, asked)),
        what=f"{names.service(view, row['service'])}, {place}",
        verdict=view.t(f"overlap.verdict.{verdict}"),
    )


def _goal(row: "pd.Series[Any]", asking: pd.DataFrame, asked: pd.DataFrame, listed: pd.DataFrame) -> str:
    """Return the row to show next: this one while another pair of it waits, else the next undecided."""
    others = asking.drop(asked.index, errors="ignore")
    if (others["verdict"] == "undecided").any():
        return ""
    return overlap_steps.next_undecided(listed, row["overlap_id"])
