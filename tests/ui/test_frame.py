"""What stands around every page."""

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.settings import ROOT, Settings


def html(app) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sample_is_called_fictional_on_the_page(page, lang: str) -> None:
    assert t("frame.sample", lang) in html(page("about", lang=lang))


@pytest.mark.parametrize(("lang", "way"), [("en", "ltr"), ("ar", "rtl"), ("ckb", "rtl")])
def test_the_page_names_its_language_and_direction(page, lang: str, way: str) -> None:
    told = html(page("about", lang=lang))
    assert f'lang="{lang}"' in told
    assert f'dir="{way}"' in told


def test_one_sentence_says_what_is_shown(page) -> None:
    told = html(page("map", lang="en", topic="mhpss", place="IQG15", population="idp"))
    for named in ("Mental health and psychosocial support", "Ninewa", "January 2025 – December 2025"):
        assert named in told


def test_the_banner_goes_when_a_real_file_is_imported(page, tmp_path, monkeypatch) -> None:
    file = tmp_path / "real.csv"
    file.write_text(
        "organisation,service,population_group,pcode,start,end\n"
        "Example Organisation,Primary health care,Returnees,IQG15Q05,2024-01-01,2024-03-31\n",
        encoding="utf-8",
    )
    flow.ingest(file, Settings(tmp_path))
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    app = page("overview", lang="en")
    assert not app.exception
    assert t("frame.sample") not in html(app)
    assert any("real.csv" in caption.value for caption in app.caption)


def test_the_bare_address_leads_to_the_overview(monkeypatch, nothing_imported) -> None:
    monkeypatch.setenv("CSOMAP_HOME", str(nothing_imported))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = "ar"
    assert app.run().title[0].value == t("page.overview.title", "ar")


def test_after_a_deep_link_every_run_begins_with_the_app_where_pages_take_turns(page) -> None:
    assert not page("map", lang="en").exception
    assert PagesManager.uses_pages_directory is False


def test_a_page_file_opens_all_by_itself(page) -> None:
    app = AppTest.from_file(str(ROOT / "pages" / "about.py"), default_timeout=60)
    assert not app.run().exception
