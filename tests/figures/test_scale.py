"""A few round classes, and silence is never zero."""

import math

import numpy as np
import pytest

from csomap.figures import Scale
from csomap.i18n import t


def told(scale: Scale, lang: str = "en") -> list[str]:
    return [scale.label(band, lang) for band in scale.bands]


def test_few_different_counts_are_their_own_classes() -> None:
    assert told(Scale.sequential([0, 1, 2, 3, 3])) == ["None", "1", "2", "3", "No data, or not known"]
    assert told(Scale.sequential([1, 4, 9])) == ["1–3", "4–8", "9", "No data, or not known"]


def test_many_counts_share_five_classes_with_round_limits() -> None:
    scale = Scale.sequential(range(1, 101))
    assert told(scale) == ["1–19", "20–39", "40–49", "50–74", "75 or more", "No data, or not known"]


@pytest.mark.parametrize("top", [7, 24, 300, 21_092, 5_000_000])
def test_never_more_than_five_classes_beside_none_and_no_data(top: int) -> None:
    values = np.unique(np.geomspace(1, top, 60).astype(int)).tolist()
    assert len(Scale.sequential([0, *values]).bands) <= 7


def test_every_value_falls_into_the_class_that_names_it() -> None:
    scale = Scale.sequential([0, 0.04, 0.3, 1.2, 2.5, 8])
    for value in (0.04, 0.3, 1.2, 2.5, 8):
        band = scale.band(value)
        assert band.low <= value < band.high


def test_zero_is_none_and_silence_is_no_data() -> None:
    scale = Scale.sequential([0, 5, None])
    assert scale.band(0).code == "none"
    assert {scale.band(silent).code for silent in (None, math.nan, np.nan)} == {"no_data"}
    assert scale.band(0).mark != scale.band(None).mark


def test_zero_is_never_no_data_and_a_count_is_never_none() -> None:
    assert Scale.sequential([5, 8]).band(0).code == "none"
    assert Scale.sequential([0, 5, 8]).band(3).low == 5


def test_numbers_of_numpy_are_numbers() -> None:
    scale = Scale.sequential([1, 2, 3])
    assert scale.band(np.int64(2)) == scale.band(2) == scale.band(np.float64(2))


def test_nothing_at_all_has_the_class_of_no_data_alone() -> None:
    assert told(Scale.sequential([None, math.nan])) == ["No data, or not known"]


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_statuses_are_named_in_the_language(lang: str) -> None:
    assert told(Scale.statuses(), lang)[0] == t("figure.status.covered", lang)
    assert Scale.statuses().band("gap").code == "gap"


def test_a_status_that_does_not_exist_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        Scale.statuses().band("almost")
