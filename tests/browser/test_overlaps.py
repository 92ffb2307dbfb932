"""A coordinator decides in a real browser: reads why, says what it is, goes on by keyboard, takes it back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from csomap.i18n import direction, t
from csomap.settings import Settings
from csomap.store.database import opened
from csomap.store.decisions import clear
from tests.browser.conftest import Visit, _serving
from tests.browser.test_review import _click, _says
from tests.ui.overlapping import ROWS, imported


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    imported(home, *ROWS["pair"])
    return home


@pytest.fixture(scope="module")
def shared_server(browser: Browser, shared_home: Path) -> Iterator[str]:
    yield from _serving(shared_home)


@pytest.fixture
def decided_on(shared_server: str, shared_home: Path) -> Iterator[str]:
    """A server whose data are two organisations that meet in two places; nobody has said anything yet."""
    yield shared_server
    with opened(Settings(shared_home)).begin() as change:
        clear(change)


@pytest.fixture
def other_visit(browser: Browser) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield Visit(page)
    page.close()


def _choose(visit: Visit, verdict: str, lang: str = "en") -> None:
    visit.page.get_by_text(t(f"overlap.verdict.{verdict}", lang), exact=True).last.click()


def _save(visit: Visit, lang: str = "en") -> None:
    button = visit.page.get_by_role("button", name=re.compile(re.escape(t("overlap.judge.save", lang))))
    button.click()
    visit.settled()


def _counts(undecided: int, decided: int, counted: int, others: int, lang: str = "en") -> str:
    told = {"undecided": undecided, "decided": decided, "counted": counted, "others": others}
    return t("overlap.counts.decided", lang, **told)


def test_a_coordinator_decides_goes_on_by_keyboard_and_takes_it_back(decided_on: str, visit: Visit) -> None:
    visit.open(f"{decided_on}/overlaps?lang=en")
    _says(visit, _counts(2, 0, 2, 0))
    _says(visit, t("overlap.card.cause"))
    _says(visit, t("overlap.step.position", n=1, total=2))
    visit.page.keyboard.press("n")
    visit.settled()
    _says(visit, t("overlap.step.position", n=2, total=2))
    visit.page.keyboard.press("p")
    visit.settled()
    _says(visit, t("overlap.step.position", n=1, total=2))

    note = visit.page.get_by_placeholder(t("overlap.judge.note_placeholder"))
    note.fill("")
    note.press_sequentially("no need, panels")  # letters of shortcuts stay letters in a note
    visit.settled()
    _says(visit, t("overlap.step.position", n=1, total=2))
    _choose(visit, "shared_load")
    visit.page.keyboard.press("Control+s")
    visit.settled()
    _says(visit, _counts(1, 1, 1, 1))
    _says(visit, t("overlap.step.position", n=2, total=2))

    _click(visit, t("review.undo"))
    _says(visit, _counts(2, 0, 2, 0))
    _says(visit, t("overlap.step.position", n=1, total=2))
    visit.checked()


def test_of_two_browsers_the_second_is_told_and_chooses(
    decided_on: str, visit: Visit, other_visit: Visit
) -> None:
    for one in (visit, other_visit):
        one.open(f"{decided_on}/overlaps?lang=en")
        _says(one, _counts(2, 0, 2, 0))
    _choose(visit, "shared_load")
    _save(visit)
    _says(visit, _counts(1, 1, 1, 1))

    _choose(other_visit, "data_error")
    _save(other_visit)
    _says(other_visit, t("overlap.conflict.keep"))
    _says(other_visit, t("overlap.verdict.data_error"))
    _says(other_visit, _counts(1, 1, 1, 1))
    other_visit.page.get_by_role("button", name=t("overlap.conflict.take"), exact=True).click()
    other_visit.settled()
    _says(other_visit, t("overlap.verdict.data_error"))
    visit.open(f"{decided_on}/overlaps?lang=en&verdict=data_error")
    _says(visit, t("overlap.step.position", n=1, total=1))
    for one in (visit, other_visit):
        one.checked()


def test_a_link_with_filters_opens_the_same_view_in_arabic(decided_on: str, visit: Visit) -> None:
    visit.open(f"{decided_on}/overlaps?lang=en&verdict=undecided")
    visit.page.get_by_role("button", name=re.compile(f"^{t('overlap.step.next')}")).first.click()
    visit.settled()
    _says(visit, t("overlap.step.position", n=2, total=2))
    shared = visit.page.url.replace("lang=en", "lang=ar")
    assert "verdict=undecided" in shared and "row=o-" in shared
    visit.open(shared)
    _says(visit, t("overlap.step.position", "ar", n=2, total=2))
    assert visit.page.evaluate("document.documentElement.dir") == direction("ar")
    visit.checked()


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_the_card_is_read_from_the_right_and_keeps_within_its_frame(
    decided_on: str, visit: Visit, lang: str
) -> None:
    visit.open(f"{decided_on}/overlaps?lang={lang}")
    _says(visit, t("overlap.card.why", lang))
    card = visit.page.locator(".st-key-overlap_card").bounding_box()
    assert card
    for mark in visit.page.locator(".st-key-overlap_card li").all():
        if mark.is_visible():
            box = mark.bounding_box()
            assert box and box["x"] >= card["x"] and box["x"] + box["width"] <= card["x"] + card["width"] - 8
    visit.checked()


def test_a_meeting_steps_with_two_large_buttons(decided_on: str, visit: Visit) -> None:
    visit.open(f"{decided_on}/overlaps?lang=en&present=1")
    steps = visit.page.locator(".st-key-overlaps_steps button")
    assert steps.count() == 2
    assert all(box and box["width"] > 300 for box in (step.bounding_box() for step in steps.all()))
    steps.last.click()
    visit.settled()
    _says(visit, t("overlap.step.position", n=2, total=2))
    visit.checked()
