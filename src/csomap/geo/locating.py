"""The finest place that can be said of a point without guessing."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely  # type: ignore[import-untyped]

from csomap.geo.boundaries import Boundaries, Degrees, point_to_place

ABROAD = "abroad"
# Degrees; 0.1 is about 10 km. Approximate borders are off by so much, official ones hardly at all.
_MARGIN = {"default": 0.12, "official": 0.005}
# The western desert of Najaf is drawn as Anbar: what is told to be there waits for official boundaries.
_DESERT = ("IQG01", "IQG04", 0.75)


def place_of_point(lon: Degrees, lat: Degrees, known: Boundaries) -> np.ndarray[Any, Any]:
    """Return for each point (degrees, WGS 84) the finest p-code it surely lies in, "abroad", or "".

    Official boundaries: the finest level that is installed. The default ones are approximate governorates
    (mean intersection over union with the official ones 0.90): a point nearer than 0.12 degrees (11 to
    13 km) to a border of theirs, or in the desert where they confuse Anbar and Najaf, gets "". Measured
    against the official ones on 59,546 points drawn evenly over Iraq: 65 % get an answer, 0.3 % of the
    answers are wrong; of the 294 points of sub-districts 177 get one, none of them wrong.
    "abroad" is farther outside all shapes than the margin (0.12 degrees, official 0.005, about 500 m).
    Missing coordinates and 0, 0, which stands for missing ones, give "".
    """
    points = pd.DataFrame({"lon": np.asarray(lon, float), "lat": np.asarray(lat, float)})
    distinct = points.drop_duplicates(ignore_index=True)
    values = distinct.to_numpy(dtype=float)
    told = np.isfinite(values).all(axis=1) & (values != 0).any(axis=1)
    answers = np.full(len(distinct), "", dtype=object)
    answers[told] = _located(distinct[told].reset_index(drop=True), known)
    found = distinct.assign(pcode=answers)
    return points.merge(found, how="left", on=["lon", "lat"])["pcode"].fillna("").to_numpy(dtype=object)


def _located(points: pd.DataFrame, known: Boundaries) -> np.ndarray[Any, Any]:
    answer = np.full(len(points), "", dtype=object)
    for level in known.levels:
        inside = point_to_place(points["lon"], points["lat"], known.shapes(level))
        answer = np.where(inside != "", inside, answer)
    marks = shapely.points(points["lon"].to_numpy(), points["lat"].to_numpy())
    margin = _MARGIN[known.source]
    far = (answer == "") & ~shapely.dwithin(_country(known), marks, margin)
    if not known.official:
        answer[_doubtful(known, marks, margin)] = ""
    answer[far] = ABROAD
    return answer


def _doubtful(known: Boundaries, marks: Any, margin: float) -> Any:
    """Say which points approximate borders leave in doubt."""
    borders, anbar, najaf = _in_doubt(known)
    in_desert = shapely.intersects(anbar, marks) & shapely.dwithin(najaf, marks, _DESERT[2])
    return shapely.dwithin(borders, marks, margin) | in_desert


@lru_cache(maxsize=2)
def _country(known: Boundaries) -> Any:
    return _prepared(shapely.union_all(known.shapes(1, 0.01).geometry.to_numpy()))


@lru_cache(maxsize=2)
def _in_doubt(known: Boundaries) -> tuple[Any, Any, Any]:
    """Return all borders, and the two governorates between which the desert lies."""
    shapes = known.shapes(1).set_index("pcode").geometry
    borders = _prepared(shapely.union_all(shapely.boundary(shapes.to_numpy())))
    return borders, _prepared(shapes[_DESERT[0]]), _prepared(shapes[_DESERT[1]])


def _prepared(shape: Any) -> Any:
    shapely.prepare(shape)
    return shape
