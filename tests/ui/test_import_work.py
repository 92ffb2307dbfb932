"""Long work on the page of imports: its progress is shown, it can be stopped, and what changes is told."""

import io
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.errors import Cancelled
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from csomap.store import Store
from csomap.ui import checking, work
from tests.ui.forms import PLAIN, brought_in, form
from tests.ui.messy import keys, told


@pytest.fixture
def own_page(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open the page on an installation of the test's own, in `tmp_path`."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    return page


class Slow:
    """Work that goes on until it is let go, and tells of its progress meanwhile."""

    def __init__(self, real) -> None:
        self.real = real
        self.go_on = threading.Event()
        self.stopped = threading.Event()

    def __call__(self, *given, progress, **named):
        try:
            while not self.go_on.wait(0.02):
                progress("read", 3, 10)
        except Cancelled:
            self.stopped.set()
            raise
        return self.real(*given, progress=progress, **named)


@pytest.fixture
def slow_check(own_page, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    monkeypatch.setattr(work, "_AT_ONCE", 0.1)
    slow = Slow(flow.check)
    monkeypatch.setattr(flow, "check", slow)
    yield slow
    slow.go_on.set()


@pytest.fixture
def slow_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = Slow(flow.ingest)
    monkeypatch.setattr(flow, "ingest", slow)
    yield slow
    slow.go_on.set()


def _uploaded(page, rows: tuple[str, ...], name: str = "form.csv", lang: str = "en") -> AppTest:
    app = page("import", lang=lang)
    app.file_uploader[0].set_value((name, form(*rows), "text/csv"))
    return app.run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_slow_reading_shows_its_progress_and_ends_in_what_was_found(
    own_page, slow_check: Slow, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _uploaded(own_page, PLAIN, lang=lang)
    assert "import_check_cancel" in keys(app)
    assert t("import.found.title", lang) not in told(app)
    assert "import_go" not in keys(app)
    slow_check.go_on.set()
    monkeypatch.setattr(work, "_AT_ONCE", 60.0)
    app.run()
    assert t("import.found.title", lang) in told(app)


def test_reading_that_is_cancelled_stops_and_can_begin_again(own_page, slow_check: Slow) -> None:
    app = _uploaded(own_page, PLAIN)
    app.button(key="import_check_cancel").click().run()
    assert slow_check.stopped.wait(10)
    app.run()
    assert t("work.stopped") in told(app)
    slow_check.go_on.set()
    app.button(key="import_check_again").click().run()
    app.run()
    assert t("work.stopped") not in told(app)


def test_storing_that_is_cancelled_stores_nothing(
    own_page, slow_store: Slow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _uploaded(own_page, PLAIN)
    monkeypatch.setattr(work, "_AT_ONCE", 0.1)
    app.button(key="import_go").click().run()
    assert "import_go" not in keys(app)
    app.button(key="import_store_cancel").click().run()
    assert slow_store.stopped.wait(10)
    said = told(app)
    app.run()
    assert t("work.stopped") in said + told(app)
    assert Store(Settings(tmp_path)).imports().empty
    assert "import_go" in keys(app)


def test_a_newer_copy_is_proposed_in_place_of_the_earlier_one_and_what_changes_is_told(
    own_page, tmp_path: Path
) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    corrected = PLAIN[0].replace("Clinic by the bridge", "Clinic by the river")
    app = _uploaded(own_page, (corrected, *PLAIN[1:]), "form_2.csv")
    assert not app.exception
    assert app.radio[0].value == "replace"
    assert t("import.go.compared", added=0, gone=0, changed=1, same=2) in told(app)
    cells = next(table.value for table in app.dataframe if "before" in table.value)
    assert cells[["before", "now"]].iloc[0].tolist() == ["Clinic by the bridge", "Clinic by the river"]
    assert cells["column"].iloc[0] == t("field.site")
    assert list(Store(Settings(tmp_path)).imports()["status"]) == ["live"]


def test_the_file_of_another_month_is_warned_of_before_it_drives_out_the_first(
    own_page, tmp_path: Path
) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    later = tuple(row.replace("2021-", "2022-") for row in PLAIN)
    app = _uploaded(own_page, later, "form_2.csv")
    assert t("import.go.mostly_gone", n=3) in [warning.value for warning in app.warning]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_of_problems_repeats_the_row_and_marks_the_cell(lang: str) -> None:
    content = form(*PLAIN, "Fig Orchard Aid,cso,immunisation,returnee,Atlantis,,2021-01-01,2021-06-30,")
    found = checking.checked("a.csv", content, checking.Wanted(), Settings(Path("nowhere")), lambda *_: None)
    book = openpyxl.load_workbook(io.BytesIO(checking.told_problems("a.csv", content, found, lang)))
    cells = [cell for line in book.worksheets[1].iter_rows() for cell in line]
    marked = next(cell for cell in cells if cell.value == "Atlantis")
    assert t("problem.place_unknown.reason", lang) in marked.comment.text


def test_storing_that_takes_long_ends_in_what_became_of_it(
    own_page, slow_store: Slow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _uploaded(own_page, PLAIN)
    monkeypatch.setattr(work, "_AT_ONCE", 0.1)
    app.button(key="import_go").click().run()
    slow_store.go_on.set()
    _until(lambda: not Store(Settings(tmp_path)).imports().empty)
    monkeypatch.setattr(work, "_AT_ONCE", 60.0)
    app.run()
    assert t("import.done.new", name="form.csv", accepted=3, read=3) in told(app)
    assert t("import.found.live") not in told(app)


def _until(is_so) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
