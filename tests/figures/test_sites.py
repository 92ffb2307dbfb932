"""Marks of places of work: few bytes for many, names that stay names, and what each brings back."""

import json

import pandas as pd

from csomap.figures import base_map, ground, sites, sites_legend_html
from csomap.i18n import LANGUAGES
from tests.figures.test_maps import HOSTILE, script

MARKS = pd.DataFrame(
    {
        "pcode": ["A", "B"],
        "lon": [42.5, 43.123456789],
        "lat": [33.5, 34.0],
        "exact": [False, True],
        "site": ["", HOSTILE],
        "org_ids": ["x;y", "y"],
    }
)


def rows(layer: object) -> list[list]:
    (cluster,) = layer._children.values()  # type: ignore[attr-defined]
    return cluster.data


def test_names_of_sites_and_organisations_are_data_and_end_no_script() -> None:
    layer = sites(MARKS, {"A": HOSTILE, "B": "Babil"}, {"x": HOSTILE, "y": "Y"})
    sent = script(layer)
    assert "</script>" not in sent
    assert "<img" not in sent
    assert "textContent = line" in sent


def test_a_mark_tells_its_place_and_its_organisations_by_number() -> None:
    layer = sites(MARKS, {"A": "Anbar", "B": "Babil"}, {"x": "X", "y": "Y"})
    assert rows(layer)[0] == [33.5, 42.5, 0, 0, "", [0, 1]]
    assert rows(layer)[1][:4] == [34.0, 43.12346, 1, 1]
    assert json.dumps([["A", "Anbar"], ["B", "Babil"]]) in script(layer)


def test_five_thousand_marks_are_a_few_hundred_kilobytes() -> None:
    many = pd.concat([MARKS.assign(site="Primary health care centre")] * 2_500, ignore_index=True)
    assert len(script(sites(many, {}, {}))) < 400_000


def test_without_marks_nothing_is_drawn() -> None:
    assert not sites(MARKS.head(0), {}, {})._children


def test_the_legend_says_what_each_form_means() -> None:
    for lang in LANGUAGES:
        told = sites_legend_html(lang, HOSTILE)
        assert "figure." not in told
        assert "<img" not in told
        assert "clip-path" in told and "double" in told  # a form of its own for each, not a colour alone


def test_the_empty_map_brings_what_groups_the_marks() -> None:
    page = base_map().get_root().render()
    assert page.index("leaflet.js") < page.index("leaflet.markercluster.js")


def test_pictures_from_elsewhere_name_their_source_and_their_absence() -> None:
    sent = script(ground("https://tiles.example.org/{z}/{x}/{y}.png", "Somebody", "ar"))
    assert "https://tiles.example.org/{z}/{x}/{y}.png" in sent
    assert "Somebody" in sent
    assert "tileerror" in sent
    assert "figure.map" not in sent
