"""The page of what the tool does not know: one answer settles all rows, and every answer can be undone."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from csomap.ui import tables
from tests.ui.forms import brought_in
from tests.ui.messy import PLACE, TERM, keys, messy_home, told


@pytest.fixture
def review(page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open the page on an installation with a messy file."""
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    messy_home(tmp_path)
    return lambda **codes: page("review", **{"lang": "en", **codes})


def _waiting(home: Path) -> int:
    return flow.load(Settings(home)).waiting


def _table(app: AppTest) -> pd.DataFrame:
    """Return the first table, without the marks that set Latin text in a table read from the right."""
    return app.dataframe[0].value.replace("\u200f", "", regex=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_waits_is_told_once_for_all_its_rows(review, tmp_path: Path, lang: str) -> None:
    app = review(lang=lang, show="place")
    assert not app.exception
    assert t("review.intro", lang, n=_waiting(tmp_path)) in told(app)
    line = _table(app).set_index("subject").loc[PLACE]
    assert line["rows"] == 2 and line["files"].strip("\u2068\u2069") == "form.csv"
    files = t("review.files", lang, n=1)
    assert t("review.rows.review", lang, n=2, files=files) in told(app)


def test_the_page_opens_where_most_waits_and_counts_each_part(review) -> None:
    app = review()
    shown = app.segmented_control(key="review_show")
    assert shown.value == "place"
    assert t("review.counted", name=t("review.part.term"), n=1) in shown.options


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_place_is_chosen_and_the_rows_enter_the_analysis(review, tmp_path: Path, lang: str) -> None:
    before = _waiting(tmp_path)
    app = review(lang=lang, show="place")
    assert app.button(key="review_use").disabled
    box = next(one for one in app.selectbox if str(one.key).startswith("review_another_"))
    box.set_value("IQG15Q03").run()
    app.button(key="review_use").click().run()
    assert not app.exception
    assert _waiting(tmp_path) == before - 2
    assert t("review.freed", lang, n=2) in told(app)
    assert PLACE not in set(_table(app)["subject"])
    app.button(key="decided_undo").click().run()
    assert _waiting(tmp_path) == before
    assert t("review.undone", lang) in told(app)
    assert PLACE in set(_table(app)["subject"])


def test_one_click_on_a_candidate_settles_it_and_the_next_question_comes(review, tmp_path: Path) -> None:
    app = review(show="place")
    first = _table(app)["subject"].tolist()
    while "review_candidate_0" not in keys(app):
        app.button(key="review_next").click().run()
    settled = flow.waiting(Settings(tmp_path))
    settled = settled[(settled["kind"] == "place") & (settled["candidates"] != "")].iloc[0]
    app.button(key="review_candidate_0").click().run()
    assert not app.exception
    left = _table(app)["subject"].tolist()
    assert set(first) - set(left) == {settled["subject"]}
    told_by = flow.decisions(Settings(tmp_path)).iloc[0]
    assert told_by["subject"] == settled["subject"]


def test_a_text_can_be_no_place_and_a_term_can_say_nothing(review, tmp_path: Path) -> None:
    app = review(show="place")
    app.button(key="review_nothing").click().run()
    assert t("review.decided.no_place", text=PLACE) in told(app)
    app = review(show="term")
    assert TERM in told(app)
    app.button(key="review_nothing").click().run()
    assert not app.exception
    assert t("review.none.term") in told(app)
    kinds = flow.decisions(Settings(tmp_path))["kind"].tolist()
    assert kinds == ["term:services", "place"]


def test_a_new_organisation_is_made_with_its_names_and_type(review, tmp_path: Path) -> None:
    app = review(show="organisation")
    name = next(one for one in app.text_input if "review_new_name_en" in str(one.key))
    assert name.value == "Palm Grove Society"
    next(one for one in app.text_input if "review_new_name_ar" in str(one.key)).set_value("جمعية بستان")
    next(one for one in app.selectbox if "review_new_type" in str(one.key)).set_value("cso")
    app.run()
    app.button(key="review_make").click().run()
    assert not app.exception
    assert t("review.made", name="Palm Grove Society") in told(app)
    made = flow.load(Settings(tmp_path)).organisations.set_index("name_en").loc["Palm Grove Society"]
    assert (made["name_ar"], made["type"], made["status"]) == ("جمعية بستان", "cso", "registered")


def test_who_decides_stands_in_the_history_and_each_can_be_undone_there(review, tmp_path: Path) -> None:
    app = review(show="place")
    app.text_input(key="decided_by_field").set_value("health cluster").run()
    app.button(key="review_nothing").click().run()
    app.segmented_control(key="review_show").set_value("history").run()
    assert not app.exception
    line = app.dataframe[0].value.iloc[0]
    assert (line["who"], line["status"]) == ("health cluster", t("review.status.holds"))
    app.button(key="decision_change_").click().run()
    assert t("review.undone") in told(app)
    app.button(key="decision_change_").click().run()
    assert t("review.restored") in told(app)


def test_the_file_of_all_decisions_names_nobody(review, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[list[str]] = []
    monkeypatch.setattr(tables, "files", lambda frame, columns, *_, **__: saved.append(list(columns)))
    app = review(show="place")
    app.button(key="review_nothing").click().run()
    app.segmented_control(key="review_show").set_value("history").run()
    assert "who" in app.dataframe[0].value and saved
    assert "told" in saved[-1] and not any("who" in columns for columns in saved)


def test_two_organisations_become_one_and_are_two_again(review, tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    newcomer = flow.load(settings).newcomers.set_index("name").loc["Palm Grove Society", "org_id"]
    app = review(show="merge")
    app.selectbox(key="merge_gone").set_value(newcomer)
    app.selectbox(key="merge_kept").set_value("unicef").run()
    assert not app.exception
    becomes = t("review.merge.becomes", gone="Palm Grove Society", kept=_name(settings, "unicef"))
    assert becomes in told(app)
    app.button(key="merge_go").click().run()
    assert not app.exception
    assert newcomer not in set(flow.load(settings).activities["organisation"])
    app.button(key="decided_undo").click().run()
    assert newcomer in set(flow.load(settings).activities["organisation"])


def _name(settings: Settings, org_id: str) -> str:
    return flow.load(settings).organisations.set_index("org_id").loc[org_id, "name_en"]


def test_an_edited_registry_is_looked_at_before_it_comes_in(review, tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    edited = "org_id,name_en,acronym,type\nunicef,UNICEF Iraq,UNICEF,un\n,Fig Orchard Aid,FOA,cso\n"
    app = review(show="registry")
    app.file_uploader[0].set_value(("edited.csv", edited.encode(), "text/csv")).run()
    assert not app.exception
    assert t("review.registry.counts", added=1, changed=1, unchanged=0) in told(app)
    assert _name(settings, "unicef") != "UNICEF Iraq"
    app.button(key="registry_go").click().run()
    assert not app.exception
    assert _name(settings, "unicef") == "UNICEF Iraq"
    app.button(key="decided_undo").click().run()
    assert _name(settings, "unicef") != "UNICEF Iraq"


def test_a_faulty_registry_is_refused_with_its_cells(review) -> None:
    app = review(show="registry", lang="ar")
    bad = "org_id,name_en,type\nunicef,UNICEF,nonsense\n"
    app.file_uploader[0].set_value(("edited.csv", bad.encode(), "text/csv")).run()
    assert not app.exception
    assert len(app.error) == 1 and "nonsense" in app.error[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_waits_the_page_says_so(page, lang: str) -> None:
    app = page("review", lang=lang, show="place")
    assert not app.exception
    assert t("review.none.place", lang) in told(app)


def test_a_question_that_somebody_else_settled_meanwhile_is_passed_over(review, tmp_path: Path) -> None:
    app = review(show="place")
    flow.decide(Settings(tmp_path), "place", PLACE, "")
    app.run()
    assert not app.exception
    assert PLACE not in set(_table(app)["subject"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_pages_lead_here_and_count_what_waits_now(review, page, tmp_path: Path, lang: str) -> None:
    flow.decide(Settings(tmp_path), "place", PLACE, "IQG15Q03")
    waiting = _waiting(tmp_path)
    for name in ("import", "overview"):
        app = page(name, lang=lang)
        assert not app.exception
        links = [link.proto.label for link in app.get("page_link")]
        assert t("review.links.waiting", lang, n=waiting) in links
    imports = next(one.value for one in page("import", lang=lang).dataframe if "rows_read" in one.value)
    line = imports.iloc[0]
    assert line["review"] == waiting
    assert line["accepted"] + line["review"] + line["rejected"] + line["duplicate_rows"] == line["rows_read"]


def test_the_place_of_a_sensitive_service_is_not_told_where_it_is_not_asked_for(
    page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    sensitive = "UNICEF,un,srh_clinical_rape,some women,IQG15Q05,Clinic by the bridge,2026-01,2026-03,"
    plain = "UNICEF,un,immunisation,some women,IQG15Q05,Clinic by the bridge,2026-01,2026-03,"
    brought_in(tmp_path, tmp_path, sensitive, plain)
    app = page("review", lang="en", show="term")
    rows = app.dataframe[1].value
    assert dict(zip(rows["told_service"], rows["told_place"], strict=True)) == {
        "srh_clinical_rape": "",
        "immunisation": "IQG15Q05",
    }


@pytest.mark.parametrize(("lang", "mark"), [("en", "\u200e"), ("ar", "")])
def test_arabic_text_is_not_cut_in_a_table_that_is_read_from_the_left(
    page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, mark: str
) -> None:
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    brought_in(tmp_path, tmp_path, "UNICEF,un,immunisation,host,قرية بلا اسم,,2026-01,2026-03,")
    app = page("review", lang=lang, show="place")
    assert _table(app)["subject"].tolist() == [f"{mark}قرية بلا اسم"]


def test_latin_text_runs_with_a_table_that_is_read_from_the_right(review) -> None:
    assert set(review(lang="ckb", show="place").dataframe[0].value["subject"]) >= {f"\u200f{PLACE}"}


def test_an_answer_after_which_the_row_still_waits_for_another_says_so(
    page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSOMAP_HOME", str(tmp_path))
    brought_in(tmp_path, tmp_path, "UNICEF,un,needles for babies,host,Nowhere at all,,2026-01,2026-03,")
    app = page("review", lang="en", show="place")
    app.button(key="review_nothing").click().run()
    assert t("review.still_waits") in told(app)


def test_the_history_names_newcomers_in_place_of_their_ids(review, tmp_path: Path) -> None:
    data = flow.load(Settings(tmp_path))
    newcomer = data.newcomers["org_id"].iloc[0]
    name = data.organisations.set_index("org_id").loc[newcomer, "name_en"]
    flow.merge(Settings(tmp_path), newcomer, _known(data))
    line = _table(review(show="history")).iloc[0]
    assert newcomer not in line["told"]
    assert name in line["told"]


def _known(data: flow.Data) -> str:
    return str(data.reports.loc[~data.reports["organisation"].str.startswith("new-"), "organisation"].iloc[0])
