"""Charts that read in the direction of the language and say the same in words."""

import datetime as dt

import pandas as pd
import pytest

from csomap.figures import (
    Scale,
    bars,
    described_bars,
    described_heatmap,
    described_map,
    described_regions,
    described_timeline,
    enlarged,
    heatmap,
    region_shares,
    timeline,
)
from csomap.figures.palette import STATUSES

SERVICES = {"mhpss": "Mental health and psychosocial support", "phc": "Primary <b>care</b> %{x}"}
AREAS = {"IQG01": "Anbar", "IQG02": "Basrah", "IQG03": "Muthanna"}
STATES = pd.DataFrame(
    {
        "service": ["mhpss", "mhpss", "phc"],
        "pcode": ["IQG01", "IQG02", "IQG02"],
        "status": ["covered", "gap", "thin"],
    }
)
COUNTS = pd.DataFrame({"name": ["few", "many", "silent", "none"], "value": [3, 24, None, 0]})
RUNS = pd.DataFrame(
    {
        "organisation": ["Amal <i>", "Heevie", "UPP"],
        "start": [dt.date(2021, 1, 1), dt.date(2021, 3, 1), None],
        "end": [dt.date(2021, 1, 31), None, dt.date(2021, 6, 30)],
        "label": ["Primary care"] * 3,
    }
)
SHARES = pd.DataFrame({"name": ["North", "South"], "presence_share": [0.9, 0.1], "need_share": [0.4, None]})
FIGURES = {
    "heatmap": lambda lang: heatmap(STATES, SERVICES, AREAS, lang),
    "bars": lambda lang: bars(COUNTS, lang),
    "timeline": lambda lang: timeline(RUNS, lang),
    "region_shares": lambda lang: region_shares(SHARES, lang),
}


@pytest.mark.parametrize("name", FIGURES)
def test_charts_are_mirrored_where_reading_starts_at_the_right(name: str) -> None:
    left, right = FIGURES[name]("en").layout, FIGURES[name]("ar").layout
    assert (left.yaxis.side, right.yaxis.side) == (None, "right")
    assert right.xaxis.autorange == "reversed" or right.xaxis.range[0] > right.xaxis.range[1]
    assert all(text.startswith("\u2067") and text.endswith("\u2069") for text in right.yaxis.ticktext)


@pytest.mark.parametrize("name", FIGURES)
def test_charts_hold_the_arabic_font_and_no_text_of_their_own(name: str) -> None:
    figure = FIGURES[name]("ckb")
    assert "Noto Sans Arabic" in figure.layout.font.family
    assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"
    assert "figure." not in figure.to_json()


def test_a_heat_table_shows_sign_and_colour_and_silence_as_no_data() -> None:
    cells, signs = heatmap(STATES, SERVICES, AREAS).data
    order = list(STATUSES)
    assert [[order[z] for z in row] for row in cells.z] == [
        ["covered", "gap", "no_data"],
        ["no_data", "thin", "no_data"],
    ]
    assert list(signs.text) == ["●", "×", "–", "–", "◐", "–"]
    assert signs.textfont.color[0] == STATUSES["covered"].ink
    assert cells.hovertext[0][1] == "Mental health and psychosocial support<br>Basrah<br>Gap"


def test_hostile_names_are_text_and_no_template() -> None:
    figure = heatmap(STATES, SERVICES, AREAS)
    assert figure.layout.yaxis.ticktext[1] == "Primary &lt;b&gt;care&lt;/b&gt; %{x}"
    assert figure.data[0].hovertemplate is None
    assert "&lt;i&gt;" in timeline(RUNS).data[0].hovertext[0]


def test_bars_are_ranked_and_silence_has_none() -> None:
    figure = bars(COUNTS, unit="organisations")
    assert list(figure.data[0].x) == [24, 3, 0]
    assert list(figure.layout.yaxis.ticktext) == ["many", "few", "none"]
    assert figure.data[0].hovertext[0] == "many: 24 organisations"


