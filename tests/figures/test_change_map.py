"""The map of change: every kind has a colour, a sign and a pattern of its own, and words."""

from itertools import combinations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from csomap import figures
from csomap.figures.palette import CHANGES, contrast
from csomap.i18n import LANGUAGES, t
from tests.figures.test_palette import JUST_TOLD_APART, SEEN_BY, distance, lab

KINDS = ("new", "gone", "grown", "shrunk", "same", "none", "silent_before", "silent_now", "silent", "unknown")


def _shapes(*codes: str) -> gpd.GeoDataFrame:
    boxes = [shapely.box(40 + n, 33, 41 + n, 34) for n in range(len(codes))]
    return gpd.GeoDataFrame({"pcode": list(codes)}, geometry=boxes, crs="EPSG:4326")


def _places(*kinds: str) -> pd.DataFrame:
    rows = [(f"IQG{n:02}", 40.5 + n, 33.5, kind, f"<b>{kind}</b>\nline") for n, kind in enumerate(kinds)]
    return pd.DataFrame(rows, columns=["pcode", "lon", "lat", "change", "told"])


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_kinds_are_told_apart_by_all_eyes(eyes: str) -> None:
    colours = [CHANGES[kind].colour for kind in ("new", "grown", "same", "shrunk", "gone")]
    assert min(distance(a, b, eyes) for a, b in combinations(colours, 2)) > 5 * JUST_TOLD_APART


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_the_scale_diverges_from_the_light_middle(eyes: str) -> None:
    light = [lab(CHANGES[kind].colour, eyes)[0] for kind in ("new", "grown", "same", "shrunk", "gone")]
    assert light[0] < light[1] < light[2] > light[3] > light[4]


def test_in_grey_signs_and_patterns_tell_what_colours_do_not() -> None:
    marks = list(CHANGES.values())
    assert len({mark.sign for mark in marks if mark.sign != "0"}) == len(marks) - 1
    sides = [
        (CHANGES[came].pattern, CHANGES[went].pattern)
        for came, went in (("new", "gone"), ("grown", "shrunk"))
    ]
    assert all(came != went for came, went in sides)
    assert all(contrast(mark.ink, mark.colour) >= 4.5 for mark in marks)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_words_in_the_legend_and_in_the_text(lang: str) -> None:
    scale = figures.ChangeScale.of(KINDS)
    assert len(scale.bands) == len(CHANGES)
    drawn = figures.legend_html(scale, lang)
    told = figures.described_change({f"place {n}": kind for n, kind in enumerate(KINDS)}, lang, title="X")
    for kind in CHANGES:
        assert t(f"figure.change.{kind}", lang) in drawn
        assert t(f"figure.change.{kind}", lang) in told
    assert f"{t('figure.change.silent', lang)}: 3" in told


def test_a_legend_names_only_what_there_is() -> None:
    assert [band.code for band in figures.ChangeScale.of(["same", "silent_now"]).bands] == ["same", "silent"]


def test_areas_are_filled_by_kind_and_carry_their_sign() -> None:
    places = _places("new", "silent_now")
    chart = figures.change_map(_shapes("IQG00", "IQG01"), _shapes("IQG00", "IQG01"), places)
    filled = {trace.fillcolor: trace for trace in chart.data if trace.mode == "lines"}
    assert CHANGES["silent"].colour in filled and filled[CHANGES["silent"].colour].fillpattern.shape == "\\"
    assert filled[CHANGES["new"].colour].x[0] in (40, 41)
    signs = {trace.text[0] for trace in chart.data if trace.mode == "markers+text"}
    assert signs == {"+", "–"}


def test_without_shapes_the_signs_stand_on_the_ground_of_governorates() -> None:
    chart = figures.change_map(_shapes().iloc[:0], _shapes("IQG00"), _places("gone"))
    assert [trace.mode for trace in chart.data] == ["lines", "markers+text"]


def test_what_a_file_says_is_no_markup_in_the_chart() -> None:
    chart = figures.change_map(_shapes("IQG00"), _shapes("IQG00"), _places("new"))
    (hover,) = chart.data[-1].hovertext
    assert hover == "&lt;b&gt;new&lt;/b&gt;<br>line"
