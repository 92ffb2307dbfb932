"""Figures of need on the page of imports: what holds, newer ones, and the files that were brought in."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from csomap.tables import taxonomy

LINE = b"indicator,pcode,value,date,source\nidp,IQG15,777,2024-05,DTM\n"


def _told(app: AppTest) -> str:
    assert not app.exception
    shown = [part.value for kind in ("markdown", "caption", "success", "subheader") for part in app.get(kind)]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section_says_what_holds_and_how_scarce_care_is(page, lang: str) -> None:
    app = page("import", lang=lang)
    told = _told(app)
    assert t("needs.title", lang) in told and t("needs.history.none", lang) in told
    assert "8.4" in told and "19.4" in told and "44.5" in told
    assert t("needs.from.iom_cso", lang) in told
    held = next(table.value for table in app.dataframe if "places" in table.value)
    population = held[held["indicator"].str.contains(t("needs.indicator.population", lang))]
    assert sorted(population["places"]) == [1, 18]


def test_a_file_is_taken_out_and_brought_back_on_the_page(own_page, tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    flow.keep_needs(flow.read_needs(LINE, settings, "figures.csv"), settings, "ab")
    app = own_page("import", lang="en")
    app.button(key="needs_change").click().run()
    assert t("needs.history.undone", name="figures.csv") in _told(app)
    assert flow.needs_history(settings)["status"].tolist() == ["undone"]
    app.button(key="needs_change").click().run()
    assert flow.needs_history(settings)["status"].tolist() == ["holds"]


def test_what_was_brought_in_is_what_gaps_are_measured_against(own_page, tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    head = b"indicator,pcode,service,value,date,source\n"
    line = b"people_in_need,IQG15,health,777,2024-05,Overview of 2024\n"
    flow.keep_needs(flow.read_needs(head + line, settings, "figures.csv"), settings)
    told = _told(own_page("gaps", lang="en", sector="health"))
    assert f'The people are counted as "{t("gap.need.indicator.people_in_need")}": Overview of 2024' in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_of_how_many_areas_a_service_is_told(own_page, tmp_path: Path, lang: str) -> None:
    head, line = (
        b"indicator,pcode,service,value,date,source\n",
        b"people_in_need,IQG15,health,777,2024-05,s\n",
    )
    app = own_page("import", lang=lang)
    app.session_state["needs_upload_part"] = True
    app.run()
    upload = next(one for one in app.file_uploader if (one.key or "").startswith("needs_file"))
    upload.set_value(("figures.csv", head + line, "text/csv"))
    app.run()
    told = {"service": taxonomy.load("services").label("health", lang), "total": 18}
    assert t("needs.upload.few_1", lang, n=1, **told) in _told(app)


def test_the_sources_are_those_of_the_rows_that_are_shown(own_page, tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    head = b"indicator,pcode,service,value,date,source\n"
    lines = b"people_in_need,IQG15,health,7,2023-05,Elder\npeople_in_need,IQG04,health,7,2024-05,Younger\n"
    flow.keep_needs(flow.read_needs(head + lines, settings, "figures.csv"), settings)
    told = _told(own_page("gaps", lang="en", sector="health", place="IQG15"))
    assert "Elder, 31 May 2023" in told and "Younger" not in told
