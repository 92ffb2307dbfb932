"""What is compared with what: two windows, an import, a kept baseline; kept in the address as codes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.errors import CsomapError
from csomap.i18n import date, listing, month, period
from csomap.settings import Settings
from csomap.store import Store
from csomap.tables.query import Query
from csomap.ui import state
from csomap.ui.view import View
from csomap.ui.wording import quoted

USUAL = ""
_IMPORT, _BASELINE = "import:", "baseline:"


@dataclass(frozen=True)
class Compared:
    """Two sides, and a name for them: it changes with all that the answer depends on."""

    before: flow.Side
    now: flow.Side
    name: str


def choose(view: View, query: Query) -> Compared | None:
    """Draw what can be compared and return the two sides; tell why where there are none."""
    kept, imports = _baselines(view), _imports(view)
    befores = [
        USUAL,
        *(f"{_BASELINE}{one}" for one in kept["id"]),
        *(_IMPORT + one for one in imports["import_id"]),
    ]
    nows = [USUAL, *(_IMPORT + one for one in imports["import_id"])]
    words = _words(view, kept, imports)
    left, right = st.columns(2)
    with left:
        before = _select(view, "before", befores, words | {USUAL: view.t("change.before.usual")})
    with right:
        now = _select(view, "now", nows if before else [USUAL], words | {USUAL: view.t("change.now.usual")})
    try:
        return _compared(view, query, before, now, dict(zip(kept["id"], kept["name"], strict=True)))
    except CsomapError as fault:
        st.warning(quoted(fault.told(view.lang)))
        return None


def sentence(view: View, found: Compared) -> str:
    """Return which months stand on which side, which are left out, and whether there are as many."""
    sides = {"before": found.before, "now": found.now}
    windows = {name: period(side.start, side.end, view.lang) for name, side in sides.items()}
    told = [view.t("change.compared", **windows)]
    cut = sorted({days for side in sides.values() for days in side.unreported})
    if cut:
        named = listing([period(*days, view.lang) for days in cut], view.lang)
        told.append(view.t("change.unreported", months=named))
    if found.before.odd:
        told.append(view.t("change.odd", month=month(found.before.odd, view.lang)))
    months = {name: _months(side) for name, side in sides.items()}
    if months["before"] != months["now"]:
        told.append(view.t("change.unlike", **months))
    return " ".join(told)


def _months(side: flow.Side) -> int:
    return int((pd.Period(side.end, "M") - pd.Period(side.start, "M")).n) + 1


def _compared(view: View, query: Query, before: str, now: str, named: dict[int, str]) -> Compared | None:
    if not before:
        sides = flow.usual_sides(view.data, query)
        if sides is None:
            st.info(view.t("change.one_month"))
            return None
        return _named(*sides)
    earlier = _side(view, before, named)
    later = _side(view, now, named) if now else flow.Side(view.data, query.start, query.end)
    return _named(*(flow.reported_side(side, query) for side in (earlier, later)))


def _named(before: flow.Side, now: flow.Side) -> Compared:
    names = [f"{side.data.version}|{side.start}|{side.end}" for side in (before, now)]
    return Compared(before, now, "||".join(names))


def _side(view: View, code: str, named: dict[int, str]) -> flow.Side:
    if code.startswith(_IMPORT):
        return _import(view.settings, view.data.version, code.removeprefix(_IMPORT))
    name = named[int(code.removeprefix(_BASELINE))]
    return _baseline(view.settings, view.data, view.data.version, code, name)


@st.cache_resource(max_entries=6, show_spinner=False)
def _import(settings: Settings, version: str, import_id: str) -> flow.Side:
    side = flow.import_side(settings, import_id)
    return replace(side, data=flow.for_pages(side.data))


@st.cache_resource(max_entries=6, show_spinner=False)
def _baseline(settings: Settings, _data: flow.Data, version: str, code: str, name: str) -> flow.Side:
    """Remember a baseline by its code as well: a name that was dropped may stand for another one by now."""
    side = flow.baseline_side(settings, _data, name)
    return replace(side, data=flow.for_pages(side.data))


def _baselines(view: View) -> pd.DataFrame:
    known = flow.baselines(view.settings)
    there = known[(known["status"] == "kept") & (known["is_sample"] == view.data.is_sample)]
    return there.reset_index(drop=True)


def _imports(view: View) -> pd.DataFrame:
    """Return the imports that can stand alone: those of one kind with the data, newest first."""
    entries = Store(view.settings).imports()
    return entries[entries["is_sample"].astype(bool) == view.data.is_sample].reset_index(drop=True)


def _words(view: View, kept: pd.DataFrame, imports: pd.DataFrame) -> dict[str, str]:
    told = {
        f"{_BASELINE}{row['id']}": view.t("change.before.baseline", name=_isolated(row["name"]))
        for row in kept.to_dict("records")
    }
    for row in imports.to_dict("records"):
        day = _day(view, row["imported_at"])
        words = view.t("change.before.import", name=_isolated(row["name"]), day=day)
        told[_IMPORT + row["import_id"]] = words
    return told


def _day(view: View, at: dt.datetime) -> str:
    return date(at.date(), view.lang)


def _isolated(text: str) -> str:
    return f"\u2068{text}\u2069"


def _select(view: View, name: str, options: Sequence[str], words: dict[str, str]) -> str:
    """Draw a choice that the address keeps; one that is not offered (any more) is the usual one."""
    kept, key = state.kept(name), f"change_{name}"
    st.session_state[key] = kept if kept in options else USUAL
    st.selectbox(
        view.t(f"change.{name}.title"),
        options,
        key=key,
        format_func=words.__getitem__,
        on_change=lambda: state.keep(name, st.session_state[key]),
        disabled=len(options) == 1,
    )
    return str(st.session_state[key])
