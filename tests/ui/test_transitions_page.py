"""The page of transitions: what ends next, who could take over, who may only have stopped reporting."""

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, date, t
from csomap.tables.query import Query
from tests.ui.forms import brought_in

# One leaves Falluja, one gives the same to others there, one beside it, one fell silent; only the first
# says when it ends.
LEAVING = (
    "Palm Grove Society,cso,immunisation,returnee,IQG01Q01,,2021-01-01,2021-11-30,",
    "Reed Boat Relief,ingo,immunisation,host,IQG01Q01,,2021-10,,",
    "Olive Tree Union,cso,immunisation,returnee,IQG01Q03,,2021-10,,",
    "White Heron Care,cso,immunisation,host,IQG02Q01,,2021-04,,",
)


def _told(app: AppTest) -> str:
    shown = [part.value for kind in ("markdown", "caption", "info", "subheader") for part in app.get(kind)]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
def leaving_page(own_page, tmp_path: Path):
    """Return a way to open the page where one organisation says when it ends."""
    brought_in(tmp_path, tmp_path, *LEAVING)
    return lambda **codes: own_page("transitions", **codes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sample_says_what_ends_and_who_stopped_reporting(page, lang: str) -> None:
    app = page("transitions", lang=lang)
    assert not app.exception
    told = _told(app)
    assert date(dt.date(2025, 12, 31), lang) in told
    counted = [part.value for part in app.markdown if t("transition.months", lang, n=3) in part.value]
    assert len(counted) == 1
    for part in ("list.caption", "stopped.title", "stopped.caption", "limits.silence"):
        assert t(f"transition.{part}", lang) in told


def test_who_could_take_over_is_told_with_the_reasons(leaving_page) -> None:
    app = leaving_page(lang="en")
    told = _told(app)
    assert "Within 3 months the last known activity ends in 1 case" in told
    assert "Immunisation · Al-Falluja, Al-Anbar · Returnees" in told
    assert "Leaves: Palm Grove Society" in told
    assert "Stays in the same place: Reed Boat Relief" in told
    first, second = told.index("1. Reed Boat Relief"), told.index("2. Olive Tree Union")
    assert "works in the same place, for other population groups; an international" in told[first:second]
    assert "works in a neighbouring place, for the same population group; an organisation" in told[second:]


def test_silence_is_never_called_an_end(leaving_page) -> None:
    told = _told(leaving_page(lang="en"))
    assert "1 organisation in 1 place" in told
    assert "may only have stopped reporting: White Heron Care" in told
    assert "Leaves: White Heron Care" not in told


def test_the_horizon_is_kept_in_the_address(leaving_page) -> None:
    assert "Within 12 months" in _told(leaving_page(lang="en", ahead="12"))
    assert "Within 3 months" in _told(leaving_page(lang="en", ahead="7"))
    app = leaving_page(lang="en")
    app.segmented_control("transitions_ahead").set_value("6").run()
    assert app.query_params["ahead"] == "6"
    assert "Within 6 months" in _told(app)


def test_where_nothing_in_the_filters_states_an_end_the_page_says_so(leaving_page) -> None:
    told = _told(leaving_page(lang="en", population="host"))
    assert "2 activities were begun by 30 November 2021, and not one report states an end" in told
    assert "Palm Grove Society" not in told


def test_where_nothing_goes_on_the_page_says_so(leaving_page) -> None:
    assert "no report names an activity that still goes on" in _told(leaving_page(lang="en", topic="mhpss"))


def test_what_has_changed_is_the_other_part_of_the_page(leaving_page) -> None:
    app = leaving_page(lang="en", part="change")
    assert not app.exception
    assert t("transition.part.change") in _told(app)
    assert "Who stopped reporting" not in _told(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_real_file_states_no_ends_and_the_page_says_so(
    own_page, real_home: Path, real_data: flow.Data, monkeypatch, lang
) -> None:
    monkeypatch.setenv("CSOMAP_HOME", str(real_home))
    app = own_page("transitions", lang=lang, sector="health")
    assert not app.exception
    told = _told(app)
    day = date(flow.day_asked(real_data, Query()), lang)
    assert t("transition.no_ends", lang, n=459, day=day) in told
    organisations = t("transition.stopped.organisations", lang, n=12)
    places = t("transition.stopped.places", lang, n=21)
    assert t("transition.stopped.counts", lang, organisations=organisations, places=places) in told
