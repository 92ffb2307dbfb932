"""Who works near whom, across every border, with the distance as a surveyor would measure it."""

from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csomap.geo import distance_km, near
from csomap.geo.near import EAST, NORTH, PLANE, SOUTH, STRETCH, WEST

GEODESIC = pyproj.Geod(ellps="WGS84")
MOSUL = (43.13, 36.34)
_IRAQ = (38.77, 29.06, 48.56, 37.38)  # degrees: the box of its borders
_BALL_KM, _BALL_ERROR = 6371.0, 0.006
_CLOSE_CALL_KM = 1e-6


def spots(*told: tuple[str, float | None, float | None]) -> pd.DataFrame:
    """Return places of work: area, longitude, latitude."""
    return pd.DataFrame(told, columns=["area", "longitude", "latitude"]).astype(
        {"longitude": float, "latitude": float}
    )


def away(km: float, bearing: float, start: tuple[float, float] = MOSUL) -> tuple[float, float]:
    """Return the point so far from the start, in degrees."""
    lon, lat, _ = GEODESIC.fwd(*start, bearing, km * 1000)
    return lon, lat


def two(km: float, start: tuple[float, float] = MOSUL, bearing: float = 90.0) -> pd.DataFrame:
    """Return a spot in one district and one in another, so far apart."""
    return spots(("IQG15Q05", *start), ("IQG15Q02", *away(km, bearing, start)))


def met(found: pd.DataFrame) -> set[frozenset[tuple[Any, ...]]]:
    """Return who lies near whom, whichever of the two is named first."""
    ends = [
        list(zip(*(found[f"{name}_{end}"] for name in spots().columns), strict=True)) for end in ("a", "b")
    ]
    return {frozenset(pair) for pair in zip(*ends, strict=True)}


@pytest.mark.parametrize(("km", "count"), [(0.001, 1), (4.999, 1), (5.0, 1), (5.001, 0), (400, 0)])
def test_two_districts_meet_up_to_the_distance_and_no_farther(km: float, count: int) -> None:
    assert len(near(two(km), 5.0 + 1e-9)) == count


@pytest.mark.parametrize("bearing", range(0, 360, 30))
@pytest.mark.parametrize(
    "start",
    [MOSUL, (42.7, 37.15), (47.8, 30.5), (39.6, 32.0), (45.0, 29.2)],
    ids=["Mosul", "Zakho", "Basra", "Rutba", "the south"],
)
def test_the_distance_is_that_on_the_ellipsoid_in_every_direction(
    start: tuple[float, float], bearing: int
) -> None:
    found = near(two(4.999, start, bearing), 5)
    assert found["km"].tolist() == pytest.approx([4.999], abs=1e-6)
    assert near(two(5.001, start, bearing), 5).empty


@pytest.mark.parametrize("border", [42.0, 48.0], ids=["zones 37 and 38", "zones 38 and 39"])
def test_a_border_of_utm_zones_parts_nobody(border: float) -> None:
    found = near(two(2, (border - 0.005, 33.0)), 5)
    assert found["km"].tolist() == pytest.approx([2.0], abs=1e-6)
    assert found["longitude_a"].iloc[0] < border < found["longitude_b"].iloc[0]


def test_one_site_written_in_two_districts_is_zero_kilometres_apart() -> None:
    found = near(spots(("IQG15Q05", *MOSUL), ("IQG15Q02", *MOSUL)), 5)
    assert found["km"].tolist() == [0.0]


def test_spots_of_one_area_are_not_told() -> None:
    assert near(spots(("IQG15Q05", *MOSUL), ("IQG15Q05", *away(1, 0))), 5).empty


def test_sites_of_one_place_are_areas_of_their_own_at_the_level_of_sites() -> None:
    there = spots(("IQG15Q05|clinic", *MOSUL), ("IQG15Q05|camp", *away(1, 0)), ("IQG15Q05|camp", *away(2, 0)))
    assert sorted(near(there, 5)["km"].round(6)) == [1.0, 2.0]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (None, 36.34),
        (43.13, None),
        (None, None),
        (float("nan"), 36.34),
        (0.0, 0.0),
        (36.34, 43.13),
        (1e9, 36.0),
    ],
    ids=["no longitude", "no latitude", "neither", "not a number", "zeros", "swapped", "nonsense"],
)
def test_half_or_impossible_coordinates_are_near_nothing(lon: float | None, lat: float | None) -> None:
    lost = ("IQG15Q02", lon, lat)
    assert near(spots(("IQG15Q05", *MOSUL), lost, ("IQG15Q03", lon, lat)), 50).empty
    assert len(near(spots(("IQG15Q05", *MOSUL), lost, ("IQG15Q06", *MOSUL)), 50)) == 1


