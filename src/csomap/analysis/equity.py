"""How evenly presence is spread over people in need: Gini, Lorenz, Theil, and how sure the Gini is.

All functions take plain arrays, one value an area: `presence` (organisation-months) and `need` (persons
in need, known and above 0). What has no answer is missing (nan): without any presence nothing is spread.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_ERRORS = 1.96  # standard errors to either side hold 95 % of a normal distribution


def gini(presence: npt.ArrayLike, need: npt.ArrayLike) -> float:
    """Return the Gini index of presence per person in need: 0 = the same for everybody, below 1.

    presence: organisation-months an area; need: persons an area. With the areas in order of
    presence / need and X, Y the shares of need and presence of the first k areas, from 0 to 1:
    1 - sum of (X_k - X_(k-1)) x (Y_k + Y_(k-1)). Source: Gini 1912, by the trapezoids of Brown 1994,
    Soc Sci Med 38(9). nan without areas or without presence.
    """
    return float(_ginis(_numbers(presence)[np.newaxis], _numbers(need))[0])


def order(presence: npt.ArrayLike, need: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """Return the positions of the areas, least presence per person in need first; equal ones as they came."""
    return np.argsort(_numbers(presence) / _numbers(need), kind="stable", axis=-1)


def lorenz(presence: npt.ArrayLike, need: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Return the points (X, Y) of the Lorenz curve, one more than there are areas: (0, 0) to (1, 1).

    X: cumulative share of the persons in need, Y: of the organisation-months, areas in the `order` of
    presence per person in need. Source: Lorenz 1905, Publ Am Stat Assoc 9(70). nan where Y has no total.
    """
    ranks = order(presence, need)
    return _summed(_numbers(need)[ranks]), _summed(_numbers(presence)[ranks])


def theil(presence: npt.ArrayLike, need: npt.ArrayLike, groups: Sequence[str]) -> tuple[float, float, float]:
    """Return the Theil T index of presence per person in need, and its parts between and within groups.

    presence: organisation-months an area; need: persons an area; groups: the region of each area. With the
    shares y of presence and x of need: T = sum of y ln(y / x), an area without presence adding 0; between
    is the same sum over the regions, within the sum of each region's own T times its share of presence;
    total = between + within >= 0. Source: Theil 1967, Economics and Information Theory. nan as in `gini`.
    """
    told, people = _numbers(presence), _numbers(need)
    if not told.sum():
        return (np.nan, np.nan, np.nan)
    names, region = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    inside = np.arange(len(names))[:, np.newaxis] == region
    by_region, people_by_region = inside @ told, inside @ people
    share = by_region / told.sum()
    each = [_theil(told[at], people[at]) if told[at].sum() else 0.0 for at in inside]
    return _theil(told, people), _theil(by_region, people_by_region), float(share @ np.asarray(each))


def bootstrap(months: npt.ArrayLike, need: npt.ArrayLike, draws: int, seed: int) -> tuple[float, float]:
    """Return the 95 % interval (low, high) of the Gini index, had other organisations reported.

    months: organisation-months, a row an organisation and a column an area; need: persons an area. As many
    organisations as there are are drawn with replacement, `draws` times; the interval is the index -/+ 1.96
    standard deviations of theirs, cut to 0 and 1: it tells how much the index hangs on single organisations,
    not how good the reports are. Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 13
    (standard normal interval). nan for fewer than two organisations or without presence.
    """
    table = np.atleast_2d(_numbers(months))
    count = len(table)
    if count < 2:
        return (np.nan, np.nan)
    times = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)
    drawn = _ginis(times @ table, _numbers(need))
    # A draw misses organisations, so its index is higher. With few of them all draws may lie above the index,
    # and no interval of their quantiles (percentile, basic, bias-corrected) would hold it.
    error = np.std(drawn[~np.isnan(drawn)]) if (~np.isnan(drawn)).any() else np.nan
    found = gini(table.sum(axis=0), need)
    low, high = np.clip([found - _ERRORS * error, found + _ERRORS * error], 0, 1)
    return float(low), float(high)


def _ginis(presence: Numbers, need: Numbers) -> Numbers:
    """Return one index for each row of `presence`."""
    if not need.size:
        return np.full(len(presence), np.nan)
    ranks = order(presence, need)
    people = _summed(need[ranks])
    told = _summed(np.take_along_axis(presence, ranks, axis=-1))
    heights = told[:, 1:] + told[:, :-1]
    found: Numbers = 1 - (np.diff(people, axis=-1) * heights).sum(axis=-1)
    return np.maximum(found, 0.0)  # of equal shares, rounding leaves a hair below nothing


def _summed(values: Numbers) -> Numbers:
    """Return the cumulative shares along the last axis, beginning with 0."""
    totals = values.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        shares = np.cumsum(values, axis=-1) / totals
    return np.concatenate([np.zeros_like(totals), shares], axis=-1)


def _theil(told: Numbers, people: Numbers) -> float:
    there = told > 0
    y, x = (told / told.sum())[there], (people / people.sum())[there]
    return max(0.0, float((y * np.log(y / x)).sum()))


def _numbers(values: npt.ArrayLike) -> Numbers:
    return np.asarray(values, dtype=np.float64)
