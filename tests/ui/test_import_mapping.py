"""The columns of an unknown layout, chosen on the page: proposed, corrected, read, kept, forgotten."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap.flow.mappings import field_name
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from csomap.store import Store
from csomap.store.mappings import Mappings
from tests.ui.forms import PLAIN, form

UNKNOWN = (
    b"Nom du partenaire,Type de prestation,Gouvernorat,Mois,Remarques\n"
    b"Palm Grove Society,Immunisation,Ninewa,2021-01,bien\n"
    b"Reed Boat Relief,Nutrition,Basrah,2021-02,tard\n"
)
NEXT_MONTH = UNKNOWN.replace(b"2021-0", b"2021-1")


@pytest.fixture
def uploaded(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open the page with a file, on an installation of the test's own."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))

    def opened(content: bytes, name: str = "january.csv", lang: str = "en") -> AppTest:
        app = page("import", lang=lang)
        app.file_uploader[0].set_value((name, content, "text/csv"))
        return app.run()

    return opened


def _told(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "subheader", "success", "error", "warning")
    shown = [part.value for kind in kinds for part in app.get(kind)]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


def _columns(app: AppTest) -> dict[str, object]:
    return {box.label: box for box in app.selectbox if (box.key or "").startswith("import_map_")}


def _column(app: AppTest, header: str, lang: str = "en"):
    return _columns(app)[t("mapping.field_of", lang, header=header)]


def _imported(home: Path) -> list[str]:
    return list(Store(Settings(home)).imports()["name"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_columns_of_an_unknown_layout_are_proposed_in_the_language_of_the_reader(
    uploaded, lang: str
) -> None:
    app = uploaded(UNKNOWN, lang=lang)
    assert not app.exception
    assert not app.error  # all that is needed was guessed: nothing went wrong
    assert t("mapping.unknown", lang, name="january.csv") in _told(app)
    assert len(_columns(app)) == 5
    partner = _column(app, "Nom du partenaire", lang)
    assert partner.value == "organisation"
    assert field_name("organisation", lang) in partner.options
    assert _column(app, "Remarques", lang).value == ""
    assert t("mapping.preview", lang, n=2) in _told(app)


def test_the_proposed_columns_are_read_only_when_a_person_says_so(uploaded, tmp_path: Path) -> None:
    app = uploaded(UNKNOWN)
    assert not [button for button in app.button if button.key == "import_go"]
    app.button(key="import_mapping_use").click().run()
    assert not app.error
    assert t("mapping.own") in _told(app)
    app.button(key="import_go").click().run()
    assert _imported(tmp_path) == ["january.csv"]
    assert t("mapping.kept", name="january.csv") in _told(app)


def test_next_months_file_is_recognised_and_says_so(uploaded, tmp_path: Path) -> None:
    app = uploaded(UNKNOWN)
    app.button(key="import_mapping_use").click().run()
    app.button(key="import_go").click().run()
    later = uploaded(NEXT_MONTH, "february.csv")
    assert not later.error
    assert t("mapping.recognised", name="january.csv", date="X").split("(")[0] in _told(later)
    later.button(key="import_go").click().run()
    assert sorted(_imported(tmp_path)) == ["february.csv", "january.csv"]


def test_a_forgotten_mapping_is_unknown_again(uploaded, tmp_path: Path) -> None:
    app = uploaded(UNKNOWN)
    app.button(key="import_mapping_use").click().run()
    app.button(key="import_go").click().run()
    later = uploaded(NEXT_MONTH, "february.csv")
    later.button(key="import_mapping_forget").click().run()
    assert t("mapping.forgotten", name="january.csv") in _told(later)
    assert Mappings(Settings(tmp_path)).kept() == {}
    assert t("mapping.unknown", name="february.csv") in _told(later)


def test_a_correction_changes_the_preview_and_what_is_read(uploaded) -> None:
    app = uploaded(UNKNOWN)
    _column(app, "Remarques").set_value("site").run()
    preview = next(table.value for table in app.dataframe if "understood_service" in table.value)
    assert list(preview["site"]) == ["bien", "tard"]
    app.button(key="import_mapping_use").click().run()
    columns = next(table.value for table in app.dataframe if "field" in table.value)
    assert dict(zip(columns["column"], columns["field"], strict=True))["Remarques"] == t("field.site")


def test_what_is_missing_is_said_and_nobody_named_cannot_be_read(uploaded) -> None:
    app = uploaded(UNKNOWN)
    _column(app, "Nom du partenaire").set_value("").run()
    assert t("mapping.missing.who") in _told(app)
    assert app.button(key="import_mapping_use").disabled
    _column(app, "Nom du partenaire").set_value("organisation").run()
    _column(app, "Mois").set_value("").run()
    assert t("mapping.missing.when") in _told(app)
    assert not app.button(key="import_mapping_use").disabled


def test_one_field_cannot_be_two_columns(uploaded) -> None:
    app = uploaded(UNKNOWN)
    _column(app, "Remarques").set_value("organisation").run()
    assert t("mapping.twice", field=t("field.organisation")) in _told(app)
    assert app.button(key="import_mapping_use").disabled


def test_the_columns_of_a_known_layout_can_be_changed_and_left_as_they_were(uploaded) -> None:
    app = uploaded(form(*PLAIN), "form.csv")
    app.button(key="import_mapping_change").click().run()
    assert _column(app, "site").value == "site"
    app.button(key="import_mapping_leave").click().run()
    assert "Layout: 5W" in _told(app)
    app.button(key="import_mapping_change").click().run()
    _column(app, "site").set_value("").run()
    app.button(key="import_mapping_use").click().run()
    columns = next(table.value for table in app.dataframe if "field" in table.value)
    assert "site" not in set(columns["column"])
