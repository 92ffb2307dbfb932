"""A map of change: what came and what went, in a diverging scale with a sign and a pattern for each kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd  # type: ignore[import-untyped]
import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.layout import FONT, told
from csomap.figures.palette import CHANGES, LINE, TEXT, Mark
from csomap.figures.scale import Band, Scale
from csomap.figures.shapes import Rings, bounds, rings, squeeze
from csomap.i18n import direction, listing, number, t

_HEIGHT = 460  # pixels
_PATTERNS = {"plain": "", "lines": "/", "hatch": "\\", "crosses": "x", "dots": "."}
_SIGN, _AREA_SIGN = 22, 15  # pixels: of a place without a shape, of an area


@dataclass(frozen=True)
class ChangeScale(Scale):
    """The kinds of change as the classes of a legend."""

    @classmethod
    def of(cls, kinds: Iterable[str]) -> "ChangeScale":
        """Return the scale of the kinds that there are; a kind of silence is silence."""
        there = {drawn_as(kind) for kind in kinds}
        return cls(tuple(Band(code, mark) for code, mark in CHANGES.items() if code in there))

    def label(self, band: Band, lang: str) -> str:
        """Return the words of a kind."""
        return t(f"figure.change.{band.code}", lang)


def drawn_as(kind: str) -> str:
    """Return the kind as it is drawn: silence on any side is silence."""
    return "silent" if kind.startswith("silent") else kind


def change_map(
    shapes: gpd.GeoDataFrame,
    ground: gpd.GeoDataFrame,
    places: pd.DataFrame,
    lang: str = "en",
) -> go.Figure:
    """Return the map: areas filled by their kind of change, with its sign; circles where no shape is known.

    shapes, ground: pcode, geometry (EPSG:4326), those of the areas and the borders below them. places: pcode,
    lon, lat (degrees), change (a kind), told (shown on hover, lines by a line break). North is up.
    """
    drawn = places.assign(drawn=places["change"].map(drawn_as))
    filled = dict(zip(drawn["pcode"], drawn["drawn"], strict=True))
    figure = go.Figure([_outline(rings(ground))])
    for kind, mark in CHANGES.items():
        own = shapes[shapes["pcode"].map(filled).eq(kind)]
        if len(own):
            figure.add_trace(_area(rings(own), mark))
    for code, found in drawn.groupby("drawn"):
        figure.add_trace(_signs(found, CHANGES[str(code)], bool(len(shapes)), lang))
    return _framed(figure, ground, lang)


def described_change(kinds: Mapping[str, str], lang: str = "en", *, title: str = "") -> str:
    """Return the map in words: how many areas there are of each kind; kinds: by the name of the area."""
    counts = pd.Series(list(kinds.values()), dtype="str").map(drawn_as).value_counts()
    parts = [
        f"{t(f'figure.change.{code}', lang)}: {number(counts[code], lang)}"
        for code in CHANGES
        if code in counts
    ]
    return t("figure.described.map", lang, title=title, found=f"{listing(parts, lang)}.")


def _outline(drawn: Rings) -> go.Scatter:
    return go.Scatter(
        x=drawn.x,
        y=drawn.y,
        mode="lines",
        fill="toself",
        fillcolor="#FFFFFF",
        line={"color": LINE, "width": 1},
        hoverinfo="skip",
    )


def _area(drawn: Rings, mark: Mark) -> go.Scatter:
    pattern = {"shape": _PATTERNS[mark.pattern], "fgcolor": mark.ink, "fgopacity": 0.45, "size": 7}
    return go.Scatter(
        x=drawn.x,
        y=drawn.y,
        mode="lines",
        fill="toself",
        fillcolor=mark.colour,
        fillpattern={**pattern, "bgcolor": mark.colour} if _PATTERNS[mark.pattern] else None,
        line={"color": LINE, "width": 1},
        hoverinfo="skip",
    )


def _signs(found: pd.DataFrame, mark: Mark, with_shapes: bool, lang: str) -> go.Scatter:
    """Return the sign of a kind at each of its places, on a disc of its colour that no pattern disturbs."""
    hover = ["<br>".join(told(line, lang) for line in text.split("\n")) for text in found["told"].astype(str)]
    size = _AREA_SIGN if with_shapes else _SIGN
    return go.Scatter(
        x=found["lon"].to_list(),
        y=found["lat"].to_list(),
        text=[mark.sign] * len(found),
        mode="markers+text",
        textfont={"color": mark.ink, "size": size - 3},
        marker={"color": mark.colour, "size": size, "line": {"width": 1, "color": LINE}},
        hovertext=hover,
        hoverinfo="text",
        cliponaxis=False,
    )


def _framed(figure: go.Figure, ground: gpd.GeoDataFrame, lang: str) -> go.Figure:
    west, south, east, north = bounds(ground)
    align = "right" if direction(lang) == "rtl" else "left"
    figure.update_layout(
        font={"family": FONT, "size": 13, "color": TEXT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        height=_HEIGHT,
        dragmode=False,
        showlegend=False,
        hoverlabel={"font": {"family": FONT, "size": 13}, "align": align},
    )
    flat = {"visible": False, "fixedrange": True}
    figure.update_xaxes(**flat, range=[west, east])
    return figure.update_yaxes(
        **flat, range=[south, north], scaleanchor="x", scaleratio=1 / squeeze(south, north)
    )
