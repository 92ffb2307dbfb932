"""Boundary files as a user would bring them, made from the default shapes."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

from csomap.geo import Boundaries, boundaries, install
from csomap.settings import ROOT

OFFICIAL = ROOT.parent / "shared/data/boundaries/cod-ab/irq_adm_cso_itos_20190603_shp.zip"


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Boundaries:
    """The official boundaries, installed once."""
    if not OFFICIAL.exists():
        pytest.skip("the official archive is not on this machine")
    return install(OFFICIAL, tmp_path_factory.mktemp("boundaries"))


@pytest.fixture
def governorates(tmp_path: Path) -> gpd.GeoDataFrame:
    """The default governorates, as the content of a file of somebody else."""
    return boundaries(tmp_path / "nothing").shapes(1)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a table of shapes as .geojson, .gpkg or .zip (of a shapefile) and return its path."""

    def write(shapes: gpd.GeoDataFrame, name: str = "file.geojson", column: str = "ADM1_PCODE") -> Path:
        path = tmp_path / name
        named = shapes.rename(columns={"pcode": column})
        if path.suffix != ".zip":
            named.to_file(path)
            return path
        folder = tmp_path / "unzipped"
        folder.mkdir()
        named.to_file(folder / "adm1.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for file in folder.iterdir():
                archive.write(file, f"inner/{file.name}")
        return path

    return write
