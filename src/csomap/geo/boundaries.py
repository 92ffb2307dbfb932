"""Shapes by level, simplified for display; which place a point is in; which places touch.

Only shapes that somebody published are drawn. A level without shapes stays empty, and pages show its
places as symbols at their points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd  # type: ignore[import-untyped]
import numpy as np
import pandas as pd
import shapely  # type: ignore[import-untyped]

from csomap import settings
from csomap.tables.places import places

Degrees = Sequence[float] | np.ndarray[Any, Any] | pd.Series

CRS = "EPSG:4326"
# Degrees. 0 is exact; 0.003 suits a governorate on the screen, 0.01 the whole country by governorate or
# district, 0.02 the whole country by sub-district: 51, 125 and 156 KB of GeoJSON.
TOLERANCES = (0.0, 0.003, 0.01, 0.02)


@dataclass(frozen=True)
class Boundaries:
    """The shapes at hand: installed official ones, else approximate governorates."""

    installed: Path | None = None

    @property
    def official(self) -> bool:
        return self.installed is not None

    @property
    def source(self) -> str:
        """Return "official" or "default": the words are under figure.boundaries in the catalogue."""
        return "official" if self.official else "default"

    @property
    def levels(self) -> tuple[int, ...]:
        """Return the levels that can be drawn as areas, coarsest first."""
        return tuple(level for level in (1, 2, 3) if level == 1 or self._file(level, 0.0))

    def shapes(self, level: int, tolerance: float = 0.0) -> gpd.GeoDataFrame:
        """Return the shapes of one level, no coarser than `tolerance` (degrees).

        Columns: pcode, geometry (EPSG:4326), ordered by pcode; no rows where the level has no shapes.
        """
        kept = max(known for known in TOLERANCES if known <= tolerance)
        file = self._file(level, kept)
        if file:
            return _stored(file).copy()
        return _default(kept).copy() if level == 1 else _none()

    def _file(self, level: int, tolerance: float) -> Path | None:
        file = self.installed / file_name(level, tolerance) if self.installed else None
        return file if file and file.exists() else None


def boundaries(folder: Path) -> Boundaries:
    """Return the official boundaries installed in `folder`, else the default ones."""
    pointer = folder / "current"
    version = folder / pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None
    return Boundaries(version if version and version.is_dir() else None)


def file_name(level: int, tolerance: float) -> str:
    """Return the name under which one level is kept at one tolerance."""
    return f"level{level}-{tolerance:g}.parquet"


def simplified(shapes: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Return the shapes with fewer vertices; a border shared by two places stays one line.

    Visvalingam-Whyatt on the whole coverage (shapely.coverage_simplify), `tolerance` in degrees.
    """
    return _with_geometry(shapes, shapely.coverage_simplify(shapes.geometry.to_numpy(), tolerance))


def points(level: int) -> pd.DataFrame:
    """Return one point inside each place of a level; columns pcode, lon, lat (degrees, WGS 84)."""
    known = places()
    return known.loc[known["level"] == level, ["pcode", "lon", "lat"]].reset_index(drop=True)


def point_to_place(lon: Degrees, lat: Degrees, shapes: gpd.GeoDataFrame) -> np.ndarray[Any, Any]:
    """Return for each point (degrees, WGS 84) the pcode of the shape it lies in, "" if in none.

    A point on a shared border belongs to the first of the codes. Missing coordinates lie in no shape.
    """
    east, north = np.asarray(lon, float), np.asarray(lat, float)
    located = np.flatnonzero(np.isfinite(east) & np.isfinite(north))
    found = np.full(len(east), "", dtype=object)
    marks = shapely.points(east[located], north[located])
    # The index holds the points: what is asked for, the shapes, is prepared once each, which is fast.
    shape, which = shapely.STRtree(marks).query(shapes.geometry.to_numpy(), predicate="intersects")
    codes = shapes["pcode"].to_numpy(dtype=object)[shape]
    last_is_first = np.argsort(codes, kind="stable")[::-1]
    found[located[which[last_is_first]]] = codes[last_is_first]
    return found


@lru_cache(maxsize=32)
def _stored(file: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(file)


@lru_cache(maxsize=8)
def _default(tolerance: float) -> gpd.GeoDataFrame:
    read = gpd.read_file(settings.GEO / "governorates.geojson", engine="pyogrio")
    shapes = read[["pcode", "geometry"]].sort_values("pcode", ignore_index=True).to_crs(CRS)
    return simplified(shapes, tolerance) if tolerance else shapes


def _none() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"pcode": pd.Series(dtype=str)}, geometry=gpd.GeoSeries([], crs=CRS))


def _with_geometry(shapes: gpd.GeoDataFrame, geometry: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(shapes[["pcode"]], geometry=geometry, crs=CRS)