def test_nobody_is_near_anybody_where_there_is_nobody() -> None:
    for empty in (spots(), spots(("IQG15Q05", *MOSUL)), spots(("IQG15Q05", None, None))):
        found = near(empty, 5)
        assert found.empty
        assert list(found.columns) == [
            *("area_a", "longitude_a", "latitude_a", "area_b", "longitude_b", "latitude_b", "km")
        ]


def test_the_plane_is_nowhere_off_by_more_than_it_says() -> None:
    in_iraq, in_the_box = _largest_error(*_IRAQ), _largest_error(WEST, SOUTH, EAST, NORTH)
    assert 0.0015 < in_iraq < 0.00165
    assert 0.0024 < in_the_box < 0.00255 < STRETCH


def _largest_error(west: float, south: float, east: float, north: float) -> float:
    """Return by which share a distance in the plane differs at most from the geodesic one, 1 to 50 km."""
    lon, lat, bearing, km = (
        axis.ravel()
        for axis in np.meshgrid(
            np.linspace(west, east, 25), np.linspace(south, north, 25), np.arange(0, 360, 15), [1, 5, 50]
        )
    )
    lon_b, lat_b, _ = GEODESIC.fwd(lon, lat, bearing, km * 1000)
    plane = pyproj.Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)
    (x, y), (x_b, y_b) = plane.transform(lon, lat), plane.transform(lon_b, lat_b)
    return float(np.abs(np.hypot(x_b - x, y_b - y) / (km * 1000) - 1).max())


_LON = st.floats(WEST, EAST) | st.sampled_from([41.999, 42.0, 42.001, 47.999, 48.0, 43.7])
_LAT = st.floats(SOUTH, NORTH) | st.sampled_from([33.2, 30.2, 36.2])
_STEP = st.floats(-0.3, 0.3) | st.just(0.0)
_AREA = st.sampled_from(["IQG15Q05", "IQG15Q02", "IQG11Q03", "IQG15Q05|camp", "IQG15Q05|clinic"])


@st.composite
def towns(draw: Any) -> pd.DataFrame:
    """Draw spots that crowd around one point, some without coordinates; each combination once."""
    lon, lat = draw(_LON), draw(_LAT)
    told = draw(st.lists(st.tuples(_AREA, _STEP, _STEP, st.integers(1, 9)), min_size=2, max_size=30))
    placed = [
        (area, None if n == 1 else min(max(lon + east, WEST), EAST), None if n == 2 else lat + north)
        for area, east, north, n in told
    ]
    return spots(*dict.fromkeys(placed))


@given(towns(), st.sampled_from([0.5, 5.0, 20.0, 50.0]))
def test_near_is_what_a_reading_of_every_two_finds(there: pd.DataFrame, km: float) -> None:
    found, expected, doubtful = met(near(there, km)), set(), set()
    rows = [row for row in there.itertuples(index=False, name=None) if _is_located(row)]
    for one, two_ in combinations(rows, 2):
        apart = GEODESIC.inv(*one[1:], *two_[1:])[2] / 1000
        pair = frozenset([one, two_])
        expected |= {pair} if one[0] != two_[0] and apart <= km else set()
        doubtful |= {pair} if abs(apart - km) < _CLOSE_CALL_KM else set()
    assert found - doubtful == expected - doubtful
    assert len(near(there, km)) == len(found)


def _is_located(row: tuple[str, float, float]) -> bool:
    return WEST <= row[1] <= EAST and SOUTH <= row[2] <= NORTH


@given(towns())
def test_the_order_of_the_rows_changes_nothing(there: pd.DataFrame) -> None:
    turned = there.iloc[::-1].reset_index(drop=True)
    assert met(near(there, 20)) == met(near(turned, 20))


@given(_LON, _LAT, _LON, _LAT)
def test_the_distance_is_nearly_that_on_a_ball(
    lon_a: float, lat_a: float, lon_b: float, lat_b: float
) -> None:
    a, b = radians(lat_a), radians(lat_b)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon_b - lon_a) / 2) ** 2
    ball = 2 * _BALL_KM * asin(sqrt(half))
    assert distance_km([lon_a], [lat_a], [lon_b], [lat_b])[0] == pytest.approx(
        ball, rel=_BALL_ERROR, abs=1e-3
    )
