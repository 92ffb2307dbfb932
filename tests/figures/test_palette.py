"""Colours that everybody can tell apart and read."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from csomap.figures.palette import (
    ACCENT,
    BACKGROUND,
    MUTED,
    NO_DATA,
    SECOND,
    STATUSES,
    TEXT,
    contrast,
    linear,
    sequence,
)
from csomap.figures.patterns import svg_patterns

# Linear light as people without red or green cones see it (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
}
JUST_TOLD_APART = 2.3  # CIELAB distance; maps need several times that


def lab(colour: str, eyes: str) -> np.ndarray:
    """Return a colour in CIELAB (D65) as those eyes see it."""
    light = np.clip(SEEN_BY[eyes] @ np.array(linear(colour)), 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ light / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, eyes: str) -> float:
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))


@pytest.mark.parametrize("text", [TEXT, MUTED])
@pytest.mark.parametrize("ground", ["#FFFFFF", BACKGROUND])
def test_text_reads_on_every_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("mark", [*STATUSES.values(), *sequence(5)])
def test_what_stands_on_a_colour_reads(mark: object) -> None:
    assert contrast(mark.ink, mark.colour) >= 4.5  # type: ignore[attr-defined]


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_statuses_are_told_apart_by_all_eyes(eyes: str) -> None:
    colours = [mark.colour for mark in STATUSES.values()]
    assert min(distance(a, b, eyes) for a, b in combinations(colours, 2)) > 6 * JUST_TOLD_APART
    assert distance(ACCENT, SECOND, eyes) > 6 * JUST_TOLD_APART


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("classes", [1, 2, 3, 4, 5])
def test_steps_grow_darker_and_differ_from_none_and_no_data(eyes: str, classes: int) -> None:
    colours = ["#FFFFFF", *(mark.colour for mark in sequence(classes))]
    lightness = [lab(colour, eyes)[0] for colour in colours]
    assert all(lighter - darker > 5 * JUST_TOLD_APART / 2 for lighter, darker in pairwise(lightness))
    assert min(distance(NO_DATA.colour, colour, eyes) for colour in colours) > 4 * JUST_TOLD_APART


def test_every_status_has_a_sign_and_a_pattern_of_its_own() -> None:
    marks = STATUSES.values()
    assert len({mark.sign for mark in marks}) == len({mark.pattern for mark in marks}) == len(marks)
    assert all(f'id="csomap-{m.pattern}"' in svg_patterns() for m in marks if m.pattern != "plain")


def test_no_classes_need_no_colours() -> None:
    assert sequence(0) == []
