"""A small map of a few places: where the activities of one overlap are, and how exactly that is known."""

import math
from collections.abc import Iterator, Mapping

import geopandas as gpd  # type: ignore[import-untyped]
import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]
import shapely  # type: ignore[import-untyped]

from csomap.figures.layout import FONT, told
from csomap.figures.palette import ACCENT, BACKGROUND, LINE, MUTED, SECOND, TEXT, ink_on
from csomap.i18n import direction, number, t

_HEIGHT = 300  # pixels
_WIDTH = 460  # pixels that are taken to be there; the shape of the earth is kept in any width
_NARROWEST = 0.5  # degrees from north to south that are always in view
_NAMED = 0.1  # of the view that an area takes to be named
_AROUND = 0.35  # of what the marks take, added on each side
_KM = 111.32  # of a degree of latitude; one of longitude is shorter by the cosine of the latitude
_BARS = (1, 2, 5, 10, 20, 50, 100, 200)  # kilometres of a scale bar
_LOOKS = {True: ("diamond", SECOND), False: ("circle", ACCENT)}


def spots(
    ground: gpd.GeoDataFrame, marks: pd.DataFrame, names: Mapping[str, str], lang: str = "en"
) -> go.Figure:
    """Return the map: borders, names of areas, and a mark for each spot with how many are there.

    ground: pcode, geometry (EPSG:4326), the borders in view. marks: lon, lat (degrees), count, exact (a
    diamond for coordinates that were told, a circle for the middle of a place), told (shown on hover).
    names: what the areas of `ground` are called. North is up in every language.
    """
    west, south, east, north = _view(marks)
    wide, high = east - west, north - south
    around = ground.clip((west - wide, south - high, east + wide, north + high))
    named = _names(ground.clip((west, south, east, north)), names, wide * high, lang)
    figure = go.Figure([_borders(around), named])
    for exact, found in marks.groupby("exact"):
        figure.add_trace(_marks(found, bool(exact), lang))
    _framed(figure, lang)
    flat = {"visible": False, "fixedrange": True}
    figure.update_xaxes(**flat, range=[west, east])
    figure.update_yaxes(**flat, range=[south, north], scaleanchor="x", scaleratio=1 / _squeeze(south, north))
    return _with_scale_bar(figure, (west, south, east, north), lang)


def _framed(figure: go.Figure, lang: str) -> None:
    hover = {"font": {"family": FONT, "size": 13}, "align": "right" if direction(lang) == "rtl" else "left"}
    figure.update_layout(
        font={"family": FONT, "size": 13, "color": TEXT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor=BACKGROUND,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        height=_HEIGHT,
        dragmode=False,
        showlegend=False,
        hoverlabel=hover,
    )


def _view(marks: pd.DataFrame) -> tuple[float, float, float, float]:
    """Return west, south, east, north of what is in view: the marks with room around, in the chart's form."""
    middle = [(marks[side].min() + marks[side].max()) / 2 for side in ("lon", "lat")]
    wide, high = (float(marks[side].max() - marks[side].min()) for side in ("lon", "lat"))
    squeeze = _squeeze(middle[1], middle[1])
    form = _WIDTH / _HEIGHT / squeeze
    tall = max(_NARROWEST, high * (1 + 2 * _AROUND), wide * (1 + 2 * _AROUND) / form)
    return (
        middle[0] - tall * form / 2,
        middle[1] - tall / 2,
        middle[0] + tall * form / 2,
        middle[1] + tall / 2,
    )


def _squeeze(south: float, north: float) -> float:
    return math.cos(math.radians((south + north) / 2))


def _borders(ground: gpd.GeoDataFrame) -> go.Scatter:
    rings = [ring for shape in ground.geometry for ring in _rings(shape)]
    return go.Scatter(
        x=[value for ring in rings for value in (*(x for x, _ in ring), None)],
        y=[value for ring in rings for value in (*(y for _, y in ring), None)],
        mode="lines",
        fill="toself",
        fillcolor="#FFFFFF",
        line={"color": LINE, "width": 1},
        hoverinfo="skip",
    )


def _rings(shape: shapely.Geometry) -> Iterator[list[tuple[float, float]]]:
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            yield [(x, y) for x, y, *_ in part.exterior.coords]


def _names(seen: gpd.GeoDataFrame, names: Mapping[str, str], whole: float, lang: str) -> go.Scatter:
    """Return the names of the areas that take enough of the view, each in the middle of what is seen."""
    large = seen[seen.geometry.map(lambda shape: shape.area) > _NAMED * whole]
    middles = [shapely.maximum_inscribed_circle(shape).coords[0] for shape in large.geometry]
    return go.Scatter(
        x=[x for x, _ in middles],
        y=[y for _, y in middles],
        text=[told(names[code], lang) for code in large["pcode"]],
        mode="text",
        textfont={"color": MUTED, "size": 12},
        hoverinfo="skip",
    )


def _marks(found: pd.DataFrame, exact: bool, lang: str) -> go.Scatter:
    symbol, colour = _LOOKS[exact]
    hover = [
        "<br>".join(told(line, lang, 60) for line in lines.split("\n")) for lines in found["told"].astype(str)
    ]
    return go.Scatter(
        x=found["lon"].to_list(),
        y=found["lat"].to_list(),
        text=[f"<b>{number(count, lang)}</b>" for count in found["count"]],
        mode="markers+text",
        textfont={"color": ink_on(colour), "size": 12},
        marker={
            "symbol": symbol,
            "color": colour,
            "size": 26,
            "line": {"color": "#FFFFFF", "width": 2},
        },
        hovertext=hover,
        hoverinfo="text",
        cliponaxis=False,
    )


def _with_scale_bar(figure: go.Figure, view: tuple[float, float, float, float], lang: str) -> go.Figure:
    """Draw a bar of round kilometres, at most a third of the width, in the corner where reading ends."""
    west, south, east, north = view
    a_km = 1 / (_KM * _squeeze(south, north))
    km = max((length for length in _BARS if length * a_km <= (east - west) / 3), default=_BARS[0])
    start = east - (east - west) * 0.04 - km * a_km
    if direction(lang) == "rtl":
        start = west + (east - west) * 0.04
    height = south + (north - south) * 0.06
    words = told(t("figure.spots.km", lang, n=km), lang)
    bar = go.Scatter(
        x=[start, start + km * a_km / 2, start + km * a_km],
        y=[height] * 3,
        mode="lines+text",
        text=["", words, ""],
        textposition="top center",
        textfont={"color": TEXT, "size": 12},
        line={"color": TEXT, "width": 3},
        hoverinfo="skip",
    )
    return figure.add_trace(bar)
