"""Pages without a browser: each test has a place of its own for the data, where nothing is imported."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap.settings import ROOT

PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a page with the codes of an address."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    monkeypatch.chdir(ROOT)

    def opened(name: str, **codes: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params.update(codes)
        app.switch_page(f"pages/{name}.py")
        return app.run()

    return opened
