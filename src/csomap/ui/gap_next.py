"""Where one more provider would relieve most: the ten areas, the numbers behind, what is not known."""

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import decimal, number
from csomap.tables.query import Query
from csomap.ui import frame, gap_list, names, state, tables
from csomap.ui.asked_once import asked_once
from csomap.ui.view import View
from csomap.ui.wording import quoted

FIRST = 10
_COLUMNS = [
    *("rank", "pcode", "service", "relief", "people_in_need", "providers", "organisations", "people_now"),
    *("people_after", "status", "unspecified", "severity", "reach", "beside"),
]
_HEIGHT = 390
_SILENT = ("no_data", "unknown")
# By whether an organisation was asked for, and whether nobody knows who is there.
_FIRST = {
    (False, False): "next.first",
    (True, False): "next.first_for",
    (False, True): "next.unknown_first",
    (True, True): "next.unknown_first_for",
}
_COUNTED = ("organisations", "providers", "people_now", "people_after")


def show(view: View, query: Query, service: str) -> None:
    """Draw the section for a service, or for an organisation and the services that it gives."""
    st.subheader(view.t("next.title"), anchor=False)
    organisation = _organisation(view, query)
    found = answer(view, query, organisation)
    rows = found if organisation else found[found["service"] == service]
    st.caption(view.t("next.meaning"))
    if rows.empty:
        st.info(view.t("next.none_for" if organisation else "next.none", **_who(view, organisation)))
        return
    _first(view, rows, organisation)
    _limits(view, rows.head(FIRST))
    _table(view, rows)
    frame.link("overlaps", view.t("next.to_overlaps"))


def answer(view: View, query: Query, organisation: str) -> pd.DataFrame:
    """Return WHERE_NEXT, remembered."""
    return _where_next(view.data, view.data.version, query, organisation)


@asked_once
def _where_next(_data: flow.Data, version: str, query: Query, organisation: str) -> pd.DataFrame:
    return flow.find_where_next(_data, query, organisation)


def _organisation(view: View, query: Query) -> str:
    """Draw the choice between the service above and an organisation; the address keeps it."""
    there = _present(view.data, view.data.version, query)
    offered = ["", *sorted(there, key=lambda code: names.organisation(view, code).casefold())]
    kept = state.kept("for")
    st.session_state["next_for"] = kept if kept in offered else ""
    st.selectbox(
        view.t("next.for"),
        offered,
        key="next_for",
        format_func=lambda code: names.organisation(view, code) if code else view.t("next.for_service"),
        on_change=lambda: state.keep("for", st.session_state["next_for"]),
    )
    return str(st.session_state["next_for"])


@asked_once
def _present(_data: flow.Data, version: str, query: Query) -> list[str]:
    return sorted(set(flow.find_active(_data, query.but(place=""))["organisation"]))


def _who(view: View, organisation: str) -> dict[str, str]:
    return {"organisation": names.organisation(view, organisation)} if organisation else {}


def _first(view: View, rows: pd.DataFrame, organisation: str) -> None:
    """Say what stands first and why, with the numbers that the order is made of."""
    top = rows.iloc[0]
    told = view.t(
        _FIRST[bool(organisation), top["status"] in _SILENT],
        place=quoted(names.place_within(view, top["pcode"])),
        service=names.service(view, top["service"]),
        people=number(top["people_in_need"], view.lang),
        indicator=view.t(f"frame.indicator.{top['indicator'] or 'none'}"),
        providers=decimal(top["providers"], view.lang, 1),
        now=number(top["people_now"], view.lang),
        after=number(top["people_after"], view.lang),
        **_who(view, organisation),
    )
    st.markdown(told)
    st.caption(gap_list.need(view, rows, view.query))


def _limits(view: View, rows: pd.DataFrame) -> None:
    """Say in how many of the rows somebody may be there whom no report names."""
    silent, vague = int((rows["status"] == "no_data").sum()), int((rows["unspecified"] > 0).sum())
    told = [view.t("next.silent", n=silent)] if silent else []
    told += [view.t("next.vague", n=vague)] if vague else []
    if told:
        st.caption(" ".join(told))


def _table(view: View, rows: pd.DataFrame) -> None:
    """Show the first rows; all of them on request, and always in what is taken away."""
    everything = False
    if len(rows) > FIRST:
        everything = st.toggle(view.t("next.all", count=len(rows)), key="next_all")
    columns = [name for name in _COLUMNS if _is_told(rows, name)]
    told = _silenced(rows)
    shown = told if everything else told.head(FIRST)
    words = {
        "reach": lambda code: view.t(f"next.reach.{code}") if code else "",
        "beside": lambda ids: names.organisations(view, ids),
    }
    labels = gap_list.counted(view, rows)
    tables.table(shown, columns, view, "next_table", height=_HEIGHT, words=words, labels=labels)
    if not view.present:
        tables.files(told, columns, view, "next_table", "csomap_where_next", words=words)


def _silenced(rows: pd.DataFrame) -> pd.DataFrame:
    """Return WHERE_NEXT with empty fields where nobody knows who is there; the order stays as it is."""
    silent = rows["status"].isin(_SILENT)
    return rows.assign(**{name: rows[name].where(~silent) for name in _COUNTED})


def _is_told(rows: pd.DataFrame, name: str) -> bool:
    if name == "service":
        return rows["service"].nunique() > 1
    return bool((rows[name] != "").any()) if name == "reach" else bool(rows[name].notna().any())
