"""The map as a picture: colours with a second mark, a legend in words, no internet and no browser."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import geopandas as gpd  # type: ignore[import-untyped]
import pandas as pd
import shapely  # type: ignore[import-untyped]
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Polygon
from matplotlib.patheffects import withStroke

from csomap import geo
from csomap.figures import Band, Scale
from csomap.figures.palette import LINE, TEXT, Mark
from csomap.figures.shapes import bounds, squeeze
from csomap.i18n import direction
from csomap.reports import fonts
from csomap.tables.query import AreaLevel

_SIZE, _DPI = (8.4, 5.4), 150  # inches; dots an inch
_MAP = 0.68  # of the width; the legend has the rest
_TOLERANCE = 0.01  # degrees; enough for the whole country on a page
_HATCHES = {"hatch": "////", "lines": "\\\\\\\\", "crosses": "xx", "dots": ".."}
_CIRCLE = 90  # square points
_MOST_NAMES = 40  # of more places the names would cover each other


@dataclass(frozen=True)
class Picture:
    """What a map shows: values (pcode, value) by a scale, names of all its places, level, filtered place."""

    values: pd.DataFrame
    scale: Scale
    names: Mapping[str, str]
    title: str
    level: AreaLevel
    place: str = ""

    @property
    def bands(self) -> dict[str, Band]:
        """The class of each place; a place without a value is no data."""
        known = self.values.set_index("pcode")["value"]
        return {code: self.scale.band(known.get(code)) for code in self.names}


def drawn(picture: Picture, boundaries: geo.Boundaries, lang: str) -> bytes:
    """Return the map as PNG: places that have shapes as areas, others as circles at their points."""
    figure, axes = _paper(lang)
    shapes = boundaries.shapes(int(picture.level), _TOLERANCE)
    own = shapes[shapes["pcode"].isin(list(picture.names))]
    ground = _ground(boundaries, picture.place)
    _areas(axes, ground, {})
    if own.empty:
        _circles(axes, picture)
    else:
        _areas(axes, own, picture.bands)
    _frame(axes, ground if own.empty else own)
    if picture.level == "1" or len(picture.names) <= _MOST_NAMES:
        _names(axes, picture, above=own.empty)
    _legend(axes, picture, lang)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _paper(lang: str) -> tuple[Figure, Axes]:
    """Return an empty picture and the part of it for the map; the legend stands beside, on the far side."""
    figure = Figure(_SIZE, dpi=_DPI)
    FigureCanvasAgg(figure)
    left = 1 - _MAP if direction(lang) == "rtl" else 0.0
    axes = figure.add_axes((left, 0.01, _MAP, 0.98))
    axes.set_axis_off()
    return figure, axes


def _ground(boundaries: geo.Boundaries, place: str) -> gpd.GeoDataFrame:
    shapes = boundaries.shapes(1, _TOLERANCE)
    return shapes[shapes["pcode"] == place[:5]] if place else shapes


def _areas(axes: Axes, shapes: gpd.GeoDataFrame, bands: Mapping[str, Band]) -> None:
    """Draw areas class by class; without classes only their outlines."""
    marks = {code: bands[code].mark if bands else Mark("#FFFFFF", "#000000") for code in shapes["pcode"]}
    for mark in dict.fromkeys(marks.values()):
        same = shapes[[marks[code] == mark for code in shapes["pcode"]]]
        parts = shapely.get_parts(same.geometry.to_numpy())
        drawn_parts = [Polygon(part.exterior.coords) for part in parts if isinstance(part, shapely.Polygon)]
        axes.add_collection(PatchCollection(drawn_parts, **_look(mark)))


def _look(mark: Mark) -> dict[str, Any]:
    """Return colour, pattern and line of a class."""
    hatch = _HATCHES.get(mark.pattern)
    return {"facecolor": mark.colour, "edgecolor": LINE, "linewidth": 0.7, "hatch": hatch}


def _points(picture: Picture) -> pd.DataFrame:
    points = geo.points(int(picture.level))
    return points[points["pcode"].isin(list(picture.names))]


def _circles(axes: Axes, picture: Picture) -> None:
    points, bands = _points(picture), picture.bands
    for band in dict.fromkeys(bands.values()):
        same = points[[bands[code] == band for code in points["pcode"]]]
        axes.scatter(same["lon"], same["lat"], s=_CIRCLE, zorder=3, **_look(band.mark))


def _frame(axes: Axes, shapes: gpd.GeoDataFrame) -> None:
    west, south, east, north = bounds(shapes)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(1 / squeeze(south, north))


def _names(axes: Axes, picture: Picture, *, above: bool) -> None:
    """Write the names of places, in ink with a light edge that is readable on every colour."""
    edge = [withStroke(linewidth=2.5, foreground="#FFFFFF")]
    for row in _points(picture).itertuples(index=False):
        axes.annotate(
            picture.names[str(row.pcode)],
            (float(str(row.lon)), float(str(row.lat))),
            (0, 12 if above else 0),
            textcoords="offset points",
            ha="center",
            va="center",
            fontproperties=_letters(8),
            color=TEXT,
            path_effects=edge,
            zorder=4,
        )


def _legend(axes: Axes, picture: Picture, lang: str) -> None:
    """Name what is counted and every class that is there, at the side where reading begins."""
    there = set(picture.bands.values())
    bands = [band for band in picture.scale.bands if band in there]
    rtl = direction(lang) == "rtl"
    legend = axes.legend(
        [Patch(**_look(band.mark)) for band in bands],
        [picture.scale.label(band, lang) for band in bands],
        title=picture.title,
        prop=_letters(10),
        title_fontproperties=_letters(11),
        loc="upper right" if rtl else "upper left",
        bbox_to_anchor=(0.0, 0.98) if rtl else (1.0, 0.98),
        frameon=False,
        markerfirst=not rtl,
        handlelength=2.2,
        handleheight=1.5,
    )
    legend.set_alignment("right" if rtl else "left")


def _letters(size: float) -> font_manager.FontProperties:
    _known_fonts()
    return font_manager.FontProperties(family=fonts.families(), size=size)


@cache
def _known_fonts() -> None:
    for path in fonts.paths():
        font_manager.fontManager.addfont(path)
