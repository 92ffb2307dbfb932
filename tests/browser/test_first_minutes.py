"""The first minute of each user from beginning to end, in three languages, on the real file and a sample."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from csomap.i18n import LANGUAGES, direction, t
from csomap.tables import taxonomy
from csomap.tables.places import area_name
from tests.browser.conftest import Visit, _serving
from tests.browser.test_review import _click, _says

ANOTHER = {"en": "ckb", "ar": "en", "ckb": "ar"}
ANBAR, NINEWA, MHPSS = "IQG01", "IQG15", "mhpss"
_MANY = 987  # no thousands: a separator differs between languages


@pytest.fixture(scope="module", params=["real", "sample"])
def data(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def url(
    browser: Browser, data: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server on the real file, or on an installation in which nothing was imported."""
    home = tmp_path_factory.mktemp("first") / "home"
    if data == "real":
        shutil.copytree(request.getfixturevalue("real_home"), home)
    home.mkdir(exist_ok=True)
    yield from _serving(home)


@pytest.mark.turns(6)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_coordinator_sees_opens_reads_decides_and_exports(
    url: str, data: str, visit: Visit, tmp_path: Path, lang: str
) -> None:
    visit.open(f"{url}/?lang={lang}")
    _arrived(visit, "overview", lang)
    visit.page.locator(".csomap-figure b").first.wait_for()
    figures = visit.page.locator(".csomap-figure b").all_inner_texts()
    assert len(figures) >= 4 and all(any(map(str.isdigit, one)) for one in figures)
    visit.page.get_by_role("link", name=t("overview.to.map", lang)).click()
    _arrived(visit, "map", lang)
    _clicked_on_map(visit, area_name(ANBAR, lang))
    assert f"at={ANBAR}" in visit.page.url and visit.page.locator(".csomap-who li").count() > 0

    _to(visit, "overlaps", lang)
    _says(visit, t("overlap.card.who", lang))
    if data == "real":  # at the level of the sector nobody knows, so nobody is asked
        _says(visit, t("overlap.sector_notice", lang))
        _says(visit, t("overlap.card.why_sector", lang))
        assert not visit.page.get_by_text(t("overlap.judge.save", lang)).count()
    else:
        _says(visit, t("overlap.card.why", lang))
        _decided_and_taken_back(visit, lang)
    _saved(visit, visit.page.get_by_text(t("frame.download.xlsx", lang), exact=True).first, tmp_path)
    visit.checked()


@pytest.mark.turns(6)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_planner_starts_from_a_topic_and_sends_the_view_on(
    url: str, visit: Visit, lang: str, tmp_path: Path
) -> None:
    visit.open(f"{url}/overview?lang={lang}")
    topic = taxonomy.load("services").label(MHPSS, lang)
    visit.page.locator(".st-key-filter_topic").get_by_role("combobox").click()
    visit.page.get_by_role("option", name=topic, exact=True).click()
    visit.settled()
    assert f"topic={MHPSS}" in visit.page.url
    for page in ("map", "gaps"):
        _to(visit, page, lang)
        assert f"topic={MHPSS}" in visit.page.url and topic in _shown(visit)
    _says(visit, t("gap.list.title", lang))
    visit.page.get_by_text(t("gap.part.regions", lang), exact=True).click()
    visit.settled()
    for region in ("south", "centre", "north", "kri"):
        _says(visit, t(f"region.{region}", lang))
    _to(visit, "transitions", lang)
    _says(visit, t("transition.stopped.title", lang))

    _to(visit, "gaps", lang)
    _read_by_a_colleague(visit, lang, ANOTHER[lang])
    visit.checked()


def _read_by_a_colleague(visit: Visit, lang: str, other: str) -> None:
    """Open the address of this view in another language."""
    visit.open(visit.page.url.replace(f"lang={lang}", f"lang={other}"))
    assert visit.page.evaluate("document.documentElement.dir") == direction(other)
    assert taxonomy.load("services").label(MHPSS, other) in _shown(visit)
    assert "part=regions" in visit.page.url


@pytest.mark.turns(6)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_facilitator_leads_a_meeting_by_keyboard_and_leaves_with_minutes(
    url: str, data: str, visit: Visit, tmp_path: Path, lang: str
) -> None:
    _started(visit, url, lang)
    _press(visit, "2")
    if data == "real":  # no file names a service, so no pair of organisations is asked about
        _says(visit, t("overlap.sector_notice", lang))
    else:
        _judged(visit, lang)
    _agreed(visit, lang)
    visit.checked()

    _press(visit, "3")
    _says(visit, t(f"meeting.gaps.{'none' if data == 'real' else 'told'}", lang))
    _press(visit, "5")
    _says(visit, t("meeting.minutes.agenda.agreed", lang, count=1))
    _ended(visit, tmp_path / "minutes.pdf", lang)
    visit.checked()


