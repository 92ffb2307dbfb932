"""The page of activities by hand: the rows of the files stay, what people write is kept beside them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from tests.ui.messy import keys, messy_home, told


@pytest.fixture
def edit(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open the page on an installation with a file."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    messy_home(tmp_path)
    return lambda **codes: page("edit", **{"lang": "en", **codes})


def _activity(home: Path, organisation: str = "unicef") -> dict[str, object]:
    found = flow.load(Settings(home)).activities
    return found[found["organisation"] == organisation].iloc[0].to_dict()


def _widget(app: AppTest, kind: str, field: str):
    fields = (one for one in app.get(kind) if "_search_" not in str(one.key))
    return next(one for one in fields if str(one.key).endswith(f"_{field}"))


def _send(app: AppTest, words: str) -> AppTest:
    return next(button for button in app.button if button.label == words).click().run()


def _typed(box, words: str) -> None:
    """Type something into a selection that is not among its options, as a browser sends it."""
    box.options.append(words)
    box.set_value(words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_is_corrected_and_the_correction_undone(edit, tmp_path: Path, lang: str) -> None:
    code = str(_activity(tmp_path)["activity_id"])
    app = edit(lang=lang, activity=code)
    assert not app.exception
    _widget(app, "selectbox", "pcode").set_value("IQG02Q01")
    app = _send(app, t("edit.correct.button", lang))
    assert not app.exception
    assert t("edit.correct.done", lang, n=1) in told(app)
    assert _activity(tmp_path)["pcode"] == "IQG02Q01"
    app.button(key="decided_undo").click().run()
    assert _activity(tmp_path)["pcode"] == "IQG02"


def test_a_form_in_which_nothing_was_changed_changes_nothing(edit, tmp_path: Path) -> None:
    app = edit(activity=str(_activity(tmp_path)["activity_id"]))
    app = _send(app, t("edit.correct.button"))
    assert t("edit.correct.nothing") in told(app)
    assert flow.decisions(Settings(tmp_path)).empty


def test_what_cannot_be_read_is_told_and_not_kept(edit, tmp_path: Path) -> None:
    app = edit(activity=str(_activity(tmp_path)["activity_id"]))
    _widget(app, "text_input", "start").set_value("soon")
    app = _send(app, t("edit.correct.button"))
    assert not app.exception
    assert t("problem.date_unreadable.reason") in told(app)
    assert flow.decisions(Settings(tmp_path)).empty


def test_an_activity_ends_on_the_day_that_is_written(edit, tmp_path: Path) -> None:
    code = str(_activity(tmp_path)["activity_id"])
    app = edit(activity=code)
    app.text_input(key=f"edit_end_{code}").set_value("2026-06").run()
    app.button(key="edit_end_go").click().run()
    assert not app.exception
    ended = _activity(tmp_path)
    assert (str(ended["end"])[:10], bool(ended["end_is_stated"])) == ("2026-06-30", True)
    assert t("edit.end.done") in told(app)


def test_the_history_of_an_activity_has_an_undo_for_each_change(edit, tmp_path: Path) -> None:
    code = str(_activity(tmp_path)["activity_id"])
    made = flow.end_activity(Settings(tmp_path), code, "2026-03-31", who="health cluster")
    app = edit(activity=str(_activity(tmp_path)["activity_id"]))
    assert f"edit_undo_{made}" in keys(app)
    app.button(key=f"edit_undo_{made}").click().run()
    assert not app.exception
    assert str(_activity(tmp_path)["end"])[:10] == "2026-12-31"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_activity_is_added_with_an_organisation_that_nobody_knew(edit, tmp_path: Path, lang: str) -> None:
    app = edit(lang=lang, show="add")
    app = _send(app, t("edit.add.button", lang))
    assert len(app.error) == 4
    _typed(_widget(app, "selectbox", "organisation"), "Fig Orchard Aid")
    _widget(app, "selectbox", "service").set_value("immunisation_routine")
    _widget(app, "selectbox", "pcode").set_value("IQG15Q05")
    _widget(app, "text_input", "start").set_value("2026-02")
    app = _send(app, t("edit.add.button", lang))
    assert not app.exception
    assert t("edit.add.done", lang) in told(app)
    data = flow.load(Settings(tmp_path))
    added = data.newcomers.set_index("name").loc["Fig Orchard Aid", "org_id"]
    row = data.activities.set_index("organisation").loc[added]
    assert (row["service"], row["pcode"], str(row["start"])[:10]) == (
        "immunisation_routine",
        "IQG15Q05",
        "2026-02-01",
    )


def test_the_search_leaves_what_fits(edit, tmp_path: Path) -> None:
    app = edit()
    everything = len(app.dataframe[0].value)
    app.selectbox(key="edit_search_organisation").set_value("unicef").run()
    assert 0 < len(app.dataframe[0].value) < everything


def test_an_activity_of_the_address_that_is_gone_is_said_to_be_gone(edit) -> None:
    app = edit(activity="no-such-activity")
    assert not app.exception
    assert t("edit.gone") in told(app)
