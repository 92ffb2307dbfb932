"""A map on a page: the empty base, its layers, its legend, and the same in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import folium
import geopandas as gpd  # type: ignore[import-untyped]
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-untyped]

from csomap import geo
from csomap.figures import (
    Scale,
    base_map,
    choropleth,
    described_map,
    ground,
    labels,
    legend_html,
    outlines,
    symbols,
)
from csomap.i18n import number
from csomap.settings import rules
from csomap.tables.query import PCODE_LENGTH, AreaLevel, Query
from csomap.ui import areas, map_sites, parts, state, warm
from csomap.ui.view import View

SITES = "sites"
_THROUGH = 0.6  # opacity of areas above a ground of pictures
_TOLERANCE = {"1": 0.01, "2": 0.01, "3": 0.02}  # degrees; enough for a map of the whole country


@dataclass(frozen=True)
class Picture:
    """What a map shows: areas (columns of areas.by_area) of a level, coloured by one of areas.MEASURES, or
    SITES above their borders; with_tiles: on a ground of pictures from the internet."""

    view: View
    query: Query
    found: pd.DataFrame
    measure: str
    level: AreaLevel
    selected: str = ""
    with_tiles: bool = False

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

    @cached_property
    def sites(self) -> map_sites.Sites | None:
        return map_sites.Sites(self.view) if self.measure == SITES else None

    @property
    def legend(self) -> str:
        return self.sites.legend if self.sites else legend_html(self.scale, self.view.lang, self.title)

    @property
    def words(self) -> str:
        if self.sites:
            return self.sites.words
        return described_map(self.values, self.scale, self.names, self.view.lang, title=self.title)

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
    st.html(picture.legend)
    st_folium(
        _base(picture),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"] if listen else [],
        feature_group_to_add=_layers(picture),
        render=False,  # it would be written out once more, and thrown away
        on_change=(lambda: _clicked(key, picture.level)) if listen else None,
    )
    drawn = picture.boundaries.source if int(picture.level) in picture.boundaries.levels else "points"
    parts.caveat(view, view.t(f"figure.boundaries.{drawn}"))
    with st.expander(view.t("map.in_words")):
        st.write(picture.words)


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
    told = rules()["map"]
    below = [ground(told["tiles"], told["tiles_by"], picture.view.lang)] if picture.with_tiles else []
    return [*below, *(_sites(picture, picture.sites) if picture.sites else _areas(picture))]


def _areas(picture: Picture) -> list[folium.FeatureGroup]:
    inside, marked = _shapes(picture, picture.level), _points(picture, picture.level)
    looks: dict[str, Any] = {"rows": _rows(picture), "selected": picture.selected}
    shown = (picture.values, picture.scale, picture.names, picture.view.lang)
    if inside.empty:
        borders = picture.boundaries.shapes(1, _TOLERANCE["1"])
        return [outlines(borders, opacity=_opacity(picture)), symbols(marked, *shown, **looks)]
    written = [labels(marked, picture.names)] if picture.level == "1" else []
    return [choropleth(inside, *shown, **looks, opacity=_opacity(picture)), *written]


def _sites(picture: Picture, sites: map_sites.Sites) -> list[folium.FeatureGroup]:
    """Return the marks above the borders of the level, or of governorates where it has no shapes."""
    inside = _shapes(picture, picture.level)
    borders = picture.boundaries.shapes(1, _TOLERANCE["1"]) if inside.empty else inside
    at = picture.selected if len(inside) else picture.selected[: PCODE_LENGTH["1"]]
    named = areas.names_of(picture.view, picture.query.but(place=picture.query.place[:5]), "1")
    written = labels(_points(picture, "1", named), named)
    return [outlines(borders, at, _opacity(picture)), written, sites.layer]


def _shapes(picture: Picture, level: AreaLevel) -> gpd.GeoDataFrame:
    shapes = picture.boundaries.shapes(int(level), _TOLERANCE[level])
    return shapes[shapes["pcode"].isin(list(picture.names))]


def _points(picture: Picture, level: AreaLevel, named: Mapping[str, str] | None = None) -> pd.DataFrame:
    points = geo.points(int(level))
    return points[points["pcode"].isin(list(picture.names if named is None else named))]


def _opacity(picture: Picture) -> float:
    return _THROUGH if picture.with_tiles else 1


def _rows(picture: Picture) -> dict[str, list[tuple[str, str]]]:
    """Return what the label that follows the mouse says below the value."""
    view = picture.view
    columns = ("organisations", "activities")
    return {
        row["pcode"]: [(view.t(f"map.measure.{name}"), number(row[name], view.lang)) for name in columns]
        for row in picture.found.to_dict("records")
        if row["status"] != "no_data"
    }


def _clicked(key: str, level: AreaLevel) -> None:
    """Keep the area of the level in which the click was; a mark may stand at a finer place, and what holds
    many marks stands at none."""
    drawing = (st.session_state.get(key) or {}).get("last_active_drawing") or {}
    if pcode := (drawing.get("properties") or {}).get("pcode"):
        state.keep("at", pcode[: PCODE_LENGTH[level]])
