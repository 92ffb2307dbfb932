"""A small map of few places: how exactly they are known, north up, in words too."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from csomap.figures import described_spots, spots

GROUND = gpd.GeoDataFrame(
    {"pcode": ["A", "B"]},
    geometry=[shapely.box(43, 36, 44, 37), shapely.box(44, 36, 45, 37)],
    crs="EPSG:4326",
)
NAMES = {"A": "Alpha <i>", "B": "Beta"}
MARKS = pd.DataFrame(
    {
        "lon": [43.6, 43.7],
        "lat": [36.5, 36.6],
        "count": [2, 1],
        "exact": [False, True],
        "told": ["Town\nPalm <b>", "Camp\nReed"],
        "place": ["Town", "Camp"],
        "names": ["Palm", "Reed"],
    }
)


def _marks(figure):
    return [trace for trace in figure.data if trace.mode == "markers+text"]


def test_coordinates_and_the_middle_of_a_place_have_two_marks() -> None:
    about, exact = _marks(spots(GROUND, MARKS, NAMES))
    assert (about.marker.symbol, exact.marker.symbol) == ("circle", "diamond")
    assert about.marker.color != exact.marker.color
    assert about.text == ("<b>2</b>",)


def test_one_spot_alone_has_the_land_around_it_in_view() -> None:
    layout = spots(GROUND, MARKS.head(1), NAMES).layout
    south, north = layout.yaxis.range
    assert north - south == pytest.approx(0.5)
    assert south < 36.5 < north


def test_the_shape_of_the_earth_is_kept_and_north_is_up_in_arabic_too() -> None:
    layout = spots(GROUND, MARKS, NAMES, "ar").layout
    assert layout.yaxis.scaleratio == pytest.approx(1.245, abs=0.01)  # 1 / cos(36.55 degrees)
    assert layout.xaxis.range[0] < layout.xaxis.range[1]
    assert layout.yaxis.range[0] < layout.yaxis.range[1]


def test_words_of_files_are_text() -> None:
    figure = spots(GROUND, MARKS, NAMES)
    assert _marks(figure)[0].hovertext == ("Town<br>Palm &lt;b&gt;",)
    assert "Alpha &lt;i&gt;" in next(trace for trace in figure.data if trace.mode == "text").text


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    bar = spots(GROUND, MARKS, NAMES).data[-1]
    km = (bar.x[2] - bar.x[0]) * 111.32 * 0.8036  # cos(36.53 degrees)
    assert bar.text[1] == f"{round(km)} km"


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_same_stands_in_words(lang: str) -> None:
    told = described_spots(MARKS, lang)
    assert "Town" in told and "Palm" in told and "Camp" in told
