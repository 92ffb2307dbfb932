"""How long a page takes to answer when a filter is changed, as a person with a browser sees it.

    python benchmarks/app/filters.py FILE.xlsx [--rounds 20] [--pages gaps ...]

Starts the app on the file, opens each page, and chooses one governorate after the other in the sidebar.
`first`: median of choices that nobody made before; `again`: of the same choices made once more, which the
server remembers. Measured in the browser from the key that chooses an option until the sentence of what is
shown has changed, the script has ended and two frames are drawn. `bare`: the same for a Streamlit page of
one select box and one sentence, in the same run. Writes results/app_filters.csv.
"""

import statistics
import tempfile
from contextlib import suppress
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate
from running import BARE, asked, chromium, serving, tab

from csomap import flow
from csomap.settings import ROOT, Settings

GOVERNORATES = 18
RESULTS = Path(__file__).parents[1] / "results" / "app_filters.csv"
PAGES = {
    "overview": "overview?lang=en",
    "map": "map?lang=en",
    "organisations": "organisations?lang=en",
    "overlaps": "overlaps?lang=en",
    "gaps: where": "gaps?lang=en",
    "gaps: regions": "gaps?lang=en&part=regions",
    "gaps: next": "gaps?lang=en&part=next",
    "gaps: unknown": "gaps?lang=en&part=unknown",
    "transitions": "transitions?lang=en",
    "transitions: change": "transitions?lang=en&part=change",
}
WATCH = """() => {
  window.chosen = 0;
  document.addEventListener('keydown', event => {
    if (event.key === 'Enter') window.chosen = performance.now();
  }, true);
}"""
ANSWERED = """before => new Promise(done => {
  const settled = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const told = document.querySelector('.csomap-shown')?.textContent;
    return app.getAttribute('data-test-script-state') === 'notRunning' && told !== before;
  };
  const look = () => settled()
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - window.chosen)))
    : setTimeout(look, 5);
  look();
})"""


def changed(page: Page, key: str, name: str = "place_1") -> float:
    """Choose what stands below ("ArrowDown") or above in a filter; return the seconds of the answer."""
    before = page.locator(".csomap-shown").first.text_content()
    _opened(page, name)
    page.keyboard.press(key)
    page.keyboard.press("Enter")
    seconds = float(page.evaluate(ANSWERED, before)) / 1000
    page.wait_for_timeout(250)
    return seconds


def _opened(page: Page, name: str) -> None:
    """Open the list of a filter; a page that is drawn late may close it once."""
    for patience in (2_000, 10_000):
        page.locator(f".st-key-filter_{name}").get_by_role("combobox").click()
        with suppress(TooLate):
            page.get_by_role("option").first.wait_for(timeout=patience)
            return
    raise TimeoutError(f"the list of {name} does not open")


def measured(page: Page, url: str, rounds: int) -> dict[str, float]:
    """Return the medians (seconds) of choices made the first time, down the list, and once more, up it."""
    page.goto(url, wait_until="load")
    page.wait_for_selector(".csomap-shown", state="attached", timeout=120_000)
    page.wait_for_function("document.querySelector('[data-test-script-state=notRunning]')", timeout=120_000)
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    changed(page, "ArrowDown")
    first = [changed(page, "ArrowDown") for _ in range(GOVERNORATES - 1)]
    keys = ["ArrowUp"] * (GOVERNORATES - 1) + ["ArrowDown"] * rounds
    again = [changed(page, key) for key in keys[:rounds]]
    return {
        "first": statistics.median(first),
        "again": statistics.median(again),
        "again_slowest": max(again),
    }


def main() -> None:
    wanted = asked(__doc__, 20, PAGES)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        home = Path(folder)
        (home / "bare.py").write_text(BARE)
        flow.ingest(wanted.file, Settings(home))
        browser = chromium(play)
        page = tab(browser)
        with serving(home, "bare.py", home) as (url, _):
            lines = [{"page": "bare", **measured(page, url, wanted.rounds)}]
        with serving(ROOT, "app.py", home) as (url, _):
            page.goto(f"{url}/overview?lang=en")
            for name in wanted.pages:
                lines.append({"page": name, **measured(page, f"{url}/{PAGES[name]}", wanted.rounds)})
                print(lines[-1], flush=True)
        browser.close()
    found = pd.DataFrame(lines).assign(rounds=wanted.rounds)
    found["times_bare"] = found["again"] / found.loc[0, "again"]
    found.round(3).to_csv(RESULTS, index=False)
    print(found.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
