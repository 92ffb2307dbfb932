"""Who lies beside whom: the list that the tool carries is what the official boundaries say."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from csomap.geo import Boundaries, neighbours
from csomap.geo.neighbours import derived
from csomap.tables.neighbours import frame
from csomap.tables.neighbours import neighbours as beside
from csomap.tables.places import places


def _squares(**corners: tuple[int, int]) -> gpd.GeoDataFrame:
    boxes = [shapely.box(x, y, x + 1, y + 1) for x, y in corners.values()]
    return gpd.GeoDataFrame({"pcode": list(corners)}, geometry=boxes, crs="EPSG:4326")


def test_a_line_makes_neighbours_and_a_point_does_not() -> None:
    found = neighbours(_squares(a=(0, 0), b=(1, 0), c=(1, 1), d=(5, 5)))
    assert list(found.itertuples(index=False, name=None)) == [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]


def test_the_list_is_what_the_official_boundaries_say(official: Boundaries) -> None:
    assert official.installed is not None
    pd.testing.assert_frame_equal(derived(official.installed.parent), frame(), check_dtype=False)


def test_every_place_has_neighbours_of_its_own_level_both_ways_round() -> None:
    pairs = set(frame().itertuples(index=False, name=None))
    assert pairs == {(other, one) for one, other in pairs}
    assert all(one != other and len(one) == len(other) for one, other in pairs)
    assert {one for one, _ in pairs} == set(places()["pcode"])


@pytest.mark.parametrize(
    ("pcode", "named"), [("IQG02", ("IQG03", "IQG14", "IQG17")), ("IQG99", ()), ("", ())]
)
def test_neighbours_are_found_by_code(pcode: str, named: tuple[str, ...]) -> None:
    assert beside(pcode) == named
