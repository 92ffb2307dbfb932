"""The place of a point: surely, or not at all."""

import time

import numpy as np
import pytest

from csomap.geo import Boundaries, place_of_point, points

DEFAULT = Boundaries()
ERBIL, AMMAN, DEIR_EZ_ZOR, KUWAIT = (44.01, 36.19), (35.93, 31.95), (40.14, 35.33), (47.98, 29.37)
BETWEEN_BABIL_AND_KERBALA = (44.2, 32.55)


def place(lon: float, lat: float, known: Boundaries = DEFAULT) -> str:
    return str(place_of_point([lon], [lat], known)[0])


def test_approximate_borders_tell_the_governorate_far_from_them_and_nothing_near_them() -> None:
    assert place(*ERBIL) == "IQG11"
    assert place(*BETWEEN_BABIL_AND_KERBALA) == ""


@pytest.mark.parametrize("point", [AMMAN, DEIR_EZ_ZOR, (-74.1, 4.6), (33.3, 44.4)])
def test_a_point_in_another_country_is_abroad(point: tuple[float, float]) -> None:
    assert place(*point) == "abroad"


@pytest.mark.parametrize("point", [(0, 0), (np.nan, 33.0), (44.0, np.nan), (np.inf, 33.0)])
def test_a_point_that_is_not_told_is_nowhere(point: tuple[float, float]) -> None:
    assert place(*point) == ""


def test_no_point_of_a_sub_district_is_put_into_another_governorate() -> None:
    marks = points(3)
    found = place_of_point(marks["lon"], marks["lat"], DEFAULT)
    told = found != ""
    assert told.mean() > 0.5
    assert (found[told] == marks["pcode"].str[:5].to_numpy()[told]).all()


def test_official_boundaries_tell_the_sub_district(official: Boundaries) -> None:
    marks = points(3)
    found = place_of_point(marks["lon"], marks["lat"], official)
    assert (found == marks["pcode"].to_numpy()).all()
    assert place(*KUWAIT, official) == place(*DEIR_EZ_ZOR, official) == "abroad"


def test_approximate_answers_are_right_by_the_official_borders(official: Boundaries) -> None:
    drawn = np.random.default_rng(3)
    lon, lat = drawn.uniform(38.8, 48.5, 20_000), drawn.uniform(29.1, 37.3, 20_000)
    truth, found = (place_of_point(lon, lat, known) for known in (official, DEFAULT))
    told = np.char.startswith(found.astype(str), "IQG")
    right = found[told] == np.array([code[:5] for code in truth[told]])
    assert right.mean() > 0.995
    inside = np.char.startswith(truth.astype(str), "IQG")
    assert not (found[inside] == "abroad").any()


def test_a_hundred_thousand_points_are_placed_at_once() -> None:
    drawn = np.random.default_rng(1)
    lon, lat = drawn.uniform(39, 48, 100_000), drawn.uniform(30, 37, 100_000)
    place(*ERBIL)
    began = time.process_time()
    place_of_point(lon, lat, DEFAULT)
    assert time.process_time() - began < 5
