"""Which places of work lie near each other: found in a plane, measured on the ellipsoid."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely  # type: ignore[import-untyped]

from csomap.geo.boundaries import CRS, Degrees

# A Lambert conformal cone for Iraq: it stretches alike in all directions, by 0.16 % of a distance at the
# most from points in Iraq and 0.25 % from those in the box below; UTM zone 38 is 0.45 % off in the west.
PLANE = "+proj=lcc +lat_1=30.2 +lat_2=36.2 +lat_0=33.2 +lon_0=43.7 +ellps=WGS84 +units=m"
STRETCH = 0.003
# Degrees: Iraq and 50 km around it. What lies outside is no place of work in Iraq, but a slip of the pen.
WEST, SOUTH, EAST, NORTH = 38.0, 28.5, 49.5, 38.0
_EARTH = pyproj.Geod(ellps="WGS84")


def distance_km(lon_a: Degrees, lat_a: Degrees, lon_b: Degrees, lat_b: Degrees) -> np.ndarray[Any, Any]:
    """Return the distances (km) between points (degrees, WGS 84), on the ellipsoid (Karney 2013)."""
    east_a, north_a, east_b, north_b = (np.asarray(each, float) for each in (lon_a, lat_a, lon_b, lat_b))
    metres: np.ndarray[Any, Any] = _EARTH.inv(east_a, north_a, east_b, north_b)[2]
    return metres / 1000


def near(spots: pd.DataFrame, km: float) -> pd.DataFrame:
    """Return every two spots of different areas that lie at most `km` apart.

    spots: area (text), longitude, latitude (degrees, WGS 84), each combination once. Returns area_a,
    longitude_a, latitude_a, area_b, longitude_b, latitude_b, km (on the ellipsoid), each two once. A spot
    without one of its coordinates, or outside the box around Iraq, is near nothing.
    """
    inside = spots["longitude"].between(WEST, EAST) & spots["latitude"].between(SOUTH, NORTH)
    located = spots[inside].reset_index(drop=True)
    one, other = _candidates(located, km * 1000 * (1 + STRETCH))
    a, b = (located.iloc[index].reset_index(drop=True) for index in (one, other))
    apart = distance_km(a["longitude"], a["latitude"], b["longitude"], b["latitude"])
    both = pd.concat([a.add_suffix("_a"), b.add_suffix("_b")], axis="columns").assign(km=apart)
    return both[both["km"] <= km].reset_index(drop=True)


def _candidates(located: pd.DataFrame, metres: float) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the two row numbers of every two spots of different areas within `metres` in the plane."""
    east, north = _plane().transform(located["longitude"], located["latitude"])
    area, block = (
        pd.factorize(names)[0] for names in (located["area"], located["area"].str.split("|").str[0])
    )
    plane = pd.DataFrame({"east": east, "north": north, "area": area, "block": block})
    found = [np.empty((2, 0), dtype=int), *_met(plane.sort_values("east"), metres)]
    one, other = np.concatenate(found, axis=1)
    return one, other


def _met(plane: pd.DataFrame, metres: float) -> Iterator[np.ndarray[Any, Any]]:
    """Give the spots of each block of areas beside those that an index of the block finds near.

    So nobody compares the spots of one crowded district with each other, unless its sites are its areas.
    plane: east, north (metres), area, block, sorted by east.
    """
    for block, own in plane.groupby("block"):
        around = _around(plane, own, metres)
        alone = own["area"].min() == own["area"].max()
        others = around[around["block"] >= block + alone]
        tree = shapely.STRtree(shapely.points(own["east"], own["north"]))
        marks = shapely.points(others["east"], others["north"])
        mark, spot = tree.query(marks, predicate="dwithin", distance=metres)
        a, b = own.iloc[spot], others.iloc[mark]
        once = (b["block"].to_numpy() > block) | (b["area"].to_numpy() > a["area"].to_numpy())
        yield np.stack([a.index[once], b.index[once]])


def _around(plane: pd.DataFrame, own: pd.DataFrame, metres: float) -> pd.DataFrame:
    """Return what lies in the box of some spots, widened by `metres`."""
    ends = own["east"].iloc[0] - metres, own["east"].iloc[-1] + metres
    first, last = plane["east"].searchsorted(ends)
    strip = plane.iloc[first : last + 1]
    south, north = own["north"].min() - metres, own["north"].max() + metres
    return strip[strip["north"].between(south, north)]


@cache
def _plane() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(CRS, PLANE, always_xy=True)
