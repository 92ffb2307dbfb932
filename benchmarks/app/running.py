"""The app, or a bare page, as a server of its own; and what is asked of a benchmark of it."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

BARE = """import streamlit as st
choice = st.selectbox("place", ["", *map(str, range(18))], key="filter_place_1")
st.html(f'<div class="csomap-shown">place {choice}</div>')
"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def asked(told: str | None, rounds: int, pages: Iterable[str]) -> argparse.Namespace:
    """Return file, rounds and pages as the command line has them; `told` explains the benchmark."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--pages", nargs="*", default=list(pages))
    return parser.parse_args()


def chromium(play: Playwright) -> Browser:
    """Start the browser of the machine."""
    return play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)


def tab(browser: Browser) -> Page:
    """Open a tab as wide as a desk's screen, with nothing loaded before."""
    return browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")


@contextmanager
def serving(folder: Path, script: str, home: Path) -> Iterator[tuple[str, int]]:
    """Run a Streamlit script in `folder`; yield its address and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "streamlit", "run", script, "--server.port", str(port)]
    with (home / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [*command, "--server.headless", "true"],
            cwd=folder,
            env={**os.environ, "CSOMAP_HOME": str(home)},
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _awaited(url)
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(10)


def _awaited(url: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(url)
