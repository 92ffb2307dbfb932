"""The map in a browser: by keyboard, as marks, without its ground, in full screen, on paper, copied."""

from playwright.sync_api import FrameLocator

from csomap.i18n import t
from tests.browser.conftest import Visit

MAP = 'iframe[title="streamlit_folium.st_folium"]'
PARTS = '[data-testid="stSidebar"],[data-testid="stMain"] [data-testid="stSelectbox"],.csomap-print'
# For each part whether it is for paper, and whether it is shown.
ON_PAPER = """(parts) => [...document.querySelectorAll(parts)].map((part) =>
  [part.className === "csomap-print", getComputedStyle(part).display !== "none"])"""


def frame(visit: Visit) -> FrameLocator:
    return visit.page.frame_locator(MAP)


def test_areas_are_reached_walked_and_chosen_by_keyboard(server: str, visit: Visit) -> None:
    visit.open(f"{server}/map?lang=en")
    areas = frame(visit).locator("path[role=button]")
    areas.first.wait_for()
    assert areas.count() == 18
    assert frame(visit).locator('path[role=button][tabindex="0"]').count() == 1
    areas.first.focus()
    visit.page.keyboard.press("ArrowRight")
    focused = frame(visit).locator("path:focus")
    assert "IQG" not in (focused.get_attribute("aria-label") or "IQG")
    assert focused.evaluate("path => getComputedStyle(path).strokeWidth") == "4px"
    visit.page.keyboard.press("Enter")
    visit.page.locator(".csomap-who li").first.wait_for()
    assert "at=IQG" in visit.page.url
    visit.checked()


def test_marks_part_and_a_click_on_one_lists_its_governorate(server: str, visit: Visit) -> None:
    visit.open(f"{server}/map?lang=ar&measure=sites")
    clusters = frame(visit).locator(".csomap-cluster")
    clusters.first.wait_for()
    before = frame(visit).locator(".csomap-site").count()
    clusters.first.focus()
    visit.page.keyboard.press("Enter")
    marks = frame(visit).locator(".csomap-site")
    marks.nth(before).wait_for()
    frame(visit).locator(".leaflet-zoom-anim, .leaflet-cluster-anim").first.wait_for(state="detached")
    visit.page.wait_for_timeout(500)
    marks.first.press("Enter")
    visit.page.locator(".csomap-who li").first.wait_for()
    assert "at=IQG" in visit.page.url
    visit.checked()


def test_a_ground_that_cannot_be_had_is_said_and_the_map_stays(server: str, visit: Visit) -> None:
    asked: list[str] = []
    visit.page.route(
        "**/tile.openstreetmap.org/**", lambda route: (asked.append(route.request.url), route.abort())
    )
    visit.open(f"{server}/map?lang=en")
    visit.page.get_by_text(t("map.tiles"), exact=True).click()
    frame(visit).get_by_text(t("figure.map.no_tiles")).wait_for()
    assert asked
    assert frame(visit).locator("path[role=button]").count() == 18
    assert "tiles=1" in visit.page.url
    visit.faults[:] = [fault for fault in visit.faults if not fault.startswith("outside: https://tile.")]
    visit.checked()


def test_full_screen_holds_map_legend_and_list_and_paper_no_controls(server: str, visit: Visit) -> None:
    visit.open(f"{server}/map?lang=en&at=IQG15")
    frame(visit).get_by_role("button", name=t("figure.map.full")).click()
    visit.page.wait_for_function("document.fullscreenElement?.querySelector('.csomap-who')")
    visit.page.wait_for_timeout(400)
    assert frame(visit).locator(".leaflet-container").bounding_box()["height"] > 600  # type: ignore[index]
    visit.page.evaluate("document.exitFullscreen()")
    visit.page.emulate_media(media="print")
    parts = visit.page.evaluate(ON_PAPER, PARTS)
    assert len(parts) >= 5
    assert all(for_paper == is_shown for for_paper, is_shown in parts)
    visit.checked()


def test_a_table_is_copied_as_text_that_a_spreadsheet_parts(server: str, visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open(f"{server}/map?lang=ar")
    copied = visit.page.locator(".st-key-map_areas_files")
    copied.get_by_role("button", name=t("copy.button", "ar")).click()
    copied.get_by_text(t("copy.done", "ar")).wait_for()
    lines = visit.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(lines) == 19
    assert lines[0].split("\t")[:2] == [t("table.place", "ar"), t("table.organisations", "ar")]
    visit.checked()
