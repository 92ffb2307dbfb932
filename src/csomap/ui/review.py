"""The page of what the tool does not know: each text that waits once, with the rows that it stands in."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import listing
from csomap.ui import (
    frame,
    remembered,
    review_card,
    review_history,
    review_merge,
    review_names,
    review_registry,
    state,
    tables,
)
from csomap.ui.view import View

_KINDS = ("place", "organisation", "term")
_OTHERS: dict[str, Callable[[View], None]] = {
    "merge": review_merge.show,
    "registry": review_registry.show,
    "history": review_history.show,
}
_COLUMNS = ["subject", "rows", "files", "best", "score", "reason"]
_HEIGHT = 300
_AT = "review_at"
_TURN = "review_turn"
_PICKED = "review_picked"


def show(view: View) -> None:
    """Draw the page. What is filtered elsewhere has no say here."""
    waits = _waiting(view.data, view.data.version)
    waiting = view.data.waiting
    st.markdown(view.t("review.intro", n=waiting) if waiting else view.t("review.understood"))
    remembered.ask_who(view)
    remembered.told(view)
    kinds = waits["kind"].astype("str").str.split(":").str[0]
    shown = _part(view, kinds)
    if shown in _OTHERS:
        _OTHERS[shown](view)
    else:
        _questions(view, waits[kinds == shown].reset_index(drop=True), shown)


@st.cache_resource(max_entries=3, show_spinner=False)
def _waiting(_data: flow.Data, version: str) -> pd.DataFrame:
    return flow.waiting(_data)


def _part(view: View, kinds: "pd.Series[str]") -> str:
    counts = kinds.value_counts()
    names = [*_KINDS, *_OTHERS]
    labels = {name: view.t(f"review.part.{name}") for name in names}
    labels |= {
        name: view.t("review.counted", name=labels[name], n=int(counts.get(name, 0))) for name in _KINDS
    }
    busiest = next((name for name in _KINDS if counts.get(name, 0)), _KINDS[0])
    kept = state.kept("show", busiest)
    st.session_state["review_show"] = kept if kept in names else busiest
    st.segmented_control(
        view.t("review.part.label"),
        names,
        key="review_show",
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        on_change=lambda: state.keep("show", st.session_state["review_show"]),
        required=True,
    )
    return str(st.session_state["review_show"])


def _questions(view: View, waits: pd.DataFrame, kind: str) -> None:
    if waits.empty:
        st.success(view.t(f"review.none.{kind}"))
        if view.data.is_sample:
            frame.link("import", view.t("review.to_import"))
        return
    st.caption(view.t(f"review.hint.{kind}"))
    position = _chosen(waits, kind, _table(view, waits, kind))
    _steps(view, waits, position, kind)
    review_card.show(view, waits.iloc[position])


def _table(view: View, waits: pd.DataFrame, kind: str) -> int | None:
    shown = waits.assign(
        subject=[review_names.subject(view, one) for _, one in waits.iterrows()],
        files=[_files(view, ids) for ids in waits["imports"]],
        best=[_best(view, *told) for told in zip(waits["kind"], waits["candidates"], strict=True)],
        score=waits["candidates"].map(_score).astype(float),
    )
    columns = [*_COLUMNS[:1], *(["field"] if kind == "term" else []), *_COLUMNS[1:]]
    if kind == "term":
        shown["field"] = [view.t(f"review.taxonomy.{one.partition(':')[2]}") for one in waits["kind"]]
    words = {"reason": lambda code: view.t(f"problem.{code}.reason")}
    labels = {
        name: view.t(f"review.column.{name}") for name in ("subject", "field", "files", "best", "score")
    }
    return tables.table(
        shown,
        columns,
        view,
        f"review_{kind}_{st.session_state.get(_TURN, 0)}",
        height=_HEIGHT if len(shown) > 7 else None,
        select=True,
        words=words,
        labels=labels,
    )


def _files(view: View, ids: str) -> str:
    return listing(sorted({view.data.names.get(one, one) for one in ids.split(";")}), view.lang)


def _best(view: View, kind: str, candidates: str) -> str:
    found = review_names.candidates(candidates)
    return review_names.name(view, kind, found[0][0]) if found else ""


def _score(candidates: str) -> float:
    found = review_names.candidates(candidates)
    return found[0][1] if found else float("nan")


def _key(row: "pd.Series[str]") -> tuple[str, str, str]:
    return row["kind"], row["subject"], row["context"]


def _chosen(waits: pd.DataFrame, kind: str, picked: int | None) -> int:
    """Return the position of the question to show; once it is decided, that of the one after it."""
    at, place = st.session_state.get(f"{_AT}_{kind}", (None, 0))
    if picked is not None and picked != st.session_state.get(_PICKED):
        place = picked
    else:
        keys = list(zip(waits["kind"], waits["subject"], waits["context"], strict=True))
        place = keys.index(at) if at in keys else place
    st.session_state[_PICKED] = picked
    place = min(place, len(waits) - 1)
    st.session_state[f"{_AT}_{kind}"] = (_key(waits.iloc[place]), place)
    return int(place)


def _steps(view: View, waits: pd.DataFrame, position: int, kind: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, to in (("previous", position - 1), ("next", position + 1)):
            inside = 0 <= to < len(waits)
            goal = (_key(waits.iloc[to]), to) if inside else None
            label, key = view.t(f"review.step.{name}"), f"review_{name}"
            st.button(label, key=key, on_click=_stepped, args=(kind, goal), disabled=not inside)
        st.markdown(view.t("review.step.position", n=position + 1, total=len(waits)))


def _stepped(kind: str, goal: tuple[tuple[str, str, str], int]) -> None:
    """Go to a question; a new table begins, for a row still ticked there would not be the one shown."""
    st.session_state[f"{_AT}_{kind}"] = goal
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_PICKED] = None
