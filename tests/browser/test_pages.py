"""What a reader sees: every page, in three languages, with no internet."""

from csomap.i18n import t
from tests.browser.conftest import Visit

FONT_IS_HERE = """() => [...document.fonts].some(
  (font) => font.family.includes("Noto Sans Arabic") && font.status === "loaded")"""


def test_a_deep_link_is_the_first_thing_a_fresh_server_gets(fresh_server: str, visit: Visit) -> None:
    visit.open(f"{fresh_server}/map?lang=ar&topic=mhpss")
    assert visit.page.locator("h1").inner_text() == t("page.map.title", "ar")
    assert visit.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "ar",
        "rtl",
    ]
    assert visit.page.evaluate(FONT_IS_HERE)
    assert visit.page.locator('[data-testid="stSidebarNav"]').count() == 0
    visit.page.get_by_role("link", name=t("page.about.title", "ar"), exact=True).click()
    visit.settled()
    assert visit.page.locator("h1").inner_text() == t("page.about.title", "ar")
    assert "topic=mhpss" in visit.page.url
    visit.checked()


def test_a_change_of_language_keeps_the_filters(server: str, visit: Visit) -> None:
    visit.open(f"{server}/overview?lang=en&topic=mhpss&place=IQG15")
    visit.page.get_by_text(t("frame.languages.ckb"), exact=True).click()
    visit.page.get_by_role("heading", name=t("page.overview.title", "ckb"), level=1).wait_for()
    visit.settled()
    for code in ("lang=ckb", "topic=mhpss", "place=IQG15"):
        assert code in visit.page.url
    visit.checked()


def test_a_click_on_the_map_lists_the_organisations_of_the_place(server: str, visit: Visit) -> None:
    visit.open(f"{server}/map?lang=en")
    frame = visit.page.frame_locator('iframe[title="streamlit_folium.st_folium"]')
    frame.locator(".csomap-label", has_text="Al-Anbar").wait_for()
    spot = frame.locator(".csomap-label", has_text="Al-Anbar").bounding_box()
    name = frame.locator(".csomap-label span", has_text="Al-Anbar").bounding_box()
    assert spot and name
    assert abs(name["x"] + name["width"] / 2 - spot["x"]) < 2, "a name stands in the middle of its point"
    visit.page.mouse.click(spot["x"] + 4, spot["y"] + 40)
    visit.page.locator(".csomap-who li").first.wait_for()
    visit.settled()
    assert "at=IQG01" in visit.page.url
    assert visit.page.locator(".csomap-who li").count() > 1
    visit.checked()


def test_meeting_mode_leaves_only_the_page_and_can_be_left(server: str, visit: Visit) -> None:
    visit.open(f"{server}/overview?lang=en&present=1")
    assert not visit.page.locator('[data-testid="stSidebar"]').is_visible()
    visit.page.get_by_role("button", name=t("frame.meeting.end")).click()
    visit.page.locator('[data-testid="stSidebar"]').wait_for(state="visible")
    assert "present" not in visit.page.url
    visit.checked()


def test_a_wide_table_begins_at_the_right_for_those_who_read_from_there(server: str, visit: Visit) -> None:
    visit.open(f"{server}/overlaps?lang=ar")
    table = visit.page.locator(".dvn-scroller").first
    table.wait_for()
    visit.page.wait_for_timeout(500)
    left, width, seen = table.evaluate("table => [table.scrollLeft, table.scrollWidth, table.clientWidth]")
    assert width > seen
    assert left + seen >= width - 1
