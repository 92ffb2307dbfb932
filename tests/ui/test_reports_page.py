"""The page of reports: what it will hold, made on demand, saved in the language of the page."""

import pytest
from streamlit.testing.v1 import AppTest

from csomap.i18n import LANGUAGES, t
from csomap.reports import SECTIONS


def _made(app: AppTest) -> AppTest:
    """Ask for the report and look after it until it is there."""
    app.button(key="report_make").click().run()
    for _ in range(5):  # a busy machine
        if not (app.success or app.exception or app.error):
            app.run()
    return app


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_the_report_will_hold_before_it_is_made(page, lang: str) -> None:
    app = page("reports", lang=lang)
    assert not app.exception
    (listed,) = [part.value for part in app.markdown if t("reports.notes", lang) in part.value]
    for name in SECTIONS:
        assert t(f"reports.section.{name}", lang) in listed
    assert app.button(key="report_make").label == t("reports.page.make", lang)
    assert not app.get("download_button")


def test_a_report_is_saved_under_its_month_and_language_and_another_filter_asks_for_a_new_one(page) -> None:
    app = _made(page("reports", lang="ar", kind="xlsx"))
    assert not app.exception
    assert "csomap-2025-12-ar.xlsx" in app.success[0].value.replace("\\", "")
    assert [button.label for button in app.get("download_button")] == [t("reports.page.save", "ar")]
    app.selectbox(key="filter_place_1").set_value("IQG15").run()
    assert not app.get("download_button") and not app.success
    assert app.button(key="report_make")


def test_where_nothing_passes_the_page_says_what_to_do(page) -> None:
    app = page("reports", lang="en", place="IQG18", topic="mhpss", **{"from": "2021-01", "to": "2021-01"})
    assert t("frame.empty") in [part.value for part in app.info]
