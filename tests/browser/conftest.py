"""The app in a real browser, on a free port, with a place of its own for the data and no internet.

Without a browser these tests are skipped, but not where CI is true: there they fail.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from csomap.settings import ROOT

pytest.importorskip("playwright.sync_api") if os.environ.get("CI") != "true" else None

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IDLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
      && !document.querySelector('[data-testid="stSkeleton"]');
}"""
OVERFLOW = """() => {
  const main = document.querySelector('[data-testid="stMain"]') || document.scrollingElement;
  return Math.max(0, main.scrollWidth - main.clientWidth);
}"""


class Visit:
    """One tab, and everything in it that should not have happened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("response", lambda response: self._answered(response.status, response.url))

    def open(self, url: str) -> "Visit":
        self.page.goto(url, wait_until="load")
        return self.settled()

    def settled(self) -> "Visit":
        self.page.wait_for_timeout(300)  # a click reaches the server only after a moment
        self.page.wait_for_function(IDLE, timeout=180_000, polling=100)  # a cold server on a busy machine
        return self

    def checked(self) -> None:
        """Fail on anything outside, on any error, and on a page wider than the window."""
        assert not self.faults
        assert self.page.locator('[data-testid="stException"]').count() == 0
        assert self.page.evaluate(OVERFLOW) == 0

    def _asked(self, url: str) -> None:
        if url.startswith("http") and "//127.0.0.1" not in url:
            self.faults.append(f"outside: {url}")

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:  # judged by the response
            self.faults.append(text)

    def _answered(self, status: int, url: str) -> None:
        if status >= 400 and "/_stcore/" not in url:  # a deep link makes Streamlit probe PAGE/_stcore
            self.faults.append(f"{status} {url}")


def _server(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--server.headless", "true"],
            cwd=ROOT,
            env={**os.environ, "CSOMAP_HOME": str(home)},
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            return process, url
        except OSError:
            time.sleep(0.5)
    process.kill()
    raise TimeoutError((home / "server.log").read_text())


def _serving(home: Path) -> Iterator[str]:
    process, url = _server(home)
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def fresh_server(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """A server that nobody has visited yet."""
    yield from _serving(tmp_path)


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from _serving(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def reader(browser: Browser) -> BrowserContext:
    """A reader whose browser keeps what it has loaded from a server."""
    return browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )


@pytest.fixture
def visit(reader: BrowserContext) -> Iterator[Visit]:
    page = reader.new_page()
    yield Visit(page)
    page.close()
