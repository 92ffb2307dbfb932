"""A boundary file from outside -> its layers of areas, without trusting the file."""

import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import geopandas as gpd  # type: ignore[import-untyped]
import pyogrio  # type: ignore[import-untyped]

from csomap.errors import BadFile

# The official archive unpacks to 2 MB; a hundred times that is no boundary file.
LIMIT_MB = 200
# A reader of many formats would also open, under these names, a file that points elsewhere.
_FIRST_BYTES = {
    ".shp": b"\x00\x00\x27\x0a",
    ".gpkg": b"SQLite format 3\x00",
    ".geojson": b"{",
    ".json": b"{",
}


def area_layers(path: Path) -> list[gpd.GeoDataFrame]:
    """Return every layer of `path` (zip of shapefiles, GeoJSON, GeoPackage) that holds areas.

    Raises BadFile where the file is of another kind, too large, damaged, or tries to write outside.
    """
    if not path.is_file():
        raise BadFile("boundaries_absent", file=path.name)
    if path.stat().st_size > LIMIT_MB * 1_000_000:
        raise BadFile("boundaries_size", file=path.name, limit=LIMIT_MB)
    with tempfile.TemporaryDirectory() as aside:
        found = _unpacked(path, Path(aside)) if path.suffix.lower() == ".zip" else [path]
        layers = [layer for file in found for layer in _layers(file)]
    return [layer for layer in layers if layer.geom_type.isin(["Polygon", "MultiPolygon"]).any()]


def _unpacked(path: Path, aside: Path) -> list[Path]:
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(path, archive)
            archive.extractall(aside)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as reason:
        raise BadFile("boundaries_zip", file=path.name) from reason
    return sorted(file for file in aside.rglob("*") if file.suffix.lower() in (".shp", ".geojson", ".gpkg"))


def _check_members(path: Path, archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in member.filename:
            raise BadFile("boundaries_member", file=path.name, member=member.filename)
    if sum(member.file_size for member in archive.infolist()) > LIMIT_MB * 1_000_000:
        raise BadFile("boundaries_size", file=path.name, limit=LIMIT_MB)


def _layers(file: Path) -> Iterator[gpd.GeoDataFrame]:
    first_bytes = _FIRST_BYTES.get(file.suffix.lower())
    if first_bytes is None or not _begins_with(file, first_bytes):
        raise BadFile("boundaries_kind", file=file.name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, geometry in pyogrio.list_layers(file):
                if geometry is not None:
                    yield pyogrio.read_dataframe(file, layer=name, on_invalid="ignore")
    except (RuntimeError, ValueError, OSError) as reason:
        raise BadFile("boundaries_unreadable", file=file.name) from reason


def _begins_with(file: Path, first_bytes: bytes) -> bool:
    with file.open("rb") as opened:
        return opened.read(64).removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").startswith(first_bytes)
