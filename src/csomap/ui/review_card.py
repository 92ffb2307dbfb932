"""One text that nobody could tell: its rows, what it may mean, and the buttons that say so."""

from functools import partial

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.tables import taxonomy
from csomap.ui import names, remembered, review_names, review_rows
from csomap.ui.view import View
from csomap.ui.wording import quoted

_LIKELY = 80  # likeness of 100 from which a candidate stands out
_NAMES = ("name_en", "name_ar", "name_ckb", "acronym")


def show(view: View, question: "pd.Series[str]") -> None:
    """Draw the card of a question (a row of flow.waiting)."""
    with st.container(border=True, key="review_card"):
        st.markdown(f"#### {quoted(review_names.subject(view, question))}")
        st.markdown(_told(view, question))
        review_rows.show(view, question)
        if question["context"] == review_names.ABROAD:
            st.markdown(view.t("review.abroad.explained"))
            _button(view, question, "", "review_abroad", view.t("review.abroad.button"), kind="primary")
            return
        _candidates(view, question)
        _another(view, question)
        if question["kind"] == "organisation":
            _new(view, question)
        else:
            _none_of_these(view, question)


def _none_of_these(view: View, question: "pd.Series[str]") -> None:
    kind = question["kind"].partition(":")[0]
    with st.container(horizontal=True, gap="small"):
        help = view.t(f"review.nothing_help.{kind}")
        _button(view, question, "", "review_nothing", view.t(f"review.nothing.{kind}"), help=help)
        if question["reason"] == "place_unknown" and not question["context"]:
            aside = question.copy()
            aside["context"] = review_names.ABROAD
            label, help = view.t("review.abroad.place"), view.t("review.abroad.place_help")
            _button(view, aside, "", "review_outside", label, help=help)


def _told(view: View, question: "pd.Series[str]") -> str:
    files = len(question["imports"].split(";"))
    waits = view.t(
        f"review.rows.{question['effect']}", n=int(question["rows"]), files=view.t("review.files", n=files)
    )
    said = [view.t(f"problem.{question['reason']}.reason"), waits]
    if question["kind"] == "place" and question["context"]:
        where = names.place_within(view, question["context"]) if _is_place(question["context"]) else ""
        said += [view.t("review.within", place=where)] if where else []
    return " ".join(said)


def _is_place(context: str) -> bool:
    return context != review_names.ABROAD


def _candidates(view: View, question: "pd.Series[str]") -> None:
    found = review_names.candidates(question["candidates"])
    if not found:
        st.markdown(view.t("review.no_candidates"))
        return
    st.markdown(f"**{view.t('review.perhaps')}**")
    stands_out = found[0][1] >= _LIKELY and (len(found) == 1 or found[0][1] > found[1][1])
    for place, (code, score) in enumerate(found):
        with st.container(border=True):
            pick, told = st.columns([1, 4], vertical_alignment="center")
        kind = "primary" if stands_out and not place else "secondary"
        with pick:
            _button(view, question, code, f"review_candidate_{place}", view.t("review.this_one"), kind=kind)
        words = review_names.evidence(view, question["kind"], code)
        said = [view.t("review.alike", n=round(score)), *words]
        named = quoted(review_names.name(view, question["kind"], code))
        told.markdown(f"**{named}**  \n{' · '.join(quoted(text) for text in said)}")


def _another(view: View, question: "pd.Series[str]") -> None:
    context = question["context"] if question["kind"] == "place" else ""
    known = review_names.everything(view, question["kind"], context)
    kind = question["kind"].partition(":")[0]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            view.t(f"review.another.{kind}"),
            list(known),
            index=None,
            key=f"review_another_{_of(question)}",
            placeholder=view.t("review.another.placeholder"),
            format_func=known.__getitem__,
        )
        _button(
            view, question, chosen or "", "review_use", view.t("review.another.use"), disabled=chosen is None
        )


def _new(view: View, question: "pd.Series[str]") -> None:
    with st.expander(view.t("review.new.title")):
        st.caption(view.t("review.new.caption"))
        key = _of(question)
        is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in question["subject"])
        own = "name_ar" if is_arabic else "name_en"
        told = {
            name: st.text_input(
                view.t(f"review.new.{name}"),
                value=question["subject"] if name == own else "",
                key=f"review_new_{name}_{key}",
            )
            for name in _NAMES
        }
        told["type"] = _type(view, key)
        st.button(
            view.t("review.new.button"),
            key="review_make",
            disabled=not any(told[name].strip() for name in _NAMES[:3]),
            on_click=_decide,
            args=(view, question, told, view.t("review.made", name=quoted(question["subject"]))),
        )


def _type(view: View, key: str) -> str:
    kinds = taxonomy.load("organisation_types")
    return st.selectbox(
        view.t("field.organisation_type"),
        ["", *kinds.codes],
        key=f"review_new_type_{key}",
        format_func=lambda code: kinds.label(code, view.lang) if code else view.t("frame.not_stated"),
    )


def _button(
    view: View,
    question: "pd.Series[str]",
    answer: str,
    key: str,
    label: str,
    *,
    kind: str = "secondary",
    disabled: bool = False,
    help: str | None = None,
) -> None:
    told = _sentence(view, question, answer)
    st.button(
        label,
        key=key,
        type=kind,  # type: ignore[arg-type]
        disabled=disabled,
        help=help,
        on_click=_decide,
        args=(view, question, answer, told),
    )


def _sentence(view: View, question: "pd.Series[str]", answer: str) -> str:
    text = quoted(review_names.subject(view, question))
    if answer:
        named = quoted(review_names.name(view, question["kind"], answer))
        return view.t("review.decided.is", text=text, name=named)
    if question["context"] == review_names.ABROAD:
        return view.t("review.decided.abroad", text=text)
    kind = question["kind"].partition(":")[0]
    return view.t(f"review.decided.no_{kind}", text=text) if kind != "organisation" else ""


def _decide(view: View, question: "pd.Series[str]", answer: str | dict[str, str], told: str) -> None:
    make = partial(
        flow.decide,
        view.settings,
        question["kind"],
        question["subject"],
        answer,
        context=question["context"],
        who=remembered.who(),
    )
    waits = question["effect"] == "review" and question["context"] != review_names.ABROAD
    remembered.decide(view, make, told, waits=waits)


def _of(question: "pd.Series[str]") -> str:
    return f"{question['kind']}_{question['subject']}_{question['context']}"
