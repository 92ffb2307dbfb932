"""The page of gaps: silence, what is not known, and gaps are three different things."""

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap.analysis.needs import cited, needs
from csomap.i18n import LANGUAGES, date, t
from tests.ui.forms import VAGUE, brought_in

TITLES = {
    "where": "gap.heat.title",
    "regions": "fairness.title",
    "next": "next.title",
    "unknown": "unknown.title",
}


@pytest.fixture
def own_page(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a page on an installation of the test's own, in `tmp_path`."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    return page


def _told(app: AppTest) -> str:
    shown = [part.value for kind in ("markdown", "caption", "info", "subheader") for part in app.get(kind)]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


def _line(app: AppTest, beginning: str) -> str:
    return next(line for line in _told(app).split("- ") if line.startswith(beginning))


def test_each_area_has_one_of_five_statuses_in_words(page) -> None:
    told = _told(page("gaps", lang="en"))
    assert "Table of services (21) by areas (18)." in told
    for status in ("gap", "no_data", "unknown", "thin", "covered"):
        assert t(f"gap.status.{status}") in told


def test_an_area_with_reports_of_another_sector_is_a_gap_and_a_silent_one_is_no_data(
    own_page, tmp_path: Path
) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = own_page("gaps", lang="en", sector="health", **{"from": "2021-01", "to": "2021-12"})
    assert _line(app, "Reports, but none on Health").strip() == "Reports, but none on Health: Al-Basrah."
    silent = _line(app, "No report of any sector")
    assert "Al-Muthanna" in silent
    assert "Al-Basrah" not in silent


def test_where_health_was_reported_no_health_topic_is_a_gap_and_the_page_says_why(
    own_page, tmp_path: Path
) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = own_page("gaps", lang="en", sector="health", by="topic", **{"from": "2021-01", "to": "2021-12"})
    unknown = _line(app, "Not known, because")
    assert unknown.strip().endswith("could be Primary health care: Ninewa.")
    assert "Ninewa" not in _line(app, "Reports, but none on")
    why = t("gap.one.coarse", n=1, coarser="Health", service="Primary health care")
    assert why in _told(app)


def test_what_nobody_knows_is_an_empty_field_and_not_a_zero(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = own_page("gaps", lang="en", sector="health", by="topic", **{"from": "2021-01", "to": "2021-12"})
    app.session_state["gaps_in_words"] = True  # unfolded
    app.run()
    numbers = next(table.value for table in app.dataframe if "activities" in table.value)
    silent = numbers[numbers["status"].isin([t("figure.status.no_data"), t("figure.status.unknown")])]
    assert len(silent)
    assert silent["organisations"].isna().all()
    assert numbers.loc[numbers["status"] == t("figure.status.gap"), "organisations"].eq(0).all()


def test_regions_without_a_known_activity_are_not_compared(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    days = {"from": "2021-01", "to": "2021-12"}
    app = own_page("gaps", lang="en", sector="health", by="topic", part="regions", **days)
    assert t("gap.regions.silent", service="Primary health care") in _told(app)


def test_the_list_leaves_out_what_is_not_known_until_it_is_asked_for(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = own_page("gaps", lang="en", sector="health", by="topic")
    assert "whose status is not known" in _told(app)
    listed = next(table.value for table in app.dataframe if "gap_score" in table.value)
    assert t("figure.status.unknown") not in set(listed["status"])


def test_people_in_need_are_named_with_their_source_and_date(page) -> None:
    told = _told(page("gaps", lang="en"))
    source, newest = cited(needs(), "population")
    assert f'The people are counted as "Population": {source}' in told
    assert date(dt.date.fromisoformat(newest)) in told


def test_a_group_without_figures_is_ranked_by_status_alone(page) -> None:
    app = page("gaps", lang="en", population="refugee")
    assert t("gap.need.unknown") in _told(app)
    assert not any("people_in_need" in table.value for table in app.dataframe if "status" in table.value)


def test_districts_are_listed_and_the_table_stays_readable(page) -> None:
    app = page("gaps", lang="en", **{"in": "2"})
    assert t("gap.heat.district") in _told(app)
    assert "Table of services (21) by areas (18)." in _told(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("part", "title"), TITLES.items(), ids=list(TITLES))
def test_each_part_has_an_address_that_opens_it(page, part: str, title: str, lang: str) -> None:
    app = page("gaps", lang=lang, part=part)
    shown = [one.value for one in app.subheader]
    assert t(title, lang) in shown
    assert not ({t(other, lang) for other in TITLES.values()} - {t(title, lang)}) & set(shown)
    assert app.segmented_control("gaps_part").value == part


def test_a_part_that_does_not_exist_is_the_first(page) -> None:
    assert page("gaps", lang="en", part="goats").segmented_control("gaps_part").value == "where"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_it_does_not_say(page, lang: str) -> None:
    told = _told(page("gaps", lang=lang))
    assert all(t(f"gap.limits.{part}", lang) in told for part in ("partners", "levels", "silence", "people"))


def test_the_real_file_has_reports_but_none_on_health_in_the_south(
    page, real_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSOMAP_HOME", str(real_home))
    line = _line(page("gaps", lang="en", sector="health"), "Reports, but none on Health")
    named = "Al-Basrah, Al-Muthanna, Al-Najaf, Kerbala, Maysan, Thi Qar and Wassit."
    assert line.strip().endswith(named)
