"""Shapes as the lines that a chart draws."""

import math
from dataclasses import dataclass

import geopandas as gpd  # type: ignore[import-untyped]
import shapely  # type: ignore[import-untyped]

_MARGIN = 0.1  # degrees around what is drawn


@dataclass(frozen=True)
class Rings:
    """The outer rings of shapes, one after the other, None between two."""

    x: list[float | None]
    y: list[float | None]


def rings(shapes: gpd.GeoDataFrame) -> Rings:
    """Return the outer rings of all shapes (degrees)."""
    x: list[float | None] = []
    y: list[float | None] = []
    for part in shapely.get_parts(shapes.geometry.to_numpy()):
        if isinstance(part, shapely.Polygon):
            across, along = part.exterior.xy
            x += [*(round(value, 4) for value in across), None]
            y += [*(round(value, 4) for value in along), None]
    return Rings(x, y)


def bounds(shapes: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    """Return west, south, east, north of shapes with a little room around (degrees)."""
    west, south, east, north = (float(side) for side in shapes.total_bounds)
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def squeeze(south: float, north: float) -> float:
    """Return how much shorter a degree of longitude is than one of latitude."""
    return math.cos(math.radians((south + north) / 2))
