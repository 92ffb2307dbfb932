"""Every page for every reader: in three languages, on a telephone, by keyboard, and as axe-core judges it.

axe-core comes from npm, pinned, at the time of the test; without npm these tests are skipped, but not where
CI is true: there they fail.
"""

import os
import re
import shutil
import subprocess
import tarfile

import pytest
from playwright.sync_api import Page

from csomap.i18n import LANGUAGES, direction, t
from csomap.settings import ROOT
from tests.browser.conftest import OVERFLOW, Visit

AXE = "axe-core@4.14.1"
PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))
PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1280, "height": 720}
GRAVE = {"serious", "critical"}
# What is in Streamlit's own page and cannot be mended from here: (rule, what the element contains) and why.
NOT_OURS: dict[tuple[str, str], str] = {}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
JUDGED = """async () => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"]});
  return violations.flatMap(({id, impact, nodes}) => nodes.map(({html, target, failureSummary}) =>
    ({rule: id, impact, html, target: target.join(" "), why: failureSummary})));
}"""

DRAWN = re.compile("data-grid-canvas|glide-cell")  # a table draws its focus on its own canvas
# What has the focus, and whether it or what it stands in looks otherwise than without.
FOCUSED = """async () => {
  const at = document.activeElement, around = [];
  for (let part = at; part && around.length < 5; part = part.parentElement) around.push(part);
  const looks = () => JSON.stringify(around.map((part) => {
    const style = getComputedStyle(part);
    return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor];
  }));
  const before = looks();
  at.blur();
  await new Promise((done) => setTimeout(done, 60));
  const after = looks();
  at.focus();
  return [at.outerHTML.slice(0, 300), at === document.body || before !== after];
}"""


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the script of axe-core, out of its package."""
    if not shutil.which("npm"):
        _without("npm is not installed")
    folder = tmp_path_factory.mktemp("axe")
    command = ["npm", "pack", AXE, "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        _without(f"{AXE} could not be had from npm: {done.stderr[-300:]}")
    (packed,) = folder.glob("*.tgz")
    with tarfile.open(packed) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script
        return script.read().decode()


def _without(reason: str) -> None:
    pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def grave(page: Page, axe: str) -> list[str]:
    """Return what axe finds serious or critical, frames included, but for what is not ours."""
    for frame in page.frames:
        frame.evaluate(axe)
    return [
        f"{one['rule']} {one['target']} {one['html'][:200]} {one['why']}"
        for one in page.evaluate(JUDGED)
        if one["impact"] in GRAVE and not _excused(one["rule"], one["html"])
    ]


def _excused(rule: str, html: str) -> bool:
    return any(rule == known and part in html for known, part in NOT_OURS)


@pytest.mark.turns(12)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_fits_a_telephone_and_bars_nobody(
    server: str, visit: Visit, axe: str, name: str, lang: str
) -> None:
    visit.open(f"{server}/{name}?lang={lang}")
    assert visit.page.locator("h1").inner_text() == t(f"page.{name}.title", lang)
    assert visit.page.evaluate("document.documentElement.dir") == direction(lang)
    assert grave(visit.page, axe) == []
    visit.checked()
    visit.page.set_viewport_size(PHONE)
    visit.settled()
    assert [visit.page.evaluate(OVERFLOW), visit.page.evaluate(WIDER)] == [0, 0]


def test_axe_finds_a_fault_that_is_planted(server: str, visit: Visit, axe: str) -> None:
    visit.open(f"{server}/about?lang=en")
    visit.page.evaluate("document.querySelector('h1').innerHTML += '<img src=\"\"><button></button>'")
    found = " ".join(grave(visit.page, axe))
    assert "image-alt" in found
    assert "button-name" in found


@pytest.mark.turns(2)
@pytest.mark.parametrize("name", ["overlaps", "map"])
def test_a_meeting_fits_a_small_projector(server: str, visit: Visit, name: str) -> None:
    visit.page.set_viewport_size(PROJECTOR)
    visit.open(f"{server}/{name}?lang=ar&present=1")
    visit.checked()
    assert visit.page.evaluate(WIDER) == 0


def test_what_has_the_focus_can_be_seen(server: str, visit: Visit) -> None:
    visit.open(f"{server}/overlaps?lang=en")
    visit.page.add_style_tag(content="*{transition:none!important}")
    reached, unseen = set(), []
    for _ in range(40):
        visit.page.keyboard.press("Tab")
        name, is_seen = visit.page.evaluate(FOCUSED)
        reached.add(name)
        unseen += [] if is_seen or DRAWN.search(name) else [name]
    assert len(reached) > 20
    assert unseen == []
