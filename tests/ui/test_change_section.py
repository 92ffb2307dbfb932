"""The sections of change and of where next, in three languages, on the sample and on the real file."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.settings import ROOT, Settings
from csomap.tables.query import Query
from tests.ui.forms import VAGUE, brought_in


def _sections() -> None:
    from csomap.analysis.questions import finest
    from csomap.ui import answers, change, frame, gap_next, gap_words

    view = frame.open("gaps")
    query = finest(answers.opening(view).but(area_level="1"))
    change.show(view, query)
    gap_next.show(view, query, gap_words.chosen(view, answers.coverage(view, query)))


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to draw both sections on an installation of the test's own."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    monkeypatch.chdir(ROOT)

    def drawn(**codes: str) -> AppTest:
        app = AppTest.from_function(_sections, default_timeout=180)
        app.query_params.update(codes)
        app.run()
        assert not app.exception
        return app

    return drawn


def _told(app: AppTest) -> str:
    shown = [
        part.value for kind in ("markdown", "caption", "info", "warning", "success") for part in app.get(kind)
    ]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


def _table(app: AppTest, column: str):
    return next(table.value for table in app.dataframe if column in table.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sample_is_told_in_every_language(opened, lang: str) -> None:
    told = _told(opened(lang=lang))
    assert t("change.meaning", lang) in told and t("next.meaning", lang) in told
    assert "change." not in told and "next." not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_real_file_says_what_changed_and_where_next(
    opened, lang: str, real_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSOMAP_HOME", str(real_home))
    app = opened(lang=lang, sector="health")
    told = _told(app)
    anbar = {"en": "Al-Anbar", "ar": "الانبار", "ckb": "ئەنبار"}[lang]
    service = {"en": "Health", "ar": "الصحة", "ckb": "تەندروستی"}[lang]
    assert t("change.told.shrunk", lang, count=1, service=service, places=anbar) in told
    assert "2,908,491" in told and "1,454,246" in told
    ranked = _table(app, "relief")
    assert len(ranked) == 10 and ranked["rank"].tolist() == list(range(1, 11))


def test_what_is_compared_is_kept_in_the_address(opened, tmp_path: Path) -> None:
    code = brought_in(tmp_path, tmp_path, *VAGUE)
    app = opened(lang="en", sector="health", before=f"import:{code}")
    assert app.selectbox(key="change_before").value == f"import:{code}"
    assert set(_table(app, "change")["change"]) <= {
        t("change.kind.same"),
        t("change.kind.none"),
        t("change.kind.silent"),
    }
    app.selectbox(key="change_before").set_value("").run()
    assert "before" not in app.query_params


@pytest.mark.parametrize("before", ["import:nothing", "baseline:99", "baseline:x", "<b>"])
def test_an_address_that_names_nothing_shows_the_usual_comparison(
    opened, tmp_path: Path, before: str
) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    assert opened(lang="en", sector="health", before=before).selectbox(key="change_before").value == ""


def test_one_month_says_what_to_do(opened, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = opened(lang="en", sector="health", **{"from": "2021-01", "to": "2021-01"})
    assert t("change.one_month") in _told(app)


def test_silence_has_no_counts(opened, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    rows = _table(opened(lang="en", sector="health"), "change")
    silent = rows[rows["change"] == t("change.kind.silent")]
    assert len(silent) == 16 and silent[["presence_before", "organisations_now"]].isna().all().all()


def test_an_organisation_is_offered_the_areas_where_it_is_not(opened, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    data = flow.load(Settings(tmp_path))
    palm = data.organisations.set_index("name_en").loc["Palm Grove Society", "org_id"]
    app = opened(lang="en", sector="health", **{"for": palm})
    rows = _table(app, "relief")
    assert "reach" in rows and "Palm Grove Society" in _told(app)
    assert not rows["pcode"].str.contains("Ninewa").any()


def test_a_name_that_stands_for_another_baseline_shows_that_one(opened, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    settings = Settings(tmp_path)
    for at, (first, last) in enumerate((("01-01", "06-30"), ("07-01", "12-31"))):
        days = {"start": date.fromisoformat(f"2021-{first}"), "end": date.fromisoformat(f"2021-{last}")}
        made = flow.keep_baseline(settings, flow.load(settings), "Plan", query=Query(**days))
        told = _told(opened(lang="en", sector="health", before=f"baseline:{made}"))
        assert f"Before: {('January', 'July')[at]} 2021" in told
        assert "not equally long (months before: 6, now: 12)" in told
        flow.drop_baseline(settings, "Plan")


def test_months_that_are_left_out_are_named(opened, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, "Palm Grove Society,cso,health,host,IQG15Q05,,2021-01,2021-05,")
    told = _told(opened(lang="en", sector="health", **{"from": "2020-11", "to": "2021-06"}))
    assert "Before: February 2021 – March 2021. Now: April 2021 – May 2021." in told
    assert t("change.unreported", "en", months="November 2020 – December 2020 and June 2021") in told
    assert t("change.odd", "en", month="January 2021") in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_next_counts_nobody_where_nobody_knows(opened, lang: str, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    app = opened(lang=lang, sector="health")
    rows = _table(app, "relief")
    silent = rows["status"].isin([t(f"figure.status.{code}", lang) for code in ("no_data", "unknown")])
    assert silent.any() and rows.loc[silent, ["people_now", "people_after"]].isna().all().all()
    assert rows.loc[silent, "relief"].notna().all()


def test_a_baseline_is_kept_on_the_page_and_compared_with(opened, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *VAGUE)
    settings = Settings(tmp_path)
    flow.keep_baseline(settings, flow.load(settings), "Before [x](http://a) *plan*")
    app = opened(lang="en", sector="health", before="baseline:1")
    assert app.selectbox(key="change_before").value == "baseline:1"
    assert "Before: January 2021 – December 2021." in _told(app)
