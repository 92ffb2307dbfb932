"""Official boundaries come in whole, or not at all."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from csomap.errors import BadFile
from csomap.geo import Boundaries, boundaries, install
from csomap.geo.files import LIMIT_MB

Written = Callable[..., Path]


def shrunk(shapes: gpd.GeoDataFrame) -> np.ndarray:
    return shapely.buffer(shapes.geometry.to_numpy(), -0.001)


def refused(path: Path, folder: Path) -> BadFile:
    """Install a file that must be refused; nothing may have changed."""
    before = sorted(folder.rglob("*"))
    with pytest.raises(BadFile) as error:
        install(path, folder)
    assert sorted(folder.rglob("*")) == before
    assert not boundaries(folder).official
    assert "{" not in error.value.told("en")
    assert path.name in error.value.told("en") or error.value.values.get("file")
    return error.value


@pytest.mark.parametrize("name", ["file.geojson", "file.json", "file.gpkg", "file.zip"])
@pytest.mark.parametrize("column", ["ADM1_PCODE", "admin1Pcod", "pcode"])
def test_each_format_and_way_of_naming_codes_is_taken(
    name: str, column: str, governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    at_hand = install(written(governorates, name, column), tmp_path / "home")
    assert (at_hand.official, at_hand.levels, len(at_hand.shapes(1))) == (True, (1,), 18)
    assert boundaries(tmp_path / "home") == at_hand


def test_another_projection_is_brought_to_degrees(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    at_hand = install(written(governorates.to_crs(32638), "metres.gpkg"), tmp_path / "home")
    west, south, east, north = at_hand.shapes(1).total_bounds
    assert (38 < west < east < 49) and (29 < south < north < 38)


def test_installing_twice_changes_nothing_and_a_later_file_takes_over(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    first = install(written(governorates), folder)
    assert install(written(governorates), folder) == first
    before = shapely.area(first.shapes(1).geometry.array).sum()
    smaller = governorates.assign(geometry=shrunk(governorates))
    assert install(written(smaller, "other.gpkg"), folder) != first
    assert shapely.area(boundaries(folder).shapes(1).geometry.array).sum() < before


def test_a_bow_tie_is_untied_and_parts_of_one_place_are_joined(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    bow_tie = gpd.GeoDataFrame(
        {"pcode": ["IQG01"]},
        geometry=[shapely.Polygon([(40, 32), (41, 33), (41, 32), (40, 33)])],
        crs="EPSG:4326",
    )
    both = gpd.GeoDataFrame(pd.concat([governorates, bow_tie], ignore_index=True))
    shapes = install(written(both), tmp_path / "home").shapes(1)
    assert len(shapes) == 18
    assert shapes.is_valid.all()


def test_levels_that_a_file_lacks_stay_as_they_were(
    official: Boundaries, governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    install(written(governorates), folder)
    districts = official.shapes(2)
    assert install(written(districts, "districts.gpkg", "ADM2_PCODE"), folder).levels == (1, 2)


def test_unknown_and_missing_codes_are_named(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    wrong = governorates.assign(pcode=governorates["pcode"].replace({"IQG05": "IQG99"}))
    error = refused(written(wrong), tmp_path / "home")
    assert error.key == "boundaries_codes"
    assert (error.values["unknown"], error.values["missing"]) == ("IQG99", "IQG05")


def test_a_place_without_a_shape_counts_as_missing(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    geometry = governorates.geometry.where(governorates["pcode"] != "IQG07")
    error = refused(written(governorates.assign(geometry=geometry)), tmp_path / "home")
    assert error.values["missing"] == "IQG07"


def test_another_country_is_refused(governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path) -> None:
    syria = governorates.assign(pcode=governorates["pcode"].str.replace("IQG", "SY"))
    assert refused(written(syria), tmp_path / "home").key == "boundaries_country"


def test_shapes_that_lie_elsewhere_are_refused(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    swapped = governorates.assign(geometry=shapely.transform(governorates.geometry, lambda xy: xy[:, ::-1]))
    assert refused(written(swapped), tmp_path / "home").key == "boundaries_elsewhere"


@pytest.mark.filterwarnings("ignore:.crs. was not provided")
def test_metres_without_a_projection_are_refused(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    metres = governorates.to_crs(32638).set_crs(None, allow_override=True)
    assert refused(written(metres, "metres.zip"), tmp_path / "home").key == "boundaries_projection"


def test_a_level_given_twice_is_refused(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    path = written(governorates, "twice.gpkg")
    governorates.to_file(path, layer="again")
    assert refused(path, tmp_path / "home").key == "boundaries_twice"


def test_points_and_tables_are_no_boundaries(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    points = governorates.assign(geometry=governorates.representative_point())
    assert refused(written(points), tmp_path / "home").key == "boundaries_no_codes"
    bare = tmp_path / "bare.geojson"
    features = [{"type": "Feature", "properties": {"pcode": "IQG01"}, "geometry": None}]
    bare.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert refused(bare, tmp_path / "home").key == "boundaries_no_codes"


def test_areas_without_codes_are_refused(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    assert refused(written(governorates, column="name"), tmp_path / "home").key == "boundaries_no_codes"


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("notes.txt", b"IQG01", "boundaries_kind"),
        ("page.geojson", b"<html>not found</html>", "boundaries_kind"),
        ("virtual.geojson", b"<OGRVRTDataSource></OGRVRTDataSource>", "boundaries_kind"),
        (
            "half.geojson",
            b'{"type": "FeatureCollection", "features": [{"type": "Fea',
            "boundaries_unreadable",
        ),
        ("half.gpkg", b"SQLite format 3\x00 and no more", "boundaries_unreadable"),
        ("text.zip", b"this is no archive", "boundaries_zip"),
        ("empty.zip", b"", "boundaries_zip"),
    ],
)
def test_files_of_another_kind_are_refused(name: str, content: bytes, key: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name, tmp_path / "home").key == key


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.zip", tmp_path / "home").key == "boundaries_absent"


@pytest.mark.parametrize(
    "member", ["../outside.shp", "/etc/outside.shp", "..\\outside.shp", "C:\\outside.shp"]
)
def test_an_archive_that_would_write_outside_is_refused(member: str, tmp_path: Path) -> None:
    path = tmp_path / "trick.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, b"\x00\x00\x27\x0a")
    assert refused(path, tmp_path / "home").key == "boundaries_member"
    assert not list(tmp_path.rglob("outside.shp"))


def test_an_archive_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("big.shp", "w") as member:
        for _ in range(LIMIT_MB + 1):
            member.write(bytes(1_000_000))
    assert refused(path, tmp_path / "home").key == "boundaries_size"


def test_a_truncated_archive_is_refused(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    path = written(governorates, "whole.zip")
    path.write_bytes(path.read_bytes()[:-500])
    assert refused(path, tmp_path / "home").key == "boundaries_zip"


def test_a_refused_file_leaves_the_earlier_boundaries_in_force(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    before = install(written(governorates), folder)
    with pytest.raises(BadFile):
        install(written(governorates.head(3), "some.gpkg"), folder)
    assert boundaries(folder) == before


def test_a_crash_while_writing_leaves_the_earlier_boundaries_in_force(
    governorates: gpd.GeoDataFrame, written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "home"
    before = install(written(governorates), folder)

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        install(written(governorates.assign(geometry=shrunk(governorates)), "new.gpkg"), folder)
    assert boundaries(folder) == before
    assert not list(folder.glob(".aside-*"))
