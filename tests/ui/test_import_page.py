"""The page of imports: a file is checked first, stored when a person says so, and can be taken out again."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from csomap.store import Store
from tests.ui.forms import PLAIN, VAGUE, brought_in, form

FAULTY = (
    *PLAIN,
    "Palm Grove Society,cso,immunisation,returnee,IQG15Q05N01,Clinic by the bridge,2021-01-01,2021-06-30,",
    "Fig Orchard Aid,cso,immunisation,returnee,Atlantis,,2021-01-01,2021-06-30,",
    "Fig Orchard Aid,cso,immunisation,returnee,IQG15Q05,,2021-06-30,2021-01-01,",
)


@pytest.fixture
def own_page(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a page on an installation of the test's own, in `tmp_path`."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    return page


def _told(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "subheader", "success", "error", "warning")
    shown = [part.value for kind in kinds for part in app.get(kind)]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


def _uploaded(page, content: bytes, name: str = "form.csv", lang: str = "en") -> AppTest:
    app = page("import", lang=lang)
    app.file_uploader[0].set_value((name, content, "text/csv"))
    return app.run()


def _imports(home: Path) -> list[tuple[str, str]]:
    found = Store(Settings(home)).imports()
    return list(zip(found["name"], found["status"], strict=True))


def test_a_file_is_checked_and_nothing_is_stored(own_page, tmp_path: Path) -> None:
    app = _uploaded(own_page, form(*FAULTY))
    assert not app.exception
    told = _told(app)
    assert "3 accepted + 1 for review + 1 rejected + 1 repeated = 6 rows read." in told
    assert "Layout: 5W" in told
    assert _imports(tmp_path) == []


def test_each_problem_says_row_column_value_reason_and_what_to_do(page) -> None:
    app = _uploaded(page, form(*FAULTY))
    problems = next(table.value for table in app.dataframe if "suggestion" in table.value)
    place = problems[problems["value"] == "Atlantis"].iloc[0]
    assert (place["source_row"], place["column"]) == (6, "pcode")
    assert place["reason"] == t("problem.place_unknown.reason")
    assert place["effect"] == t("import.effect.review")


def test_the_preview_shows_the_first_rows_and_the_columns_say_how_they_are_read(page) -> None:
    app = _uploaded(page, form(*(PLAIN * 10)))
    preview = next(table.value for table in app.dataframe if "start" in table.value)
    assert len(preview) == 20
    columns = next(table.value for table in app.dataframe if "field" in table.value)
    assert dict(zip(columns["column"], columns["field"], strict=True))["pcode"] == t("field.pcode")


def test_a_file_comes_in_with_one_click_and_the_page_says_what_next(own_page, tmp_path: Path) -> None:
    app = _uploaded(own_page, form(*PLAIN))
    app.button(key="import_go").click().run()
    assert not app.exception
    assert t("import.done.new", name="form.csv", accepted=3, read=3) in _told(app)
    assert t("import.done.next") in _told(app)
    assert _imports(tmp_path) == [("form.csv", "live")]


def test_the_same_file_again_is_there_already(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    app = _uploaded(own_page, form(*PLAIN))
    assert t("import.found.live") in _told(app)
    assert not [button for button in app.button if button.key == "import_go"]


def test_a_corrected_file_takes_the_place_of_the_earlier_one(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    app = _uploaded(own_page, form(*PLAIN[:2], VAGUE[2]), "corrected.csv")
    assert app.radio[0].value == "add"
    app.radio[0].set_value("replace").run()
    assert t("import.go.compared", added=1, gone=1, changed=0, same=2) in _told(app)
    app.button(key="import_go").click().run()
    assert sorted(_imports(tmp_path)) == [("corrected.csv", "live"), ("form.csv", "replaced")]


def test_an_import_is_taken_out_only_after_a_second_question_and_comes_back(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    app = own_page("import", lang="en")
    app.button(key="import_undo").click().run()
    assert _imports(tmp_path) == [("form.csv", "live")]
    app.button(key="import_sure").click().run()
    assert _imports(tmp_path) == [("form.csv", "undone")]
    assert t("import.done.undone", name="form.csv") in _told(app)
    assert t("import.history.all_out") in _told(app)
    app.button(key="import_restore").click().run()
    app.button(key="import_sure").click().run()
    assert _imports(tmp_path) == [("form.csv", "live")]


def test_a_change_of_mind_leaves_everything_as_it_was(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    app = own_page("import", lang="en")
    app.button(key="import_undo").click().run()
    app.button(key="import_unsure").click().run()
    assert not [button for button in app.button if button.key == "import_sure"]
    assert _imports(tmp_path) == [("form.csv", "live")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 not a table", b"PK\x03\x04 half a workbook", b"only,two\n1,2\n"]
)
def test_a_bad_file_is_told_in_the_language_of_the_reader(page, lang: str, content: bytes) -> None:
    app = _uploaded(page, content, "bad.xlsx", lang)
    assert not app.exception
    assert len(app.error) == 1
    assert t("import.refused.title", lang, name="bad.xlsx") in _told(app)
    assert not [button for button in app.button if button.key == "import_go"]


def test_the_name_of_a_file_cannot_leave_its_folder_or_carry_invisible_letters(
    own_page, tmp_path: Path
) -> None:
    app = _uploaded(own_page, form(*PLAIN), "../../x\u202e\x00/..\\evil\u202evsc.csv")
    app.button(key="import_go").click().run()
    assert _imports(tmp_path) == [("evilvsc.csv", "live")]


def test_a_file_without_dates_comes_in_with_a_period(page) -> None:
    bare = b"organisation,service,pcode\nPalm Grove Society,immunisation,IQG15Q05\n"
    app = _uploaded(page, bare)
    assert len(app.error) == 1
    app.selectbox(key="import_first").select_index(1).run()
    assert t("import.options.period_half") in _told(app)
    app.selectbox(key="import_last").select_index(1).run()
    assert not app.error
    assert "1 accepted + 0 for review" in _told(app)


def test_filters_do_not_change_what_is_shown(own_page, tmp_path: Path) -> None:
    brought_in(tmp_path, tmp_path, *PLAIN)
    narrow = own_page("import", lang="en", place="IQG03", population="refugee")
    wide = own_page("import", lang="en")
    assert narrow.dataframe[0].value.equals(wide.dataframe[0].value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_anything_is_imported_the_page_explains_the_sample(page, lang: str) -> None:
    assert t("import.history.none", lang) in _told(page("import", lang=lang))
