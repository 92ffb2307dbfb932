"""What is drawn, where a point lies, and who touches whom."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from csomap.figures.maps import choropleth
from csomap.figures.scale import Scale
from csomap.geo import TOLERANCES, Boundaries, boundaries, neighbours, point_to_place, points
from csomap.tables.places import places


def test_without_official_boundaries_only_approximate_governorates_are_drawn(tmp_path: Path) -> None:
    at_hand = boundaries(tmp_path)
    assert (at_hand.official, at_hand.source, at_hand.levels) == (False, "default", (1,))
    assert set(at_hand.shapes(1)["pcode"]) == set(points(1)["pcode"])
    assert at_hand.shapes(2).empty
    assert at_hand.shapes(3).empty
    assert at_hand.shapes(2).crs == at_hand.shapes(1).crs == "EPSG:4326"


def test_a_pointer_to_boundaries_that_are_gone_falls_back_to_the_default(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("0123456789abcdef", encoding="utf-8")
    assert not boundaries(tmp_path).official


@pytest.mark.parametrize(("level", "count"), [(1, 18), (2, 101), (3, 294)])
@pytest.mark.parametrize("tolerance", TOLERANCES)
def test_official_shapes_keep_every_code_at_every_zoom(
    official: Boundaries, level: int, count: int, tolerance: float
) -> None:
    shapes = official.shapes(level, tolerance)
    assert len(shapes) == count
    assert list(shapes["pcode"]) == sorted(points(level)["pcode"])
    assert shapes.is_valid.all()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_simplifying_leaves_no_holes_and_no_overlaps_between_places(official: Boundaries, level: int) -> None:
    exact, drawn = official.shapes(level), official.shapes(level, 0.02)
    country = shapely.union_all(drawn.geometry.to_numpy())
    parts = shapely.area(drawn.geometry.to_numpy()).sum()
    assert parts == pytest.approx(country.area, rel=1e-6)
    assert sum(len(part.interiors) for part in shapely.get_parts(country)) == 0
    assert parts == pytest.approx(shapely.area(exact.geometry.to_numpy()).sum(), rel=0.01)
    assert shapely.get_num_coordinates(drawn.geometry.to_numpy()).sum() < 10_000


@pytest.mark.parametrize(("level", "kilobytes"), [(1, 60), (2, 150)])
def test_what_a_map_sends_to_the_browser_stays_small(
    official: Boundaries, level: int, kilobytes: int
) -> None:
    codes = points(level)["pcode"]
    values = codes.to_frame().assign(value=1.0)
    layer = choropleth(
        official.shapes(level, 0.01), values, Scale.sequential([1]), dict.fromkeys(codes, "Name")
    )
    (drawn,) = layer._children.values()
    assert len(str(drawn.data)) < kilobytes * 1000


def test_a_tolerance_between_two_takes_the_finer_one(official: Boundaries) -> None:
    assert official.shapes(2, 0.015).equals(official.shapes(2, 0.01))


def test_changing_a_table_of_shapes_does_not_change_the_next_one(official: Boundaries) -> None:
    official.shapes(1)["pcode"] = "spoiled"
    assert official.shapes(1)["pcode"].iloc[0] == "IQG01"


def test_every_sub_district_lies_in_its_own_governorate_and_district(official: Boundaries) -> None:
    marks = points(3)
    for level, length in ((1, 5), (2, 8), (3, 11)):
        found = point_to_place(marks["lon"], marks["lat"], official.shapes(level))
        assert list(found) == list(marks["pcode"].str[:length])


def test_a_point_abroad_or_without_coordinates_lies_nowhere(tmp_path: Path) -> None:
    shapes = boundaries(tmp_path).shapes(1)
    lon, lat = [44.4, 0.0, np.nan, 44.4], [33.3, 0.0, 33.3, np.nan]
    assert list(point_to_place(lon, lat, shapes)) == ["IQG08", "", "", ""]
    assert list(point_to_place(lon, lat, boundaries(tmp_path).shapes(3))) == ["", "", "", ""]
    assert list(point_to_place([], [], shapes)) == []


def test_a_point_on_a_shared_border_belongs_to_the_first_code(official: Boundaries) -> None:
    shapes = official.shapes(1).set_index("pcode").geometry
    border = shapes["IQG01"].intersection(shapes["IQG04"])
    on_it = shapely.get_parts(shapely.line_merge(border))[0].coords[1]
    assert list(point_to_place([on_it[0]], [on_it[1]], official.shapes(1))) == ["IQG01"]


def test_neighbours_are_mutual_and_nobody_neighbours_itself(official: Boundaries) -> None:
    pairs = set(neighbours(official.shapes(2)).itertuples(index=False, name=None))
    assert pairs == {(other, one) for one, other in pairs}
    assert all(one != other for one, other in pairs)
    assert {one for one, _ in pairs} == set(points(2)["pcode"])


@pytest.mark.parametrize("source", ["official", "default"])
def test_basrah_touches_muthanna_thi_qar_and_maysan_alone(
    source: str, official: Boundaries, tmp_path: Path
) -> None:
    shapes = (official if source == "official" else boundaries(tmp_path)).shapes(1)
    pairs = neighbours(shapes)
    assert list(pairs.loc[pairs["pcode"] == "IQG02", "neighbour"]) == ["IQG03", "IQG14", "IQG17"]


def test_a_level_without_shapes_has_no_neighbours(tmp_path: Path) -> None:
    nobody = neighbours(boundaries(tmp_path).shapes(2))
    assert list(nobody.columns) == ["pcode", "neighbour"]
    assert nobody.empty


def test_points_are_those_of_the_gazetteer() -> None:
    assert [len(points(level)) for level in (1, 2, 3)] == [18, 101, 294]
    assert len(places()) == 413
