"""The biggest gaps of a meeting's area and what ends there next, in rows that a room can read."""

from html import escape

import pandas as pd
import streamlit as st

from csomap import flow
from csomap.i18n import number
from csomap.reports import minuted_gaps
from csomap.ui import answers, frame, gap_list, transition_answers
from csomap.ui.view import View

_GAP = ("service", "pcode")
_COMING = ("service", "pcode", "population_group")


def gaps(view: View, meeting: flow.Meeting) -> list[dict[str, str]]:
    """Draw the biggest gaps; return what an action could be about."""
    query = flow.gap_query(view.data, view.query)
    ranked = answers.gaps(view, query)
    told = flow.biggest_gaps(ranked)
    st.subheader(view.t("meeting.step.gaps"), anchor=False)
    st.markdown(minuted_gaps.gaps_told(view, told))
    if len(told):
        st.markdown(gap_list.need(view, told, query))
    _grid(minuted_gaps.gap_table(view, told), view)
    for line in minuted_gaps.silence_told(view, ranked):
        st.markdown(line)
    frame.link("gaps", view.t("meeting.gaps.all"))
    return _offered(told, "gap", _GAP)


def coming(view: View, meeting: flow.Meeting) -> list[dict[str, str]]:
    """Draw what ends next; return what an action could be about."""
    found = transition_answers.coming_gaps(view, flow.coming_query(view.data, view.query))
    told = flow.next_endings(found)
    st.subheader(view.t("meeting.step.coming"), anchor=False)
    st.markdown(minuted_gaps.coming_told(view, told))
    _grid(minuted_gaps.coming_table(view, told), view)
    frame.link("transitions", view.t("meeting.coming.all"))
    return _offered(told, "coming", _COMING)


def _offered(told: pd.DataFrame, kind: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    rows = told[list(columns)].astype("str").to_dict("records")
    return [{"kind": kind, **{str(name): code for name, code in row.items()}} for row in rows]


def _grid(table: pd.DataFrame | None, view: View) -> None:
    """Draw a table of words in the type of the page, which the drawn tables of Streamlit do not follow."""
    if table is None:
        return
    heads = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(_cell(cell, view.lang))}</td>' for cell in row)}</tr>"
        for row in table.itertuples(index=False, name=None)
    )
    grid = f'<table class="csomap-grid"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    st.html(f'<div class="csomap-scroll">{grid}</div>')


def _cell(cell: object, lang: str) -> str:
    if cell is None:
        return "–"
    return number(cell, lang) if isinstance(cell, int) else str(cell)
