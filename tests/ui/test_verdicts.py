"""What people say of overlaps on the page: kept at once, seen by all, taken back, and never lost."""

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings
from csomap.tables.query import Query
from tests.ui.conftest import Homes, Opened
from tests.ui.forms import brought_in
from tests.ui.overlapping import TRIO, imported, judged, shown

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _counts(undecided: int, decided: int, counted: int, others: int, lang: str = "en") -> str:
    told = {"undecided": undecided, "decided": decided, "counted": counted, "others": others}
    return t("overlap.counts.decided", lang, **told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_verdict_takes_a_row_out_of_the_count_and_leads_to_the_next(opened_at: Opened, lang: str) -> None:
    app = opened_at("pair", lang=lang)
    assert _counts(2, 0, 2, 0, lang) in shown(app)
    first = app.dataframe[0].value["pcode"].iloc[0]
    judged(app, "shared_load", note="They take turns")
    assert _counts(1, 1, 1, 1, lang) in shown(app)
    assert t("overlap.step.position", lang, n=2, total=2) in shown(app)
    assert t("overlap.verdict.shared_load", lang) in app.success[0].value
    app.button(key="decided_undo").click().run()
    assert _counts(2, 0, 2, 0, lang) in shown(app)
    assert t("overlap.step.position", lang, n=1, total=2) in shown(app)
    assert app.dataframe[0].value["pcode"].iloc[0] == first


def test_everybody_sees_a_verdict_at_once_also_on_the_overview(opened_at: Opened) -> None:
    mine, yours = opened_at("pair", lang="en"), opened_at("pair", lang="ar")
    overview = opened_at("pair", "overview", lang="en")
    assert t("overview.figure.overlaps_is", n=2) in _cards(overview)
    judged(mine, "same_project")
    assert _counts(1, 1, 1, 1, "ar") in shown(yours.run())
    assert t("overview.figure.overlaps_is", n=1) in _cards(overview.run())


def _cards(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


def test_a_duplicate_is_decided_and_stays_counted(opened_at: Opened) -> None:
    app = judged(opened_at("duo", lang="en"), "duplicate_work")
    assert _counts(0, 1, 1, 0) in shown(app)


def test_saving_without_an_answer_saves_nothing_and_says_so(opened_at: Opened) -> None:
    app = opened_at("duo", lang="en")
    next(button for button in app.button if "FormSubmitter" in button.key).click().run()
    assert t("overlap.judge.choose") in shown(app)
    assert _counts(1, 0, 1, 0) in shown(app)


def test_a_row_of_three_organisations_is_judged_whole_or_pair_by_pair(opened_at: Opened) -> None:
    app = opened_at("trio", lang="en")
    first = app.selectbox(key="overlaps_pair").value
    judged(app, "shared_load", note="Mornings and afternoons", scope="pair")
    assert _counts(1, 0, 1, 0) in shown(app)
    assert app.dataframe[0].value["verdict"].iloc[0] == t("overlap.verdict.mixed")
    assert app.selectbox(key="overlaps_pair").value != first  # the next one that waits
    assert [box.value for box in app.text_area] == [""]  # what was noted about one is not said of the next
    judged(app, "shared_load", scope="row")
    assert _counts(0, 1, 0, 1) in shown(app)
    assert app.dataframe[0].value["verdict"].iloc[0] == t("overlap.verdict.shared_load")


def test_somebody_who_came_later_shows_as_new_since_the_verdict(own_page, tmp_path: Path) -> None:
    imported(tmp_path, *TRIO[:2])
    judged(own_page("overlaps", lang="en"), "shared_load")
    (tmp_path / "more").mkdir()
    brought_in(tmp_path, tmp_path / "more", TRIO[2])
    app = own_page("overlaps", lang="en", verdict="new")
    assert t("verdicts.state.is_new") in shown(app)
    assert t("overlap.step.position", n=1, total=1) in shown(app)
    assert _counts(1, 0, 1, 0) in shown(app)


def test_a_verdict_of_a_topic_is_taken_over_by_its_services_and_says_from_where(
    own_page, tmp_path: Path
) -> None:
    rows = [row.replace(",immunisation,", ",immunisation_routine,") for row in TRIO[:2]]
    imported(tmp_path, *rows)
    judged(own_page("overlaps", lang="en", by="topic"), "same_project")
    app = own_page("overlaps", lang="en", by="service")
    assert app.dataframe[0].value["verdict"].iloc[0] == t("overlap.verdict.same_project")
    links = [link.proto.label for link in app.get("page_link")]
    assert any(label.startswith(t("overlap.judge.inherited", cell="")) for label in links)


def test_who_and_why_stand_beside_the_verdict(opened_at: Opened) -> None:
    app = opened_at("duo", lang="en")
    app.text_input(key="decided_by_field").set_value("health cluster").run()
    judged(app, "same_project", note="One <b>contract</b> [x](http://example.org)")
    told = shown(app)
    assert "health cluster, " in told
    assert t("overlap.judge.noted", note="One <b>contract</b> [x](http://example.org)") in told
    assert "](http" not in " ".join(part.value for part in app.markdown)


def test_the_history_keeps_what_was_taken_back_and_lets_it_hold_again(opened_at: Opened) -> None:
    app = judged(opened_at("duo", lang="en"), "same_project")
    app.button(key="decided_undo").click().run()
    app.session_state["card_history"] = True
    app.run()
    history = app.dataframe[-1].value
    assert list(history["status"]) == [t("overlap.history.undone")]
    app.button(key="card_history_change").click().run()
    assert _counts(0, 1, 0, 1) in shown(app)


def test_the_second_of_two_is_told_and_may_keep_what_holds(opened_at: Opened) -> None:
    first, second = opened_at("duo", lang="en"), opened_at("duo", lang="ar")
    judged(first, "shared_load", note="Mornings and afternoons")
    judged(second, "duplicate_work")
    told = shown(second)
    assert t("overlap.verdict.shared_load", "ar") in second.warning[0].value
    assert "Mornings and afternoons" in told
    assert t("overlap.verdict.duplicate_work", "ar") in told
    assert t("overlap.conflict.yours", "ar", told="").strip().split(":")[0] in told
    assert _counts(0, 1, 0, 1, "ar") in told
    second.button(key="conflict_keep").click().run()
    assert t("overlap.conflict.kept", "ar") in shown(second)
    assert _counts(0, 1, 0, 1) in shown(first.run())


def test_the_second_of_two_may_save_theirs_all_the_same_and_nothing_is_lost(
    opened_at: Opened, homes: Homes
) -> None:
    first, second = opened_at("duo", lang="en"), opened_at("duo", lang="en")
    judged(first, "shared_load")
    judged(second, "duplicate_work", note="Same street")
    second.button(key="conflict_take").click().run()
    assert _counts(0, 1, 1, 0) in shown(first.run())
    kept = flow.decisions(Settings(homes["duo"]), "en")
    assert list(kept["kind"]) == ["verdict", "verdict"]
    second.session_state["card_history"] = True
    second.run()
    assert list(second.dataframe[-1].value["verdict"]) == [
        t("overlap.verdict.duplicate_work"),
        t("overlap.verdict.shared_load"),
    ]


def test_one_verdict_for_two_organisations_in_all_their_rows_is_seen_first_and_undone_as_one(
    opened_at: Opened, homes: Homes
) -> None:
    app = opened_at("pair", lang="en")
    app.session_state["bulk"] = True
    app.run()
    app.selectbox(key="verdict_bulk_pair").set_value(_codes(homes["pair"])).run()
    assert t("overlap.bulk.preview", n=2) in shown(app)
    app.radio(key="verdict_bulk_choice").set_value("shared_load").run()
    app.button(key="verdict_bulk_save").click().run()
    assert _counts(0, 2, 0, 2) in shown(app)
    app.button(key="decided_undo").click().run()
    assert _counts(2, 0, 2, 0) in shown(app)


def _codes(home: Path) -> str:
    return ";".join(sorted(set(flow.load(Settings(home)).activities["organisation"])))


def test_a_spreadsheet_goes_out_is_filled_in_and_comes_back_after_a_look(
    opened_at: Opened, homes: Homes
) -> None:
    app = opened_at("pair", lang="ar")
    app.session_state["book"] = True
    app.run()
    app.file_uploader[0].set_value(("verdicts.xlsx", _filled_in(homes["pair"]), _XLSX)).run()
    assert t("overlap.book.changes", "ar", n=2) in shown(app)
    assert _counts(2, 0, 2, 0, "ar") in shown(app)
    app.button(key="book_keep").click().run()
    assert _counts(0, 2, 0, 2, "ar") in shown(app)
    assert t("overlap.book.done", "ar", n=2) in shown(app)


def test_a_spreadsheet_does_not_overrule_those_who_decided_since(opened_at: Opened, homes: Homes) -> None:
    content = _filled_in(homes["pair"])
    app = judged(opened_at("pair", lang="en"), "duplicate_work")
    app.session_state["book"] = True
    app.run()
    app.file_uploader[0].set_value(("verdicts.xlsx", content, _XLSX)).run()
    assert t("overlap.book.changes", n=1) in shown(app)
    assert t("overlap.book.outdated", n=1) in shown(app)
    app.button(key="book_keep").click().run()
    assert _counts(0, 2, 1, 1) in shown(app)


def test_a_file_that_is_no_list_of_verdicts_is_told_kindly(opened_at: Opened) -> None:
    app = opened_at("pair", lang="en")
    app.session_state["book"] = True
    app.run()
    app.file_uploader[0].set_value(("verdicts.xlsx", b"PK\x03\x04nothing", _XLSX)).run()
    assert not app.exception
    assert app.error


def _filled_in(home: Path) -> bytes:
    """Take the list away as the page offers it and choose shared_load in every line."""
    settings = Settings(home)
    data = flow.with_verdicts(flow.for_pages(flow.load(settings)), settings)
    query = flow.opening(data, flow.window(data, Query(sector="health")))
    book = openpyxl.load_workbook(io.BytesIO(flow.verdict_book(data, query, "ar")))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(t("verdicts.column.verdict", "ar")) + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = t("overlap.verdict.shared_load", "ar")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_the_map_counts_only_the_overlaps_that_count(opened_at: Opened) -> None:
    before = opened_at("pair", "map", lang="en", measure="overlaps")
    assert not before.exception
    assert "(2)" in _in_words(before)
    judged(opened_at("pair", lang="en"), "shared_load")
    assert "(1)" in _in_words(before.run())


def _in_words(app: AppTest) -> str:
    title = t("map.measure.overlaps")
    return next(part.value for part in app.markdown if title in part.value)
