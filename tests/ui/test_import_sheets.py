"""A workbook of monthly sheets: one is looked at, and the others come in with it if that is asked for."""

import io
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from csomap.i18n import LANGUAGES
from csomap.settings import Settings
from csomap.store import Store
from tests.ui.forms import HEADERS

MONTHS = ("January", "February", "March")


@pytest.fixture
def own_page(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a page on an installation of the test's own, in `tmp_path`."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    return page


def book() -> bytes:
    """Return a workbook with one sheet a month, one activity more in each."""
    kept = io.BytesIO()
    with pd.ExcelWriter(kept, engine="xlsxwriter") as writer:
        for month, name in enumerate(MONTHS, start=1):
            row = f"Palm Grove Society,cso,immunisation,returnee,IQG15Q05,,2021-0{month},2021-0{month},"
            rows = [row.replace("Q05", f"Q0{place}").split(",") for place in range(1, month + 1)]
            pd.DataFrame(rows, columns=HEADERS.split(",")).to_excel(writer, sheet_name=name, index=False)
    return kept.getvalue()


def opened(page, lang: str = "en") -> AppTest:
    app = page("import", lang=lang)
    app.file_uploader[0].set_value(("months.xlsx", book(), "application/zip"))
    return app.run()


def sheets(home: Path) -> dict[str, int]:
    found = Store(Settings(home)).imports()
    return dict(zip(found["sheet"], found["accepted"], strict=True))


def chooser(app: AppTest):
    return next(box for box in app.selectbox if set(MONTHS) <= set(box.options))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_sheet_can_be_looked_at_and_comes_in_alone(own_page, tmp_path: Path, lang: str) -> None:
    app = opened(own_page, lang)
    chooser(app).set_value("March").run()
    assert not app.exception and chooser(app).value == "March"
    app.button(key="import_go").click().run()
    assert not app.exception and sheets(tmp_path) == {"March": 3}


def test_the_other_months_come_in_with_the_one_that_is_looked_at(own_page, tmp_path: Path) -> None:
    app = opened(own_page)
    [every] = [box for box in app.checkbox if "February" in box.label]
    every.check().run()
    app.button(key="import_go").click().run()
    assert not app.exception and sheets(tmp_path) == {"January": 1, "February": 2, "March": 3}


def test_who_turns_to_another_sheet_is_asked_anew_whether_the_others_come_in(
    own_page, tmp_path: Path
) -> None:
    app = opened(own_page)
    [every] = [box for box in app.checkbox if "February" in box.label]
    every.check().run()
    chooser(app).set_value("March").run()
    app.button(key="import_go").click().run()
    assert not app.exception and sheets(tmp_path) == {"March": 3}
