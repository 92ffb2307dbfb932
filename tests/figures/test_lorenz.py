"""The Lorenz curve: runs from nothing to all, tells the regions apart without colour, is told in words."""

import pandas as pd
import pytest

from csomap.figures import described_lorenz, lorenz_curve
from csomap.i18n import LANGUAGES, t

CURVE = pd.DataFrame(
    {
        "pcode": ["IQG02", "IQG08", "IQG15", "IQG09"],
        "area_name": ["Basrah <b>", "Baghdad", "Ninewa", "Duhok"],
        "region": ["south", "centre", "north", "kri"],
        "org_months_per_100k": [0.0, 0.5, 6.0, 8.0],
        "people_share": [0.25, 0.75, 0.9, 1.0],
        "presence_share": [0.0, 0.2, 0.7, 1.0],
    }
)


def _marks(lang: str) -> list:
    return [trace for trace in lorenz_curve(CURVE, lang).data if trace.mode == "markers"]


def test_the_curve_runs_from_nothing_to_all_under_the_line_of_equal_shares() -> None:
    equal, curve = lorenz_curve(CURVE).data[:2]
    assert (list(equal.x), list(equal.y)) == ([0, 1], [0, 1])
    assert list(curve.x) == [0, 0.25, 0.75, 0.9, 1]
    assert list(curve.y) == [0, 0, 0.2, 0.7, 1]
    assert equal.line.dash != curve.line.dash


def test_regions_differ_in_sign_and_not_only_in_colour() -> None:
    signs = [trace.marker.symbol for trace in _marks("en")]
    assert len(signs) == len(set(signs)) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_and_axes_speak_the_language(lang: str) -> None:
    figure = lorenz_curve(CURVE, lang)
    assert {t(f"region.{code}", lang) for code in CURVE["region"]} == {
        trace.name.strip("\u2067\u2069") for trace in _marks(lang)
    }
    assert t("fairness.curve.people", lang) in figure.layout.xaxis.title.text
    assert figure.layout.yaxis.range[0] < figure.layout.yaxis.range[1]
    turned = figure.layout.xaxis.range[0] > figure.layout.xaxis.range[1]
    assert turned == (lang != "en")


def test_names_of_places_do_nothing_on_hover() -> None:
    assert "Basrah &lt;b&gt;" in _marks("en")[0].hovertext[0]


def test_in_words_the_half_with_least_and_who_has_most() -> None:
    told = described_lorenz(CURVE)
    assert "The half of the people with least presence has 10% of the organisation-months." in told
    assert "Duhok (8), Ninewa (6) and Baghdad (0.5)" in told
