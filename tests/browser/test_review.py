"""A messy file comes in, a person says what a text means, the counts change, and it is taken back."""

import re
from pathlib import Path

import pytest

from csomap.i18n import direction, t
from tests.browser.conftest import Visit
from tests.ui.forms import form
from tests.ui.messy import MESSY, PLACE


@pytest.fixture
def messy_file(tmp_path: Path) -> Path:
    file = tmp_path / "messy.csv"
    file.write_bytes(form(*MESSY))
    return file


def _says(visit: Visit, words: str) -> None:
    """Wait until the page says something; marks of direction and escapes do not count."""
    visit.page.wait_for_function(
        "words => document.querySelector('[data-testid=\"stMain\"]').innerText"
        ".replace(/[\\u2066-\\u2069]/g, '').includes(words)",
        arg=words,
        timeout=30_000,
    )


def _click(visit: Visit, words: str) -> None:
    visit.page.get_by_role("button", name=words, exact=True).first.click()
    visit.settled()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_file_is_uploaded_a_text_is_settled_and_settled_back(
    fresh_server: str, visit: Visit, messy_file: Path, lang: str
) -> None:
    visit.open(f"{fresh_server}/import?lang={lang}")
    visit.page.locator('input[type="file"]').set_input_files(messy_file)
    _says(visit, t("import.found.title", lang))
    visit.settled()
    _click(visit, t("import.go.button", lang))
    _says(visit, t("import.done.next_review", lang))
    waiting = _waiting(visit, lang)

    visit.page.get_by_role("link", name=t("page.review.title", lang), exact=True).click()
    visit.page.get_by_role("heading", name=t("page.review.title", lang), level=1).wait_for()
    visit.settled()
    assert visit.page.evaluate("document.documentElement.dir") == direction(lang)
    _says(visit, t("review.intro", lang, n=waiting))
    _says(visit, PLACE)

    search = visit.page.get_by_role("combobox").last
    search.click()
    search.press_sequentially("IQG15Q03")
    visit.page.get_by_role("option").filter(has_text=re.compile("IQG15Q03$")).click()
    visit.settled()
    _click(visit, t("review.another.use", lang))
    _says(visit, t("review.freed", lang, n=2))
    _says(visit, t("review.intro", lang, n=waiting - 2))

    _click(visit, t("review.undo", lang))
    _says(visit, t("review.undone", lang))
    _says(visit, t("review.intro", lang, n=waiting))
    visit.checked()


def _waiting(visit: Visit, lang: str) -> int:
    """Return how many rows wait, as the link to the page of review says it."""
    for n in range(len(MESSY), 0, -1):
        if visit.page.get_by_role("link", name=t("review.links.waiting", lang, n=n)).count():
            return n
    raise AssertionError(visit.page.inner_text("body"))