def _started(visit: Visit, url: str, lang: str) -> None:
    """Start a meeting on a small projector: nothing but the page is left."""
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    visit.open(f"{url}/meeting?lang={lang}&place={NINEWA}")
    page.get_by_label(t("meeting.title.label", lang), exact=True).focus()
    page.keyboard.type("Health")
    _press(visit, "Enter")
    _says(visit, t("meeting.actions.own_none", lang))
    assert "present=1" in page.url and "meeting=m-" in page.url
    assert not page.locator('[data-testid="stSidebar"]').is_visible()


def _ended(visit: Visit, into: Path, lang: str) -> None:
    """End the meeting and take its minutes."""
    page = visit.page
    page.get_by_role("button", name=t("meeting.end", lang), exact=True).focus()
    _press(visit, "Enter")
    _says(visit, t("meeting.go_on", lang))
    with page.expect_download(timeout=120_000) as taken:
        page.get_by_role("button", name=t("meeting.minutes.take.pdf", lang)).press("Enter")
    taken.value.save_as(into)
    assert into.read_bytes().startswith(b"%PDF")


def _press(visit: Visit, *keys: str) -> None:
    for key in keys:
        visit.page.keyboard.press(key)
        visit.settled()


def _judged(visit: Visit, lang: str) -> None:
    """Step to the next overlap and back, and say of the first that it is shared."""
    on, back = ("ArrowLeft", "ArrowRight") if direction(lang) == "rtl" else ("ArrowRight", "ArrowLeft")
    _says(visit, t("meeting.overlaps.why", lang))
    first = t("overlap.step.position", lang, n=1, total=_MANY)
    line = visit.page.get_by_text(re.compile("^" + first.replace(str(_MANY), r"(\d+)") + "$")).inner_text()
    total = int(re.findall(r"\d+", line)[-1])
    for key, at in ((on, 2), (back, 1)):
        _press(visit, key)
        _says(visit, t("overlap.step.position", lang, n=at, total=total))
    visit.page.get_by_role("radio", name=t("overlap.verdict.shared_load", lang)).focus()
    _press(visit, "Space", "Control+s")
    _says(visit, t("overlap.step.position", lang, n=2, total=total))


def _agreed(visit: Visit, lang: str) -> None:
    """Agree on an action; letters and digits of shortcuts stay letters."""
    visit.page.locator("body").focus()
    _press(visit, "a")
    visit.page.get_by_label(t("meeting.action.what", lang), exact=True).focus()
    visit.page.keyboard.type("Ask both; 2 visits a week")
    _press(visit, "Control+Enter")


def _arrived(visit: Visit, page: str, lang: str) -> None:
    visit.page.get_by_role("heading", name=t(f"page.{page}.title", lang), level=1).wait_for()
    visit.settled()


def _to(visit: Visit, page: str, lang: str) -> None:
    side = visit.page.locator('[data-testid="stSidebar"]')
    side.get_by_role("link", name=t(f"page.{page}.title", lang), exact=True).click()
    _arrived(visit, page, lang)


def _shown(visit: Visit) -> str:
    told = visit.page.locator(".csomap-shown").first.inner_text()
    return told.translate(dict.fromkeys(range(0x2066, 0x206A)))


def _clicked_on_map(visit: Visit, place: str) -> None:
    frame = visit.page.frame_locator('iframe[title="streamlit_folium.st_folium"]')
    label = frame.locator(".csomap-label", has_text=place)
    label.wait_for()
    spot = label.bounding_box()
    assert spot
    visit.page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] + 20)
    visit.page.locator(".csomap-who li").first.wait_for()
    visit.settled()


def _decided_and_taken_back(visit: Visit, lang: str) -> None:
    visit.page.get_by_text(t("overlap.verdict.shared_load", lang), exact=True).last.click()
    visit.page.keyboard.press("Control+s")
    visit.settled()
    undo = visit.page.get_by_role("button", name=t("review.undo", lang), exact=True).first
    undo.wait_for()
    _click(visit, t("review.undo", lang))
    undo.wait_for(state="detached")


def _saved(visit: Visit, button: Locator, folder: Path) -> None:
    with visit.page.expect_download() as told:
        button.click()
    file = folder / told.value.suggested_filename
    told.value.save_as(file)
    assert file.stat().st_size > 5_000