def test_two_places_of_one_name_stay_two_bars() -> None:
    same = pd.DataFrame({"name": ["Basrah", "Basrah"], "value": [1, 2]})
    assert list(bars(same).data[0].y) == [0, 1]


def test_a_month_is_as_long_as_its_days_both_ends_included() -> None:
    bar = timeline(RUNS).data[0]
    assert bar.base[0] == "2021-01-01"
    assert bar.x[0] == 31 * 86_400_000


def test_an_end_that_is_not_known_is_striped_and_says_so() -> None:
    bar = timeline(RUNS).data[0]
    assert list(bar.marker.pattern.shape) == ["", "/", "/"]
    assert "not stated" in bar.hovertext[1]


def test_a_timeline_without_any_date_does_not_fail() -> None:
    undated = RUNS.assign(start=None, end=None)
    assert len(timeline(undated).data[0].y) == 3
    assert (
        described_timeline(undated)
        == "Timeline of 3 unbroken times of Amal <i>, Heevie and UPP, without dates."
    )


def test_empty_tables_make_empty_figures() -> None:
    assert list(bars(COUNTS.head(0)).data[0].y) == []
    assert list(timeline(RUNS.head(0)).data[0].y) == []
    assert region_shares(SHARES.head(0)).layout.yaxis.ticktext == ()


def test_shares_are_marked_by_shape_as_well_as_colour() -> None:
    _, presence, need = region_shares(SHARES).data
    assert presence.marker.symbol != need.marker.symbol
    assert presence.marker.color != need.marker.color
    assert presence.hovertext[0] == "Share of presence<br>North: 90%"


def test_the_words_of_a_figure_tell_its_facts() -> None:
    values = pd.DataFrame({"pcode": ["IQG01", "IQG02"], "value": [3, 24]})
    told = described_map(values, Scale.sequential([3, 24]), AREAS, title="Organisations")
    assert told == "Map. Organisations: Highest: Basrah (24) and Anbar (3). No data for 1 place."
    assert "many (24), few (3) and none" in described_bars(COUNTS, title="Organisations").lower()
    assert "Gap: 1" in described_heatmap(STATES, SERVICES, AREAS)
    assert "No data: 3" in described_heatmap(STATES, SERVICES, AREAS)
    assert "from 1 January 2021 to 30 June 2021" in described_timeline(RUNS)
    assert (
        described_regions(SHARES)
        == "North: 90% of presence, 40% of the people. South: 10% of presence, No data of the people."
    )


def test_the_words_of_a_map_of_statuses_count_the_silent_places() -> None:
    values = pd.DataFrame({"pcode": ["IQG01", "IQG02"], "value": ["gap", "no_data"]})
    assert "Gap: 1" in described_map(values, Scale.statuses(), AREAS)
    assert "No data: 2" in described_map(values, Scale.statuses(), AREAS)


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_words_exist_in_each_language(lang: str) -> None:
    for told in (
        described_heatmap(STATES, SERVICES, AREAS, lang),
        described_bars(COUNTS, lang),
        described_timeline(RUNS, lang),
        described_regions(SHARES, lang),
    ):
        assert "figure." not in told


def test_what_is_drawn_for_a_room_is_larger_and_says_the_same():
    found = timeline(RUNS, "en")
    larger = enlarged(found, 1.5)
    assert larger.layout.font.size == 1.5 * found.layout.font.size
    assert larger.layout.height == 1.5 * found.layout.height
    assert list(larger.data[0].y) == list(found.data[0].y)
    assert list(larger.data[0].x) == list(found.data[0].x)


def test_marks_of_a_list_of_sizes_grow_one_by_one():
    found = region_shares(SHARES, "en")
    found.data[-1].marker.size = [10, 20]
    assert list(enlarged(found, 1.5).data[-1].marker.size) == [15, 30]


def test_an_organisation_has_one_line_however_often_it_begins_again():
    again = pd.concat([RUNS, RUNS.head(1).assign(start=dt.date(2021, 5, 1), end=dt.date(2021, 6, 1))])
    found = timeline(again)
    assert list(found.data[0].y) == [0, 0, 1, 2]
    assert len(found.layout.yaxis.ticktext) == 3
