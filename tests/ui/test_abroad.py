"""Rows about another country: told kindly, kept out of the figures, and no page falls over them."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.i18n import LANGUAGES, country_name, t
from csomap.settings import Settings
from tests.ui.messy import keys, told

HEADERS = "location_code,has_hrp,admin1_code,admin1_name,org_name,org_acronym,sector_name," + (
    "reference_period_start,reference_period_end"
)
LEBANON = "LBN,TRUE,,North,Cedar House,CH,Health,2026-01-01,2026-03-31"
IRAQ = "IRQ,TRUE,IQG15,Ninewa,Palm Grove Society,PGS,Health,2026-01-01,2026-03-31"
ABROAD = "\n".join([HEADERS, LEBANON]).encode()
MIXED = "\n".join([HEADERS, LEBANON, IRAQ]).encode()
ALEPPO = b"organisation,service,pcode,start,end\nPalm Grove Society,immunisation,Aleppo,2026-01,2026-03\n"


@pytest.fixture
def own_page(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a page on an installation of the test's own, in `tmp_path`."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    return page


def _brought_in(home: Path, content: bytes) -> None:
    file = home / "form.csv"
    file.write_bytes(content)
    flow.ingest(file, Settings(home))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_about_another_country_is_told_by_the_name_of_the_country(page, lang: str) -> None:
    app = page("import", lang=lang)
    app.file_uploader[0].set_value(("form.csv", ABROAD, "text/csv"))
    app.run()
    assert t("import.abroad.whole", lang, n=1, where=country_name("LB", lang)) in told(app)
    assert app.button(key="import_go").proto.type == "secondary"


def test_a_file_that_is_partly_about_iraq_says_how_many_rows_are_not(page) -> None:
    app = page("import", lang="en")
    app.file_uploader[0].set_value(("form.csv", MIXED, "text/csv"))
    app.run()
    assert t("import.abroad.part", n=1, where="Lebanon") in told(app)
    assert app.button(key="import_go").proto.type == "primary"


@pytest.mark.parametrize("name", ["overview", "map", "overlaps", "gaps"])
def test_a_page_of_figures_without_any_row_to_count_says_what_to_do(
    own_page, tmp_path: Path, name: str
) -> None:
    _brought_in(tmp_path, ABROAD)
    app = own_page(name, lang="en")
    assert not app.exception
    assert t("frame.nothing_dated") in told(app)


def test_the_review_names_the_country_and_not_its_code(own_page, tmp_path: Path) -> None:
    _brought_in(tmp_path, ABROAD)
    app = own_page("review", lang="ar", show="place")
    assert f"#### {country_name('LB', 'ar')}" in told(app)
    assert "#### LB" not in told(app)


def test_a_place_that_lies_abroad_is_set_aside_and_does_not_count_as_iraq(own_page, tmp_path: Path) -> None:
    _brought_in(tmp_path, ALEPPO)
    app = own_page("review", lang="en", show="place")
    app.button(key="review_outside").click().run()
    assert not app.exception
    assert t("review.decided.abroad", text="Aleppo") in told(app)
    assert t("review.freed", n=1) not in told(app)
    assert t("review.still_waits") not in told(app)
    found = flow.load(Settings(tmp_path))
    assert (found.waiting, len(found.reports)) == (0, 0)
    app.button(key="decided_undo").click().run()
    assert flow.load(Settings(tmp_path)).waiting == 1
    assert "review_outside" in keys(app)
