"""How long pages take to open: on a fresh server, once more, and from another page; and what a map costs.

    python benchmarks/app/opening.py FILE.xlsx [--rounds 5] [--pages gaps ...]

`cold`: the first visit that a freshly started server gets, once. `warm`: the same address opened again,
`switch`: a click in the menu, medians of the rounds. All in the browser, in seconds, until the script has
ended and two frames are drawn; the map of a page may still be filled then. `bare`: a page of one select box
and one sentence, in the same run. `map of 5,000 sites`: of a file that is drawn for it, until marks are on
the map. `redraw`: from the choice of another topic until the answer is drawn; `kept` says whether the
frame of the map is still the one that was there before. Writes results/app_opening.csv.
"""

import random
import statistics
import tempfile
from pathlib import Path

import pandas as pd
from filters import WATCH, changed
from playwright.sync_api import Browser, Page, sync_playwright
from running import BARE, asked, chromium, serving, tab

from csomap import flow
from csomap.settings import ROOT, Settings
from csomap.tables.places import places

RESULTS = Path(__file__).parents[1] / "results" / "app_opening.csv"
PAGES = ("overview", "map", "organisations", "overlaps", "gaps", "transitions")
SITES = 5_000
MAP = 'iframe[title="streamlit_folium.st_folium"]'
SETTLED = """title => new Promise(done => {
  const at = performance.now();
  const settled = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app && app.getAttribute('data-test-script-state') === 'notRunning'
      && !document.querySelector('[data-testid="stSkeleton"]')
      && (title === null || document.querySelector('h1')?.textContent !== title);
  };
  const look = () => settled()
    ? requestAnimationFrame(() => requestAnimationFrame(() =>
        done((title === null ? performance.now() : performance.now() - at) / 1000)))
    : setTimeout(look, 5);
  look();
})"""
Line = dict[str, object]


def opened(page: Page, url: str) -> float:
    """Open an address; return the seconds since the browser was asked to."""
    page.goto(url, wait_until="commit")
    page.wait_for_selector(".csomap-shown", state="attached", timeout=120_000)
    return float(page.evaluate(SETTLED, None))


def switched(page: Page, name: str) -> float:
    """Go to a page by the menu; return the seconds since the click."""
    title = page.locator("h1").inner_text()
    page.locator(f'[data-testid="stSidebar"] a[href*="{name}"]').click(no_wait_after=True)
    return float(page.evaluate(SETTLED, title))


def of_page(browser: Browser, home: Path, name: str, rounds: int) -> Line:
    """Return cold, warm and switch of one page, on a server of its own."""
    with serving(ROOT, "app.py", home) as (url, _):
        page = tab(browser)
        address = f"{url}/{name}?lang=en"
        cold, warm = opened(page, address), [opened(page, address) for _ in range(rounds)]
        other, turns = "gaps" if name == "overview" else "overview", []
        for _ in range(rounds + 1):
            opened(page, f"{url}/{other}?lang=en")
            page.wait_for_timeout(500)
            turns.append(switched(page, name))
        page.close()
    return {
        "page": name,
        "cold": cold,
        "warm": statistics.median(warm),
        "switch": statistics.median(turns[1:]),
    }


def of_bare(browser: Browser, home: Path, rounds: int) -> Line:
    """Return cold and warm of the bare page."""
    (home / "bare.py").write_text(BARE)
    with serving(home, "bare.py", home) as (url, _):
        page = tab(browser)
        cold, warm = opened(page, url), [opened(page, url) for _ in range(rounds)]
        page.close()
    return {"page": "bare", "cold": cold, "warm": statistics.median(warm)}


def of_sites(browser: Browser, home: Path, rounds: int) -> Line:
    """Return cold and warm of a map of SITES places of work."""
    flow.ingest(_drawn(home), Settings(home))
    with serving(ROOT, "app.py", home) as (url, _):
        page = tab(browser)
        times = [_marked(page, f"{url}/map?lang=en&measure=sites") for _ in range(rounds + 1)]
        page.close()
    return {"page": f"map of {SITES:,} sites", "cold": times[0], "warm": statistics.median(times[1:])}


def _marked(page: Page, url: str) -> float:
    opened(page, url)
    page.frame_locator(MAP).locator(".csomap-cluster").first.wait_for(timeout=60_000)
    return float(page.evaluate("performance.now()")) / 1000


def _drawn(folder: Path) -> Path:
    """Write a file of SITES activities, each at coordinates of its own near a sub-district's middle."""
    drawn, known = random.Random(6), places().query("level == 3")
    spots = drawn.choices(list(known.itertuples()), k=SITES)
    table = pd.DataFrame(
        {
            "organisation": [f"Association {number % 150} (fictional)" for number in range(SITES)],
            "organisation_type": "cso",
            "service": "primary_health_care",
            "population_group": "host",
            "pcode": [spot.pcode for spot in spots],
            "site": [f"Site {number}" for number in range(SITES)],
            "latitude": [round(spot.lat + drawn.gauss(0, 0.02), 5) for spot in spots],
            "longitude": [round(spot.lon + drawn.gauss(0, 0.02), 5) for spot in spots],
            "start": "2025-01-01",
            "end": "2025-12-31",
            "status": "ongoing",
        }
    )
    table.to_csv(folder / "sites.csv", index=False)
    return folder / "sites.csv"


def of_redraw(browser: Browser, home: Path, rounds: int) -> Line:
    """Return the seconds from another topic to its map, and whether the frame stayed."""
    with serving(ROOT, "app.py", home) as (url, _):
        page = tab(browser)
        opened(page, f"{url}/map?lang=en")
        page.frame_locator(MAP).locator("path[role=button]").first.wait_for()
        page.frame_locator(MAP).locator("body").evaluate("() => { window.mine = 1; }")
        page.evaluate(WATCH)
        times = [changed(page, "ArrowDown", "topic") for _ in range(rounds + 1)][1:]
        kept = page.frame_locator(MAP).locator("body").evaluate("() => window.mine === 1")
        page.close()
    return {"page": "map: redraw", "switch": statistics.median(times), "kept": kept}


def main() -> None:
    wanted = asked(__doc__, 5, PAGES)
    with tempfile.TemporaryDirectory() as real, tempfile.TemporaryDirectory() as drawn:
        flow.ingest(wanted.file, Settings(Path(real)))
        with sync_playwright() as play:
            browser = chromium(play)
            lines = [of_bare(browser, Path(real), wanted.rounds)]
            lines += [of_page(browser, Path(real), name, wanted.rounds) for name in wanted.pages]
            lines.append(of_sites(browser, Path(drawn), wanted.rounds))
            lines.append(of_redraw(browser, Path(real), wanted.rounds))
            browser.close()
    found = pd.DataFrame(lines).round(3)
    found.to_csv(RESULTS, index=False)
    print(found.to_string(index=False))


if __name__ == "__main__":
    main()
