"""Regions and fairness, and how much is not known: the sections by themselves, and on the real file."""

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.analysis.needs import cited, needs
from csomap.i18n import LANGUAGES, date, decimal, percent, t
from csomap.tables.places import area_name, regions
from csomap.tables.query import Query
from tests.real import REAL
from tests.ui.forms import brought_in

WITHOUT_HEALTH = ("IQG02", "IQG03", "IQG04", "IQG12", "IQG14", "IQG17", "IQG18")
VAGUE = (
    "Palm Grove Society,cso,immunisation,returnee,IQG15Q05,,2021-01,2021-12,",
    "Reed Boat Relief,ingo,health,returnee,IQG02,,2021-01,2021-12,",
)


def _sections() -> None:
    """Draw both sections below a frame, as the page of gaps does."""
    from csomap.analysis.questions import finest
    from csomap.ui import answers, frame, gap_fairness, gap_words, unknown

    view = frame.open("gaps")
    query = finest(answers.opening(view).but(area_level="1"))
    gap_fairness.show(view, query, gap_words.chosen(view, answers.coverage(view, query)))
    unknown.show(view, query)


@pytest.fixture
def sections(page, nothing_imported: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to draw the sections on an installation, with the codes of an address."""

    def drawn(home: Path | None = None, **codes: str) -> AppTest:
        monkeypatch.setenv("CSOMAP_HOME", str(home or nothing_imported))
        app = AppTest.from_function(_sections, default_timeout=180)
        app.query_params.update(codes)
        app.run()
        assert not app.exception
        return app

    return drawn


def _told(app: AppTest) -> str:
    shown = [part.value for kind in ("markdown", "caption", "info", "subheader") for part in app.get(kind)]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


def _html(app: AppTest) -> str:
    return " ".join(str(part.proto.body) for part in app.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_real_file_answers_the_question_of_the_south(
    sections, real_home: Path, real_data: flow.Data, lang: str
) -> None:
    told = _told(sections(real_home, lang=lang, sector="health"))
    data = real_data
    asked = Query(sector="health", service_level="sector")
    by_region = flow.find_regions(data, asked).set_index("region")["organisations_per_100k"]
    for region in regions()["region"].unique():
        assert f"{area_name(region, lang)} {decimal(by_region[region], lang)}" in told
    (row,) = flow.find_inequality(data, asked).to_dict("records")
    index = {name: decimal(row[name], lang) for name in ("gini", "gini_low", "gini_high")}
    assert t("fairness.gini", lang, service=_health(lang), organisations=32, **index) in told
    assert percent(row["theil_between"] / row["theil"], lang) in told
    nobody = next(line for line in told.split("- ") if "(7)" in line).split("(7)")[0]
    assert all(area_name(code, lang) in nobody for code in WITHOUT_HEALTH)
    assert area_name("IQG15", lang) not in nobody
    _, newest = cited(needs(), "population")
    assert t("needs.from.csi_2018", lang) in told and date(dt.date.fromisoformat(newest), lang) in told
    assert REAL.name in told and t("fairness.limits", lang) in told


def _unfolded(app: AppTest) -> AppTest:
    for part in ("gaps_fairness_part", "gaps_reporting_part"):
        app.session_state[part] = True
    return app.run()


def _health(lang: str) -> str:
    return {"en": "Health", "ar": "الصحة", "ckb": "تەندروستی"}[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sections_speak_the_language_on_the_sample(sections, lang: str) -> None:
    app = sections(lang=lang)
    told = _told(app)
    assert t("fairness.title", lang) in told and t("unknown.title", lang) in told
    assert t("fairness.limits", lang) in told
    for what in ("unlocated", "service", "group", "dates", "silent_months", "waiting", "silent_1"):
        assert t(f"unknown.{what}", lang) in _html(app)
    tables = [table.value for table in _unfolded(app).dataframe]
    assert any("silent_months" in table for table in tables)
    assert any("org_months_per_100k" in table and len(table) == 18 for table in tables)


def test_a_service_that_nobody_is_known_to_give_has_no_index(sections, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    told = _told(sections(tmp_path, lang="en", topic="palliative"))
    assert t("fairness.silent", service="Palliative care") in told
    assert "Gini index" not in told
    assert "Governorates where coarser reports could be Palliative care: Al-Basrah (1)." in told


def test_one_organisation_is_told_without_an_interval(sections, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    told = _told(sections(tmp_path, lang="en", topic="immunisation"))
    assert "It has no interval, for it rests on one organisation." in told
    assert (
        "Governorates without any report of any sector:" in told and "(16). Nothing is known of them." in told
    )
    assert "Without them the Gini index would be" in told


def test_what_a_silent_governorate_has_is_an_empty_field_and_not_a_zero(sections, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = sections(tmp_path, lang="en", topic="immunisation")
    (behind,) = (table.value for table in _unfolded(app).dataframe if "org_months_per_100k" in table.value)
    silent = behind["status"].isin([t("figure.status.no_data"), t("figure.status.unknown")])
    assert silent.sum() == 17 and behind.loc[silent, "org_months"].isna().all()
    assert behind.loc[~silent, "org_months"].tolist() == [12]


def test_a_group_without_figures_is_told_so(sections, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, "Palm Grove Society,cso,immunisation,refugee,IQG15Q05,,2021-01,2021-12,")
    app = sections(tmp_path, lang="en", topic="immunisation", population="refugee")
    assert "no number of people in need is known for the governorates" in _told(app)
    assert t("gap.need.unknown") in _told(app)


def test_a_place_does_not_narrow_what_compares_the_country(sections) -> None:
    app = _unfolded(sections(lang="en", place="IQG15"))
    assert any("org_months_per_100k" in table.value and len(table.value) == 18 for table in app.dataframe)


def test_each_hole_says_what_it_means_and_the_largest_one_leads(sections, tmp_path: Path) -> None:
    brought_in(
        tmp_path,
        tmp_path,
        "Palm Grove Society,cso,health,returnee,IQG15Q05,,2021-01,2021-12,",
        "Reed Boat Relief,ingo,health,host,IQG15Q05,,2021-01,2021-12,",
    )
    html = _html(sections(tmp_path, lang="en"))
    assert f"{t('unknown.why')} {t('unknown.means.service')}" in html
    assert f"<small>{t('unknown.means.service')}</small>" in html
    assert "<bdi>2 of 2 · 100%</bdi>" in html and "width:100.0%" in html
    assert f"<small>{t('unknown.means.group')}</small>" not in html  # nothing is missing there


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_shows_the_same_panel_in_short(page, lang: str) -> None:
    app = page("overview", lang=lang)
    assert not app.exception
    assert t("unknown.title", lang) in _told(app)
    assert t("unknown.silent_months", lang) in _html(app) and "<small>" not in _holes(app)
    assert not any("silent_months" in table.value for table in app.dataframe)


def _holes(app: AppTest) -> str:
    return next(str(part.proto.body) for part in app.get("html") if "csomap-holes" in str(part.proto.body))
