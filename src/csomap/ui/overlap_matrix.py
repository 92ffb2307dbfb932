"""Services by places, with how many overlaps there are in each."""

from html import escape

import pandas as pd
import streamlit as st

from csomap.i18n import number
from csomap.tables.query import Query
from csomap.ui import names
from csomap.ui.view import View

PLACES = 15
_SHADES = 5
_STYLE = """<style>
.csomap-matrix{overflow-x:auto}
.csomap-matrix table{border-collapse:collapse;font-size:.9rem;line-height:1.3;width:auto}
.csomap-matrix th{font-weight:500;text-align:start;padding:.25rem .6rem;vertical-align:bottom}
.csomap-matrix th,.csomap-matrix td{border:1px solid #E4E7EB}
.csomap-matrix thead span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:9rem}
.csomap-matrix td{text-align:center;min-width:2.5rem;font-variant-numeric:tabular-nums}
</style>"""


def show(view: View, rows: pd.DataFrame, query: Query) -> None:
    """Draw the matrix of the places with the most overlaps; rows: OVERLAPS columns."""
    if rows.empty:
        return
    grid, end = counted(rows), "_sector" if query.service_level == "sector" else ""
    st.subheader(view.t(f"overlap.matrix.title{end}"), anchor=False)
    st.caption(view.t(f"overlap.matrix.caption{end}", n=len(grid.columns)))
    st.html(f'{_STYLE}<div class="csomap-matrix" tabindex="0">{_table(view, grid)}</div>')


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many rows each service (index) has in each of the 15 places (columns) with the most."""
    most = rows["pcode"].value_counts(sort=False)
    places = most.sort_values(ascending=False, kind="stable").head(PLACES).index
    inside = rows[rows["pcode"].isin(places)]
    grid = inside.groupby(["service", "pcode"]).size().unstack(fill_value=0)[list(places)]
    order = grid.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return grid.loc[order]


def _table(view: View, grid: pd.DataFrame) -> str:
    places = "".join(_head(names.place(view, code), names.place_within(view, code)) for code in grid.columns)
    highest = int(grid.to_numpy().max())
    lines = "".join(_line(view, code, grid.loc[code], highest) for code in grid.index)
    corner = f'<th scope="col">{escape(view.t("overlap.matrix.corner"))}</th>'
    return f"<table><thead><tr>{corner}{places}</tr></thead><tbody>{lines}</tbody></table>"


def _head(name: str, title: str) -> str:
    return f'<th scope="col" title="{escape(title)}"><span>{escape(name)}</span></th>'


def _line(view: View, service: str, counts: "pd.Series[int]", highest: int) -> str:
    cells = "".join(_cell(int(count), highest, view.lang) for count in counts)
    return f'<tr><th scope="row">{escape(names.service(view, service))}</th>{cells}</tr>'


def _cell(count: int, highest: int, lang: str) -> str:
    if not count:
        return "<td></td>"
    share = -(-count * _SHADES // highest) / _SHADES  # up to the next fifth, so that few is still seen
    return f'<td style="background:rgba(15,92,99,{0.08 + 0.3 * share:.2f})">{number(count, lang)}</td>'
