"""The section of change: who came and who went, by area and service, between two windows."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]
import streamlit as st

from csomap import figures, flow, geo
from csomap.i18n import decimal, listing
from csomap.tables import taxonomy
from csomap.tables.query import Query
from csomap.ui import change_baselines, change_sides, charts, names, parts, state, tables
from csomap.ui.asked_once import asked_once
from csomap.ui.view import View
from csomap.ui.wording import quoted

KINDS = (
    *("gone", "shrunk", "new", "grown", "same", "none"),
    *("silent_before", "silent_now", "silent", "unknown"),
)
_COLUMNS = [
    *("pcode", "service", "change", "presence_before", "presence_now", "organisations_before"),
    *("organisations_now", "cso_count_before", "cso_count_now", "status_before", "status_now"),
    *("org_ids_gone", "org_ids_new"),
]
_SILENT = ("no_data", "unknown")
_NUMBERS = ("organisations", "cso_count", "org_months", "presence")
_HEIGHT = 330
_TOLERANCE = 0.01  # degrees; the whole country is in view


def show(view: View, query: Query) -> None:
    """Draw the section for a query whose levels are at least as fine as its filters."""
    st.subheader(view.t("change.title"), anchor=False)
    st.caption(view.t("change.meaning"))
    found = change_sides.choose(view, query)
    if found:
        st.markdown(change_sides.sentence(view, found))
        _drawn(view, query, answer(view, query, found))
    change_baselines.show(view)


def answer(view: View, query: Query, compared: change_sides.Compared) -> pd.DataFrame:
    """Return CHANGE of two sides, remembered."""
    return _change(compared.before, compared.now, compared.name, query)


@asked_once
def _change(_before: flow.Side, _now: flow.Side, name: str, query: Query) -> pd.DataFrame:
    return flow.find_change(_before, _now, query)


def _drawn(view: View, query: Query, rows: pd.DataFrame) -> None:
    if rows.empty:
        st.info(view.t("gap.list.empty"))
        return
    service = _service(view, rows)
    own = rows[rows["service"] == service].reset_index(drop=True)
    st.markdown("\n".join(f"- {line}" for line in sentences(view, own, service)))
    _map(view, query, own, service)
    _table(view, rows, service)


def _service(view: View, rows: pd.DataFrame) -> str:
    """Draw the choice of a service where there are several; those that changed most stand first."""
    order = taxonomy.load("services").codes
    moved = rows[rows["change"].isin(KINDS[:4])]["service"].value_counts()
    offered = sorted(rows["service"].unique(), key=lambda code: (-int(moved.get(code, 0)), order.index(code)))
    kept = state.kept("changed")
    service = kept if kept in offered else offered[0]
    if len(offered) > 1:
        st.session_state["change_service"] = service
        st.selectbox(
            view.t("change.service"),
            offered,
            key="change_service",
            format_func=lambda code: names.service(view, code),
            on_change=lambda: state.keep("changed", st.session_state["change_service"]),
        )
    return str(service)


def sentences(view: View, rows: pd.DataFrame, service: str) -> list[str]:
    """Return what became of one service where (rows: CHANGE), a sentence for each kind."""
    named = names.service(view, service)
    told = []
    for kind in KINDS:
        codes = rows.loc[rows["change"] == kind, "pcode"]
        if len(codes):
            listed = listing(sorted(quoted(names.place(view, code)) for code in codes), view.lang)
            told.append(view.t(f"change.told.{kind}", count=len(codes), service=named, places=listed))
    return told


def _map(view: View, query: Query, rows: pd.DataFrame, service: str) -> None:
    level = int(query.area_level)
    known, marked = geo.boundaries(view.settings.boundaries), rows.assign(told=_hover(view, rows))
    st.html(
        figures.legend_html(figures.ChangeScale.of(rows["change"]), view.lang, names.service(view, service))
    )
    charts.draw(view, "change_map", _on_ground, known, level, query.place[:5], marked, view.lang)
    kinds = dict(zip(rows["pcode"], rows["change"], strict=True))
    title = view.t("change.map", service=names.service(view, service))
    drawn = known.source if level in known.levels else "points"
    st.caption(quoted(figures.described_change(kinds, view.lang, title=title)))
    parts.caveat(view, view.t(f"figure.boundaries.{drawn}"))


def _on_ground(
    boundaries: geo.Boundaries, level: int, governorate: str, rows: pd.DataFrame, lang: str
) -> go.Figure:
    """Return the map of rows of CHANGE; governorate: pcode of the one in view, "" for the country."""
    ground, shapes = boundaries.shapes(1, _TOLERANCE), boundaries.shapes(level, _TOLERANCE)
    inside = ground[ground["pcode"] == governorate] if governorate else ground
    marked = geo.points(level).merge(rows, on="pcode")
    return figures.change_map(shapes[shapes["pcode"].isin(rows["pcode"])], inside, marked, lang)


def _hover(view: View, rows: pd.DataFrame) -> list[str]:
    return [
        "\n".join(
            [
                names.place_within(view, row["pcode"]),
                view.t(f"change.kind.{row['change']}"),
                view.t(
                    "change.presence", before=_presence(view, row, "before"), now=_presence(view, row, "now")
                ),
            ]
        )
        for row in rows.to_dict("records")
    ]


def _presence(view: View, row: Mapping[Any, Any], side: str) -> str:
    status = str(row[f"status_{side}"])
    return names.status(view, status) if status in _SILENT else decimal(row[f"presence_{side}"], view.lang, 1)


def _table(view: View, rows: pd.DataFrame, service: str) -> None:
    """Show one service, what went first; what is taken away has all services of the page."""
    order = rows.assign(kind=rows["change"].map(KINDS.index)).sort_values(["service", "kind", "pcode"])
    told = _silenced(order.reset_index(drop=True))
    words: dict[str, Callable[[str], str]] = {
        "change": lambda code: view.t(f"change.kind.{code}"),
        **dict.fromkeys(("status_before", "status_now"), lambda code: names.status(view, code)),
        **dict.fromkeys(("org_ids_gone", "org_ids_new"), lambda ids: names.organisations(view, ids)),
    }
    own = told[told["service"] == service]
    columns = [name for name in _COLUMNS if name != "service"]
    tables.table(own, columns, view, "change_table", height=_HEIGHT, words=words)
    if not view.present:
        tables.files(told, _COLUMNS, view, "change_table", "csomap_change", words=words)


def _silenced(rows: pd.DataFrame) -> pd.DataFrame:
    """Return CHANGE with empty fields on a side of which nobody knows: silence has no counts."""
    empty = {
        f"{name}_{side}": rows[f"{name}_{side}"].where(~rows[f"status_{side}"].isin(_SILENT))
        for side in ("before", "now")
        for name in _NUMBERS
    }
    return rows.assign(**empty)
