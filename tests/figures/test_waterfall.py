"""Steps to a strength: what adds, what takes away, and where it ends, in every direction of reading."""

import pandas as pd
import pytest

from csomap.figures import described_waterfall, waterfall
from csomap.figures.palette import ACCENT, SECOND

STEPS = pd.DataFrame(
    {
        "name": ["start", "service", "silent", "scale"],
        "points": [30, 25, 0, -15],
        "told": ["", "Both name <b>surgery</b>", "not known", "few people"],
    }
)


def _bars(figure):
    return next(trace for trace in figure.data if trace.type == "bar")


def _written(figure) -> list[str]:
    """Return the numbers behind the bars, bold marks and the room around them taken off."""
    values = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text")
    return [text.replace("<b>", "").replace("</b>", "").strip("\u2002") for text in values.text]


def test_each_step_begins_where_the_one_before_it_ended() -> None:
    bars = _bars(waterfall(STEPS))
    assert list(zip(bars.base, bars.x, strict=True)) == [(0, 30), (30, 25), (55, -15), (0, 40)]


def test_what_says_nothing_is_left_out_but_the_base_is_always_there() -> None:
    bare = pd.DataFrame({"name": ["start", "silent"], "points": [0, 0], "told": ["", ""]})
    assert len(_bars(waterfall(STEPS)).base) == 4
    assert list(_bars(waterfall(bare)).x) == [0, 0]


def test_what_speaks_against_is_told_by_colour_stripes_and_sign() -> None:
    figure = waterfall(STEPS)
    marker = _bars(figure).marker
    assert (marker.color[1], marker.pattern.shape[1]) == (ACCENT, "")
    assert (marker.color[2], marker.pattern.shape[2]) == (SECOND, "/")
    assert [text.strip("\u2066\u2069") for text in _written(figure)] == ["30", "+25", "−15", "40"]


@pytest.mark.parametrize(("points", "strength"), [([90, 30], 100), ([10, -60], 0), ([40, 5], 45)])
def test_the_total_stays_between_0_and_100(points: list[int], strength: int) -> None:
    steps = pd.DataFrame({"name": ["start", "one"], "points": points, "told": ["", ""]})
    figure = waterfall(steps)
    assert _bars(figure).x[-1] == strength
    low, high = figure.layout.xaxis.range
    assert low <= min(0, sum(points)) and high > max(100, sum(points))


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_it_grows_from_the_right_for_those_who_read_from_there(lang: str) -> None:
    left, right = waterfall(STEPS).layout, waterfall(STEPS, lang).layout
    assert left.xaxis.range[0] < left.xaxis.range[1]
    assert right.xaxis.range[0] > right.xaxis.range[1]
    assert right.yaxis.side == "right"
    assert all(text.startswith("\u2067") for text in right.yaxis.ticktext)


def test_a_sign_stays_before_its_number_in_arabic() -> None:
    assert _written(waterfall(STEPS, "ar"))[2] == "\u2066−15\u2069"


def test_words_of_files_are_text() -> None:
    assert "Both name &lt;b&gt;surgery&lt;/b&gt;" in _bars(waterfall(STEPS)).hovertext[1]


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_same_stands_in_words(lang: str) -> None:
    told = described_waterfall(STEPS, lang)
    for part in ("start 30", "+25", "−15", "40"):
        assert part in told
    assert "silent" not in told
