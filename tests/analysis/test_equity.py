"""Gini, Lorenz, Theil and the interval: by hand, against PySAL, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from csomap.analysis import equity

# Four governorates in two regions. Presence per 100 people in need: 0, 1, 2 and 4.
PRESENCE, NEED, REGIONS = [0, 2, 8, 4], [300, 200, 400, 100], ["a", "a", "b", "b"]


@st.composite
def areas(draw: st.DrawFn) -> tuple[list[int], list[int], list[str]]:
    """Draw presence (somebody is somewhere), need and region of up to twelve areas."""
    count = draw(st.integers(1, 12))
    presence = draw(st.lists(st.integers(0, 60), min_size=count, max_size=count).filter(any))
    need = draw(st.lists(st.integers(1, 40), min_size=count, max_size=count))
    regions = draw(st.lists(st.sampled_from("abc"), min_size=count, max_size=count))
    return presence, need, regions


def _persons(presence: list[int], need: list[int]) -> np.ndarray:
    """Return the presence that each single person has a share of: areas as equal units."""
    return np.repeat(np.asarray(presence) / np.asarray(need), need)


def test_the_curve_by_hand() -> None:
    people, told = equity.lorenz(PRESENCE, NEED)
    assert people == pytest.approx([0, 0.3, 0.5, 0.9, 1])
    assert told == pytest.approx([0, 0, 2 / 14, 10 / 14, 1])


def test_gini_by_hand() -> None:
    by_hand = 1 - (0.3 * 0 + 0.2 * 2 / 14 + 0.4 * 12 / 14 + 0.1 * 24 / 14)
    assert equity.gini(PRESENCE, NEED) == pytest.approx(by_hand) == pytest.approx(0.457142857)


def test_the_order_of_the_areas_does_not_matter() -> None:
    shuffled = [2, 0, 3, 1]
    turned = equity.gini([PRESENCE[at] for at in shuffled], [NEED[at] for at in shuffled])
    assert turned == pytest.approx(equity.gini(PRESENCE, NEED))


def test_theil_by_hand() -> None:
    total, between, within = equity.theil(PRESENCE, NEED, REGIONS)
    a, b = 2 / 14, 12 / 14
    inside_a = np.log(1 / 0.4)
    inside_b = 8 / 12 * np.log((8 / 12) / 0.8) + 4 / 12 * np.log((4 / 12) / 0.2)
    assert between == pytest.approx(a * np.log(a / 0.5) + b * np.log(b / 0.5))
    assert within == pytest.approx(a * inside_a + b * inside_b)
    assert total == pytest.approx(between + within)


def test_the_same_for_everybody_is_nothing() -> None:
    assert equity.gini([3, 6, 9], [10, 20, 30]) == pytest.approx(0, abs=1e-12)
    assert equity.theil([3, 6, 9], [10, 20, 30], ["a", "a", "b"]) == pytest.approx((0, 0, 0), abs=1e-12)


def test_all_in_one_place_is_the_share_of_the_others() -> None:
    assert equity.gini([5, 0], [25, 75]) == pytest.approx(0.75)


def test_without_presence_or_areas_there_is_no_answer() -> None:
    assert np.isnan(equity.gini([0, 0], [1, 2]))
    assert np.isnan(equity.gini([], []))
    assert np.isnan(equity.theil([0, 0], [1, 2], ["a", "b"])).all()


@given(areas())
def test_gini_is_that_of_pysal_over_equal_units(drawn: tuple[list[int], list[int], list[str]]) -> None:
    presence, need, _ = drawn
    assert equity.gini(presence, need) == pytest.approx(Gini(_persons(presence, need)).g, abs=1e-9)


@given(areas())
def test_theil_is_that_of_pysal_over_equal_units(drawn: tuple[list[int], list[int], list[str]]) -> None:
    presence, need, regions = drawn
    persons = _persons(presence, need)
    total, between, within = equity.theil(presence, need, regions)
    parts = TheilD(persons, np.repeat(regions, need))
    assert total == pytest.approx(Theil(persons).T, abs=1e-8)  # PySAL adds a hair to a presence of nothing
    assert between == pytest.approx(float(np.squeeze(parts.bg)), abs=1e-8)
    assert within == pytest.approx(float(np.squeeze(parts.wg)), abs=1e-8)


@given(areas(), st.integers(2, 9), st.integers(2, 9))
def test_what_always_holds(drawn: tuple[list[int], list[int], list[str]], more: int, wider: int) -> None:
    presence, need, regions = drawn
    found = equity.gini(presence, need)
    assert 0 <= found < 1
    scaled = [value * more for value in presence], [value * wider for value in need]
    assert equity.gini(*scaled) == pytest.approx(found, abs=1e-12)
    total, between, within = equity.theil(presence, need, regions)
    assert total == pytest.approx(between + within, abs=1e-12)
    assert min(total, between, within) >= 0
    assert equity.theil(*scaled, regions) == pytest.approx((total, between, within), abs=1e-12)


@given(areas())
def test_the_curve_runs_below_the_line_of_equal_shares(drawn: tuple[list[int], list[int], list[str]]) -> None:
    presence, need, _ = drawn
    people, told = equity.lorenz(presence, need)
    assert (np.diff(people) > 0).all() and (np.diff(told) >= 0).all()
    assert (told <= people + 1e-12).all() and people[-1] == pytest.approx(1) and told[-1] == pytest.approx(1)


# Three organisations in three areas of equal need.
MONTHS = [[12, 0, 0], [12, 6, 0], [0, 6, 6]]


def test_the_interval_is_that_of_every_draw_counted_out() -> None:
    need = [1, 1, 1]
    every = [
        equity.gini(np.sum([MONTHS[one] for one in draw], axis=0), need)
        for draw in np.ndindex(3, 3, 3)  # all 27 ways to draw three with replacement, equally likely
    ]
    found, reach = equity.gini(np.sum(MONTHS, axis=0), need), 1.96 * np.std(every)
    exact = [max(0, found - reach), min(1, found + reach)]
    assert equity.bootstrap(MONTHS, need, 40_000, 1) == pytest.approx(exact, abs=0.005)


def test_the_same_seed_gives_the_same_interval_and_another_one_nearly() -> None:
    rng = np.random.default_rng(5)
    months, need = rng.integers(0, 12, (30, 18)), rng.integers(1, 9, 18)
    low, high = equity.bootstrap(months, need, 2000, 1)
    assert equity.bootstrap(months, need, 2000, 1) == (low, high)
    assert (low, high) == pytest.approx(equity.bootstrap(months, need, 2000, 2), abs=0.01)
    assert low < equity.gini(months.sum(axis=0), need) < high


def test_organisations_that_do_all_the_same_leave_no_doubt() -> None:
    low, high = equity.bootstrap([[4, 1]] * 5, [1, 1], 500, 1)
    assert low == pytest.approx(high) == pytest.approx(equity.gini([4, 1], [1, 1]))


def test_one_organisation_tells_nothing_of_chance() -> None:
    assert np.isnan(equity.bootstrap([[4, 1]], [1, 1], 500, 1)).all()


@st.composite
def organisations(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    """Draw what up to eight organisations do in up to six areas, and the need of these."""
    count = draw(st.integers(1, 6))
    row = st.lists(st.integers(0, 12), min_size=count, max_size=count).filter(any)
    need = draw(st.lists(st.integers(1, 40), min_size=count, max_size=count))
    return draw(st.lists(row, min_size=2, max_size=8)), need


@given(organisations())
def test_the_interval_holds_its_own_index(drawn: tuple[list[list[int]], list[int]]) -> None:
    months, need = drawn
    low, high = equity.bootstrap(months, need, 200, 1)
    assert 0 <= low <= equity.gini(np.sum(months, axis=0), need) <= high <= 1


def test_one_organisation_in_each_governorate_lies_inside_its_interval() -> None:
    months, need = np.eye(18) * 12, np.arange(1, 19)  # every draw misses some: all of its indices are higher
    low, high = equity.bootstrap(months, need, 2000, 1)
    assert low < equity.gini(months.sum(axis=0), need) < high


def test_organisations_without_presence_tell_nothing_of_chance() -> None:
    assert np.isnan(equity.bootstrap([[0, 0], [0, 0]], [1, 1], 50, 1)).all()
