"""Official boundaries: checked against geo/places.csv, then kept beside the imports, all or nothing."""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path

import geopandas as gpd  # type: ignore[import-untyped]
import pandas as pd
import shapely  # type: ignore[import-untyped]

from csomap.errors import BadFile
from csomap.geo.boundaries import (
    CRS,
    TOLERANCES,
    Boundaries,
    boundaries,
    file_name,
    point_to_place,
    points,
    simplified,
)
from csomap.geo.files import area_layers
from csomap.tables.places import places

# A shapefile cuts names at ten letters: admin1Pcod.
_LEVEL_COLUMN = re.compile(r"adm(?:in)?_?(\d)_?p_?code?", re.IGNORECASE)
_PLAIN_COLUMN = re.compile(r"p_?code|code", re.IGNORECASE)
_SHOWN_CODES = 12
# Points of the gazetteer are inside their place; approximate borders may lose a few.
_SHARE_OF_POINTS_INSIDE = 0.9


def install(path: Path, folder: Path) -> Boundaries:
    """Check a boundary file and keep it in `folder`; return the boundaries that hold from now on.

    Takes a zip of shapefiles, a GeoJSON or a GeoPackage with p-codes (ADM1_PCODE, admin2Pcode, pcode...).
    Every level found (1 to 3) must have exactly the codes of geo/places.csv. Levels that the file lacks
    stay as installed before. Raises BadFile, and then nothing is changed.
    """
    levels: dict[int, gpd.GeoDataFrame] = {}
    for layer in area_layers(path):
        level, column = _codes_of(layer)
        if level in levels:
            raise BadFile("boundaries_twice", file=path.name, level=level)
        if column:
            levels[level] = _checked(_cleaned(layer, column, path.name), level, path.name)
    if not levels:
        raise BadFile("boundaries_no_codes", file=path.name)
    _keep(levels, folder)
    return boundaries(folder)


def _codes_of(layer: gpd.GeoDataFrame) -> tuple[int, str]:
    """Return the level of a layer and the column of its codes; (0, "") for one that is not of use."""
    named = {int(m[1]): name for name in layer.columns if (m := _LEVEL_COLUMN.fullmatch(str(name)))}
    if named:
        level = max(named)
        return (level, named[level]) if level in (1, 2, 3) else (0, "")
    plain = [name for name in layer.columns if _PLAIN_COLUMN.fullmatch(str(name))]
    return (_level_by_codes(layer[plain[0]]), plain[0]) if plain else (0, "")


def _level_by_codes(codes: "pd.Series[str]") -> int:
    levels = places().set_index("pcode")["level"]
    known = levels.reindex(codes.astype(str).str.strip().str.upper()).dropna()
    return int(known.mode().iloc[0]) if len(known) else 1


def _cleaned(layer: gpd.GeoDataFrame, column: str, file: str) -> gpd.GeoDataFrame:
    """Return pcode and valid polygons in EPSG:4326, one row a code, in the order of the codes."""
    codes = layer[column].fillna("").astype(str).str.strip().str.upper()
    drawn = _in_degrees(layer, file).geometry.to_numpy()
    valid = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    table = gpd.GeoDataFrame({"pcode": codes.to_numpy()}, geometry=valid, crs=CRS)
    table = table[table.geom_type.isin(["Polygon", "MultiPolygon"]) & ~table.is_empty]
    return table.dissolve("pcode").reset_index()[["pcode", "geometry"]]


def _in_degrees(layer: gpd.GeoDataFrame, file: str) -> gpd.GeoDataFrame:
    if layer.crs is not None:
        return layer.to_crs(CRS)
    west, south, east, north = layer.total_bounds
    if not (west >= -180 and south >= -90 and east <= 180 and north <= 90):
        raise BadFile("boundaries_projection", file=file)
    return layer.set_crs(CRS)


def _checked(shapes: gpd.GeoDataFrame, level: int, file: str) -> gpd.GeoDataFrame:
    marks = points(level)
    known, given = set(marks["pcode"]), set(shapes["pcode"])
    if not known & given:
        raise BadFile("boundaries_country", file=file, level=level, codes=_listed(given))
    if known != given:
        missing, unknown = _listed(known - given), _listed(given - known)
        raise BadFile("boundaries_codes", file=file, level=level, unknown=unknown, missing=missing)
    inside = point_to_place(marks["lon"], marks["lat"], shapes) == marks["pcode"]
    if inside.mean() < _SHARE_OF_POINTS_INSIDE:
        raise BadFile("boundaries_elsewhere", file=file, level=level)
    return shapes


def _listed(codes: set[str]) -> str:
    named = sorted(code or '""' for code in codes)
    more = f" … ({len(named)})" if len(named) > _SHOWN_CODES else ""
    return ", ".join(named[:_SHOWN_CODES]) + more or "–"


def _keep(levels: dict[int, gpd.GeoDataFrame], folder: Path) -> None:
    """Write all files aside under a name made of their content, then point to them in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".aside-", dir=folder))
    try:
        _write(levels, boundaries(folder), aside)
        version = folder / _fingerprint(aside)
        if not version.exists():
            aside.rename(version)
        pointer = folder / f".current-{aside.name}"
        pointer.write_text(version.name, encoding="utf-8")
        pointer.replace(folder / "current")
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(levels: dict[int, gpd.GeoDataFrame], before: Boundaries, aside: Path) -> None:
    if before.installed:
        shutil.copytree(before.installed, aside, dirs_exist_ok=True)
    for level, shapes in levels.items():
        for tolerance in TOLERANCES:
            kept = simplified(shapes, tolerance) if tolerance else shapes
            kept.to_parquet(aside / file_name(level, tolerance))


def _fingerprint(aside: Path) -> str:
    content = hashlib.sha256()
    for file in sorted(aside.iterdir()):
        content.update(file.name.encode())
        content.update(file.read_bytes())
    return content.hexdigest()[:16]
