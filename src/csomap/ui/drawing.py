"""A map on a page: the empty base, its layers, its legend, and the same in words."""

from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-untyped]

from csomap import geo
from csomap.figures import Scale, base_map, choropleth, described_map, labels, legend_html, outlines, symbols
from csomap.i18n import number
from csomap.tables.query import AreaLevel, Query
from csomap.ui import areas, state, warm
from csomap.ui.view import View

_TOLERANCE = {"1": 0.01, "2": 0.01, "3": 0.02}  # degrees; enough for a map of the whole country


def draw(
    view: View,
    query: Query,
    found: pd.DataFrame,
    measure: str,
    level: AreaLevel,
    key: str,
    *,
    height: int = 480,
    selected: str = "",
    listen: bool = False,
) -> None:
    """Draw areas (columns of areas.by_area) coloured by a measure, with legend and text alternative.

    With `listen`, a click keeps the area's code in the address as `at`.
    """
    names, values = areas.names_of(view, query, level), areas.values(found, measure)
    scale = Scale.statuses() if measure == "status" else Scale.sequential(values["value"])
    title = view.t(f"map.measure.{measure}")
    st.html(legend_html(scale, view.lang, title))
    st_folium(
        base_map(view.lang, font=warm.FONT_URL),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"] if listen else [],
        feature_group_to_add=_layers(view, found, values, scale, names, level, selected, title),
        on_change=(lambda: _clicked(key)) if listen else None,
    )
    boundaries = geo.boundaries(view.settings.boundaries)
    drawn = boundaries.source if int(level) in boundaries.levels else "points"
    st.caption(view.t(f"figure.boundaries.{drawn}"))
    with st.expander(view.t("map.in_words")):
        st.write(described_map(values, scale, names, view.lang, title=title))


def _layers(
    view: View,
    found: pd.DataFrame,
    values: pd.DataFrame,
    scale: Scale,
    names: dict[str, str],
    level: AreaLevel,
    selected: str,
    title: str,
) -> list[folium.FeatureGroup]:
    at_hand = geo.boundaries(view.settings.boundaries)
    shapes = at_hand.shapes(int(level), _TOLERANCE[level])
    inside = shapes[shapes["pcode"].isin(list(names))]
    points = geo.points(int(level))
    marked = points[points["pcode"].isin(list(names))]
    looks: dict[str, Any] = {"rows": _rows(view, found), "selected": selected}
    if inside.empty:
        ground = outlines(at_hand.shapes(1, _TOLERANCE["1"]))
        return [ground, symbols(marked, values, scale, names, view.lang, **looks)]
    drawn = [choropleth(inside, values, scale, names, view.lang, **looks)]
    return [*drawn, labels(marked, names)] if level == "1" else drawn


def _rows(view: View, found: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Return what the label that follows the mouse says below the value."""
    columns = ("organisations", "activities")
    return {
        row["pcode"]: [(view.t(f"map.measure.{name}"), number(row[name], view.lang)) for name in columns]
        for row in found.to_dict("records")
        if row["status"] != "no_data"
    }


def _clicked(key: str) -> None:
    drawing = (st.session_state.get(key) or {}).get("last_active_drawing")
    if drawing:
        state.keep("at", drawing["properties"]["pcode"])
