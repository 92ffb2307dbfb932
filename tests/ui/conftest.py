"""Pages without a browser, on the sample: one place for the data in which nothing is imported."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap.settings import ROOT, Settings
from csomap.store.database import opened
from csomap.store.decisions import clear
from csomap.ui import work
from tests.ui.forms import brought_in
from tests.ui.overlapping import ROWS

Opened = Callable[..., AppTest]

PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))


@pytest.fixture(scope="session")
def nothing_imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def page(nothing_imported: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a page with the codes of an address; work is waited for, however slow it is."""
    monkeypatch.setattr(work, "_AT_ONCE", 60.0)
    monkeypatch.setenv("CSOMAP_HOME", str(nothing_imported))
    monkeypatch.chdir(ROOT)

    def opened(name: str, **codes: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180)  # a busy machine
        app.query_params.update(codes)
        app.switch_page(f"pages/{name}.py")
        return app.run()

    return opened


@pytest.fixture
def own_page(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a page on an installation of the test's own, in `tmp_path`."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    return page


class Homes(dict[str, Path]):
    """Installations by the name of what is imported there (overlapping.ROWS), each imported once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __missing__(self, name: str) -> Path:
        home = self[name] = self._folder / name
        home.mkdir()
        brought_in(home, home, *ROWS[name])
        return home


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("homes"))


@pytest.fixture
def opened_at(page: Opened, homes: Homes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Return a way to open a page on one of the installations, on which nobody has said anything yet."""

    def opened_there(home: str, name: str = "overlaps", **codes: str) -> AppTest:
        monkeypatch.setenv("CSOMAP_HOME", str(homes[home]))
        return page(name, **codes)

    yield opened_there
    for home in homes.values():
        with opened(Settings(home)).begin() as change:
            clear(change)
