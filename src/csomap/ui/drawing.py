"""A map on a page: the empty base, its layers, its legend, and the same in words."""

from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Picture:
    """What a map shows: areas (columns of areas.by_area) of a level, coloured by one of areas.MEASURES."""

    view: View
    query: Query
    found: pd.DataFrame
    measure: str
    level: AreaLevel
    selected: str = ""

    @cached_property
    def names(self) -> dict[str, str]:
        return areas.names_of(self.view, self.query, self.level)

    @cached_property
    def values(self) -> pd.DataFrame:
        return areas.values(self.found, self.measure)

    @cached_property
    def scale(self) -> Scale:
        is_status = self.measure == "status"
        return Scale.statuses() if is_status else Scale.sequential(self.values["value"])

    @property
    def title(self) -> str:
        return self.view.t(f"map.measure.{self.measure}")

    @property
    def boundaries(self) -> geo.Boundaries:
        return geo.boundaries(self.view.settings.boundaries)


def draw(picture: Picture, key: str, *, height: int = 480, listen: bool = False) -> None:
    """Draw the map with its legend and text alternative.

    With `listen`, a click keeps the area's code in the address as `at`.
    """
    view = picture.view
    st.html(legend_html(picture.scale, view.lang, picture.title))
    st_folium(
        _base(picture),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"] if listen else [],
        feature_group_to_add=_layers(picture),
        on_change=(lambda: _clicked(key)) if listen else None,
    )
    drawn = picture.boundaries.source if int(picture.level) in picture.boundaries.levels else "points"
    st.caption(view.t(f"figure.boundaries.{drawn}"))
    with st.expander(view.t("map.in_words")):
        st.write(described_map(picture.values, picture.scale, picture.names, view.lang, title=picture.title))


def _base(picture: Picture) -> folium.Map:
    """Return the empty map, on the governorate of the filter where there is one."""
    made = base_map(picture.view.lang, font=warm.FONT_URL)
    # With keys on, a click gives the map the focus, the page scrolls to it, and the click is a drag.
    made.options["keyboard"] = False
    governorate = picture.query.place[:5]
    if governorate:
        shapes = picture.boundaries.shapes(1, _TOLERANCE["1"])
        west, south, east, north = shapes[shapes["pcode"] == governorate].total_bounds
        made.fit_bounds(((south, west), (north, east)))
    return made


def _layers(picture: Picture) -> list[folium.FeatureGroup]:
    shapes = picture.boundaries.shapes(int(picture.level), _TOLERANCE[picture.level])
    inside = shapes[shapes["pcode"].isin(list(picture.names))]
    points = geo.points(int(picture.level))
    marked = points[points["pcode"].isin(list(picture.names))]
    looks: dict[str, Any] = {"rows": _rows(picture), "selected": picture.selected}
    shown = (picture.values, picture.scale, picture.names, picture.view.lang)
    if inside.empty:
        ground = outlines(picture.boundaries.shapes(1, _TOLERANCE["1"]))
        return [ground, symbols(marked, *shown, **looks)]
    written = [labels(marked, picture.names)] if picture.level == "1" else []
    return [choropleth(inside, *shown, **looks), *written]


def _rows(picture: Picture) -> dict[str, list[tuple[str, str]]]:
    """Return what the label that follows the mouse says below the value."""
    view = picture.view
    columns = ("organisations", "activities")
    return {
        row["pcode"]: [(view.t(f"map.measure.{name}"), number(row[name], view.lang)) for name in columns]
        for row in picture.found.to_dict("records")
        if row["status"] != "no_data"
    }


def _clicked(key: str) -> None:
    drawing = (st.session_state.get(key) or {}).get("last_active_drawing")
    if drawing:
        state.keep("at", drawing["properties"]["pcode"])
