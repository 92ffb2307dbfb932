"""Pages without a browser, on the sample: one place for the data in which nothing is imported."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap.settings import ROOT
from csomap.ui import work

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
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params.update(codes)
        app.switch_page(f"pages/{name}.py")
        return app.run()

    return opened
