"""A working group decides in a workbook, without the tool: what it wrote comes back whole or not at all."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from csomap import flow
from csomap.errors import BadFile, BadInput, Outdated
from csomap.flow.faults import Faults
from csomap.flow.verdict_form import COLUMNS, label
from csomap.flow.verdict_lines import HIDDEN
from csomap.i18n import LANGUAGES, t
from csomap.matching.standing import VERDICTS
from csomap.settings import Settings
from csomap.store import Decisions
from csomap.tables.query import Query
from tests.flow.forms import act, data

pytestmark = pytest.mark.turns(3)

THREE = data(act("a1", "01-01", "03-31"), act("b1", "01-01", "03-31"), act("c1", "03-01", "03-05"))
QUERY = Query()
VERDICT, NOTE = COLUMNS.index("verdict"), COLUMNS.index("note")
Change = Callable[[Worksheet], None]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


@pytest.fixture(scope="module")
def written() -> bytes:
    return flow.verdict_book(THREE, QUERY, "en")


def now(settings: Settings) -> flow.Data:
    return flow.with_verdicts(THREE, settings)


def told(settings: Settings) -> dict[str, str]:
    rows = flow.find_overlaps(THREE, QUERY)
    found = flow.standings(now(settings), QUERY, rows)
    return dict(zip(found["org_a"] + found["org_b"], found["verdict"], strict=True))


def edited(content: bytes, change: Change) -> bytes:
    """Return the workbook as a person saves it who did `change` to its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def lines(sheet: Worksheet) -> dict[str, int]:
    """Return the row of each pair."""
    place = len(COLUMNS) + HIDDEN.index("csomap:org_a")
    cells = ((row[place].value, row[place + 1].value, row[0].row) for row in sheet.iter_rows(min_row=2))
    return {f"{a}{b}": number for a, b, number in cells}


def write(pair: str, verdict: str | None, note: str | None = None) -> Change:
    def change(sheet: Worksheet) -> None:
        row = lines(sheet)[pair]
        sheet.cell(row, VERDICT + 1).value = verdict
        if note is not None:
            sheet.cell(row, NOTE + 1, note).data_type = "s"

    return change


def both(*changes: Change) -> Change:
    def change(sheet: Worksheet) -> None:
        for one in changes:
            one(sheet)

    return change


def problems(book: flow.VerdictBook) -> list[tuple[str, str, str]]:
    return list(book.problems[["column", "value", "code"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_is_in_the_language_and_its_drop_down_holds_every_verdict(
    lang: str, tmp_path: Path
) -> None:
    found = openpyxl.load_workbook(io.BytesIO(flow.verdict_book(THREE, QUERY, lang)))
    form, how, lists = found.worksheets
    head = [cell.value for cell in form[1]]
    assert head == [*(label(name, lang) for name in COLUMNS), *HIDDEN]
    words = [t(f"overlap.verdict.{code}", lang) for code in VERDICTS]
    assert [cell.value for cell in lists["A"]] == [label("verdict", lang), *words]
    (choice,) = form.data_validations.dataValidation
    assert choice.type == "list" and str(choice.sqref) == "M2:M4" and lists.title in choice.formula1
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in found.worksheets} == {lang != "en"}
    assert lists.sheet_state == "hidden"
    hidden = [one for one in form.column_dimensions.values() if one.hidden]
    assert {(one.min, one.max) for one in hidden} == {(len(COLUMNS) + 1, len(head))}
    assert words[2] in [cell.value for cell in how["A"]]
    names = [cell.value for cell in form[2]]
    assert t("table.everybody", lang) in names and names[COLUMNS.index("strength")] >= 0


def test_a_workbook_that_nobody_touched_changes_nothing(settings: Settings, written: bytes) -> None:
    book = flow.read_verdict_book(written, THREE, settings)
    assert book.changes.empty and book.outdated.empty and book.problems.empty
    assert flow.keep_verdict_book(book, THREE, settings) == 0 and not settings.home.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("said_in", [*LANGUAGES, "code", "loud"])
def test_a_verdict_in_any_language_or_as_its_code_comes_back(
    settings: Settings, lang: str, said_in: str
) -> None:
    loud = f"  {t('overlap.verdict.shared_load').upper()} "
    words = {"code": "shared_load", "loud": loud}.get(said_in) or t("overlap.verdict.shared_load", said_in)
    saved = edited(flow.verdict_book(THREE, QUERY, lang), write("ab", words, "they split it"))
    book = flow.read_verdict_book(saved, THREE, settings)
    (change,) = book.changes.to_dict("records")
    assert (change["org_a"], change["org_b"], change["before"], change["verdict"], change["note"]) == (
        *("a", "b", "undecided", "shared_load", "they split it"),
    )
    made = flow.keep_verdict_book(book, THREE, settings, who="Health working group")
    assert told(settings) == {"ab": "shared_load", "ac": "undecided", "bc": "undecided"}
    (held,) = Decisions(settings).holding("verdict")
    assert (held.id, held.who, held.note) == (made, "Health working group", "they split it")
    assert held.answer == {"verdict": "shared_load", "seen": ["a", "b", "c"], "days": 90}


def test_everything_of_a_workbook_is_kept_at_once_each_with_its_own_note_and_undone_at_once(
    settings: Settings, written: bytes
) -> None:
    change = both(
        write("ab", "same project", "one grant"), write("ac", "data_error"), write("bc", "undecided", "asked")
    )
    book = flow.read_verdict_book(edited(written, change), THREE, settings)
    made = flow.keep_verdict_book(book, THREE, settings, note="meeting of May")
    assert told(settings) == {"ab": "same_project", "ac": "data_error", "bc": "undecided"}
    notes = {one.subject: one.note for one in Decisions(settings).holding("verdict")}
    assert notes == {"a;b": "one grant", "a;c": "meeting of May", "b;c": "asked"}
    flow.undo_decision(settings, made)
    assert set(told(settings).values()) == {"undecided"}


def test_it_goes_out_again_with_what_was_said_and_by_whom(settings: Settings, written: bytes) -> None:
    saved = edited(written, write("ab", "shared on purpose", "they\nsplit it"))
    flow.keep_verdict_book(flow.read_verdict_book(saved, THREE, settings), THREE, settings, who="Nada")
    again = flow.verdict_book(now(settings), QUERY, "en")
    sheet = openpyxl.load_workbook(io.BytesIO(again)).worksheets[0]
    row = {name: sheet.cell(lines(sheet)["ab"], place + 1).value for place, name in enumerate(COLUMNS)}
    assert (row["verdict"], row["note"], row["who"]) == ("shared on purpose", "they\nsplit it", "Nada")
    assert flow.read_verdict_book(again, THREE, settings).changes.empty
    back = edited(again, write("ab", "undecided"))
    flow.keep_verdict_book(flow.read_verdict_book(back, THREE, settings), THREE, settings)
    assert set(told(settings).values()) == {"undecided"}


def test_rows_sorted_left_out_and_columns_added_or_moved_are_no_matter(
    settings: Settings, written: bytes
) -> None:
    def change(sheet: Worksheet) -> None:
        write("ac", "data_error", "typing error")(sheet)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head, kept = rows[0], [row for row in rows[1:] if "b" not in row[4] or "c" not in row[5]]
        sheet.delete_rows(1, 9)
        sheet.append(["our list of May"])
        for row in [head, *reversed(kept)]:
            sheet.append([*row[3:], "our remark", *row[:3]])
        sheet.append([None] * 40)

    saved = edited(written, change)
    book = flow.read_verdict_book(saved, THREE, settings)
    assert problems(book) == [] and list(book.changes["org_b"]) == ["c"]
    flow.keep_verdict_book(book, THREE, settings)
    assert told(settings) == {"ab": "undecided", "ac": "data_error", "bc": "undecided"}


def test_an_empty_verdict_says_nothing(settings: Settings, written: bytes) -> None:
    flow.keep_verdict_book(
        flow.read_verdict_book(edited(written, write("ab", "same_project")), THREE, settings), THREE, settings
    )
    out = flow.verdict_book(now(settings), QUERY, "en")
    assert flow.read_verdict_book(edited(out, write("ab", None)), THREE, settings).changes.empty


def shuffle_one_column(sheet: Worksheet) -> None:
    """Sort the names of organisations, and nothing else."""
    place = COLUMNS.index("org_b") + 1
    names = [sheet.cell(row, place).value for row in (2, 3, 4)]
    for row, name in zip((2, 3, 4), reversed(names), strict=True):
        sheet.cell(row, place).value = name


def type_over_a_key(sheet: Worksheet) -> None:
    sheet.cell(2, len(COLUMNS) + HIDDEN.index("csomap:org_b") + 1).value = "who"


def type_over_an_id(sheet: Worksheet) -> None:
    sheet.cell(2, len(COLUMNS) + HIDDEN.index("csomap:verdict_id") + 1).value = "999"


def add_a_line(sheet: Worksheet) -> None:
    sheet.cell(9, VERDICT + 1).value = "data_error"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (write("ab", "mixed"), {("Verdict", "mixed", "verdict_word_unknown")}),
        (write("ab", "shared"), {("Verdict", "shared", "verdict_word_unknown")}),
        (write("ab", "=1+1"), {("Verdict", "=1+1", "verdict_word_unknown")}),
        (write("ab", None, "we asked them"), {("Verdict", "", "verdict_word_missing")}),
        (write("ab", "data_error", "x" * 2001), {("Note", "x" * 2001, "verdict_note_long")}),
        (shuffle_one_column, {("Organisation", name, "verdict_line_changed") for name in "ab"}),
        (type_over_a_key, {("Organisation", "a", "verdict_line_changed")}),
        (type_over_an_id, {("Organisation", "a", "verdict_line_changed")}),
        (add_a_line, {("Organisation", "", "verdict_no_key")}),
    ],
)  # fmt: skip
def test_what_is_amiss_is_told_with_row_column_and_way_out_and_nothing_is_kept(
    settings: Settings, written: bytes, change: Change, found: set[tuple[str, str, str]]
) -> None:
    saved = edited(written, both(write("bc", "data_error"), change))
    book = flow.read_verdict_book(saved, THREE, settings)
    assert set(problems(book)) == found
    with pytest.raises(Faults) as error:
        flow.keep_verdict_book(book, THREE, settings)
    assert not settings.home.exists()
    for lang in LANGUAGES:
        message = error.value.told(lang)
        assert "problem." not in message and "error." not in message and len(message) > 80


@pytest.mark.parametrize("note", ["=cmd|' /C calc'!A0", "@SUM(1)", "-1", "'quoted", "<b>bold</b>", "=1+1"])
def test_a_note_is_a_text_whatever_it_looks_like(settings: Settings, written: bytes, note: str) -> None:
    saved = edited(written, write("ab", "data_error", note))
    flow.keep_verdict_book(flow.read_verdict_book(saved, THREE, settings), THREE, settings)
    (held,) = Decisions(settings).holding("verdict")
    assert held.note == note
    again = flow.verdict_book(now(settings), QUERY, "en")
    sheet = openpyxl.load_workbook(io.BytesIO(again)).worksheets[0]
    cell = sheet.cell(lines(sheet)["ab"], NOTE + 1)
    assert (cell.value, cell.data_type) == (note, "s")
    assert flow.read_verdict_book(again, THREE, settings).changes.empty


def test_an_error_value_for_a_note_is_not_taken_for_one(settings: Settings, written: bytes) -> None:
    def change(sheet: Worksheet) -> None:
        write("ab", "data_error")(sheet)
        sheet.cell(lines(sheet)["ab"], NOTE + 1, "#REF!").data_type = "e"

    book = flow.read_verdict_book(edited(written, change), THREE, settings)
    assert problems(book) == [("Note", "#REF!", "formula_error")]


def copied(pair: str, verdict: str) -> Change:
    """Copy a line to the end and write another verdict into the copy."""

    def change(sheet: Worksheet) -> None:
        sheet.append([cell.value for cell in sheet[lines(sheet)[pair]]])
        sheet.cell(sheet.max_row, VERDICT + 1).value = verdict

    return change


def test_two_lines_about_one_pair_that_disagree_are_told(settings: Settings, written: bytes) -> None:
    saved = edited(written, both(write("ab", "data_error"), copied("ab", "same_project")))
    book = flow.read_verdict_book(saved, THREE, settings)
    assert problems(book) == [("Verdict", "same_project", "verdict_twice")]
    assert list(book.problems["hint"]) == [str(book.problems["source_row"].iloc[0] - 3)]


def test_two_lines_about_one_pair_that_agree_are_one(settings: Settings, written: bytes) -> None:
    saved = edited(written, both(write("ab", "data_error"), copied("ab", "error in the data")))
    flow.keep_verdict_book(flow.read_verdict_book(saved, THREE, settings), THREE, settings)
    assert len(Decisions(settings).holding("verdict")) == 1


def rename(column: str, name: str | None) -> Change:
    def change(sheet: Worksheet) -> None:
        for cell in sheet[1]:
            if cell.value == column:
                cell.value = name

    return change


def drop(sheet: Worksheet) -> None:
    sheet.delete_cols(len(COLUMNS) + 1, len(HIDDEN))


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (drop, "verdict_book_foreign"),
        (rename("csomap:check", "x"), "verdict_book_foreign"),
        (rename("csomap:seen", None), "verdict_book_column"),
        (rename("Verdict", "What we think"), "verdict_book_column"),
        (rename("Remark", "Note"), "verdict_book_twice"),
        (rename("Remark", "بڕیار"), "verdict_book_twice"),
    ],
)
def test_a_list_without_its_columns_is_refused(
    settings: Settings, written: bytes, change: Change, key: str
) -> None:
    with pytest.raises(BadInput) as error:
        flow.read_verdict_book(edited(written, change), THREE, settings)
    assert error.value.key == key


def test_another_file_and_no_file_are_refused(settings: Settings, written: bytes, tmp_path: Path) -> None:
    other = io.BytesIO()
    with xlsxwriter.Workbook(other) as book:
        book.add_worksheet().write_row(0, 0, ["org_a", "verdict"])
    for content, key in ((other.getvalue(), "verdict_book_foreign"), (b"a,b\n1,2\n", "verdict_book_foreign")):
        with pytest.raises(BadInput) as refused:
            flow.read_verdict_book(content, THREE, settings)
        assert refused.value.key == key
    for broken in (written[:3000], b"", b"%PDF-1.7 no table"):
        with pytest.raises(BadFile):
            flow.read_verdict_book(broken, THREE, settings)
    with pytest.raises(BadFile):
        flow.read_verdict_book(tmp_path / "gone.xlsx", THREE, settings)


def test_two_sheets_that_are_lists_are_refused_and_the_others_are_not_looked_at(
    settings: Settings, written: bytes
) -> None:
    def double(sheet: Worksheet) -> None:
        write("ab", "data_error")(sheet)
        sheet.parent.copy_worksheet(sheet).title = "backup"

    with pytest.raises(BadInput) as error:
        flow.read_verdict_book(edited(written, double), THREE, settings)
    assert error.value.key == "verdict_book_sheets" and "backup" in str(error.value)

    def add(sheet: Worksheet) -> None:
        write("ab", "data_error")(sheet)
        sheet.parent.create_sheet("ours", 0).append(["Verdict", "data_error"])

    assert len(flow.read_verdict_book(edited(written, add), THREE, settings).changes) == 1


def say(settings: Settings, pair: str, verdict: str, who: str) -> int:
    rows = flow.find_overlaps(THREE, QUERY)
    asked = flow.standings(now(settings), QUERY, rows)
    return flow.set_verdict(
        settings, asked[asked["org_a"] + asked["org_b"] == pair], rows, verdict, "by phone", who
    )


def test_lines_on_which_others_decided_since_are_told_and_taken_only_on_wish(
    settings: Settings, written: bytes
) -> None:
    say(settings, "ab", "shared_load", "Omar")
    saved = edited(written, both(write("ab", "data_error"), write("ac", "data_error")))
    book = flow.read_verdict_book(saved, THREE, settings)
    (late,) = book.outdated.to_dict("records")
    assert (late["verdict"], late["now"], late["now_note"], late["who"]) == (
        *("data_error", "shared_load", "by phone", "Omar"),
    )
    assert list(book.changes["org_b"]) == ["c"] and book.problems.empty
    flow.keep_verdict_book(book, THREE, settings)
    assert told(settings) == {"ab": "shared_load", "ac": "data_error", "bc": "undecided"}
    again = flow.read_verdict_book(saved, THREE, settings)
    assert again.changes.empty and len(again.outdated) == 1
    flow.keep_verdict_book(again, THREE, settings, take_outdated=True)
    assert told(settings) == {"ab": "data_error", "ac": "data_error", "bc": "undecided"}
    row = flow.find_overlaps(THREE, QUERY).iloc[0]
    assert "shared_load" in set(flow.verdict_history(now(settings), settings, row)["verdict"])


def test_what_others_decided_alike_is_no_change_and_what_was_taken_back_is_late(
    settings: Settings, written: bytes
) -> None:
    made = say(settings, "ab", "shared_load", "Omar")
    same = edited(written, write("ab", "shared_load", "by phone"))
    book = flow.read_verdict_book(same, THREE, settings)
    assert book.changes.empty and book.outdated.empty
    out = flow.verdict_book(now(settings), QUERY, "en")
    flow.undo_decision(settings, made)
    (late,) = flow.read_verdict_book(
        edited(out, write("ab", "data_error")), THREE, settings
    ).outdated.to_dict("records")
    assert (late["now"], late["who"]) == ("undecided", "")


def test_somebody_who_decides_between_reading_and_keeping_is_not_overwritten(
    settings: Settings, written: bytes
) -> None:
    saved = edited(written, both(write("ab", "data_error"), write("ac", "data_error")))
    book = flow.read_verdict_book(saved, THREE, settings)
    say(settings, "ab", "shared_load", "Omar")
    with pytest.raises(Outdated):
        flow.keep_verdict_book(book, THREE, settings)
    assert told(settings) == {"ab": "shared_load", "ac": "undecided", "bc": "undecided"}


def test_an_organisation_that_was_merged_since_is_followed_and_its_verdict_goes_back_with_it(
    settings: Settings, written: bytes
) -> None:
    saved = edited(written, write("ac", "data_error"))
    merged = replace(
        data(act("b1", "01-01", "03-31"), act("b2", "01-01", "03-31"), act("c1", "03-01", "03-05")),
        merged={"a": "b"},
    )
    book = flow.read_verdict_book(saved, merged, settings)
    assert problems(book) == []
    flow.keep_verdict_book(book, merged, settings)
    rows = flow.find_overlaps(merged, QUERY)
    found = flow.standings(flow.with_verdicts(merged, settings), QUERY, rows)
    assert list(found["org_a"] + found["org_b"] + found["verdict"]) == ["bcdata_error"]
    assert told(settings) == {"ab": "undecided", "ac": "data_error", "bc": "undecided"}


def test_two_that_are_one_by_now_and_one_that_is_gone_are_told(settings: Settings, written: bytes) -> None:
    saved = edited(written, write("ab", "data_error"))
    one = replace(THREE, merged={"a": "b"})
    assert problems(flow.read_verdict_book(saved, one, settings)) == [
        ("Together with", "b", "verdict_merged")
    ]
    gone = data(act("a1", "01-01", "03-31"), act("c1", "03-01", "03-05"))
    assert problems(flow.read_verdict_book(saved, gone, settings)) == [
        ("Together with", "b", "verdict_org_gone")
    ]
    assert flow.read_verdict_book(written, one, settings).problems.empty


def test_lines_of_merged_organisations_that_disagree_are_told(settings: Settings, written: bytes) -> None:
    saved = edited(written, both(write("ac", "data_error"), write("bc", "same_project")))
    assert flow.read_verdict_book(saved, THREE, settings).problems.empty
    book = flow.read_verdict_book(saved, replace(THREE, merged={"a": "b"}), settings)
    assert list(book.problems["code"]) == ["verdict_twice"]


def test_an_inherited_verdict_is_marked_and_a_new_one_is_kept_for_the_finer_cell(settings: Settings) -> None:
    say(settings, "ab", "shared_load", "Omar")
    fine = data(
        *(act(f"{name}1", "01-01", "03-31", service="mhpss_counselling") for name in "ab"),
        act("c1", "02-01", "03-31", service="mhpss_counselling"),
    )
    finer = Query(service_level="service")
    out = flow.verdict_book(flow.with_verdicts(fine, settings), finer, "en")
    sheet = openpyxl.load_workbook(io.BytesIO(out)).worksheets[0]
    state = COLUMNS.index("state") + 1
    words = {pair: sheet.cell(row, state).value for pair, row in lines(sheet).items()}
    assert words == {"ab": t("verdicts.state.inherited"), "ac": "", "bc": ""}
    book = flow.read_verdict_book(edited(out, write("ab", "data_error")), fine, settings)
    flow.keep_verdict_book(book, fine, settings)
    assert {one.context: one.answer["verdict"] for one in Decisions(settings).holding("verdict")} == {
        "mhpss|idp||IQG01Q01": "shared_load",
        "mhpss_counselling|idp||IQG01Q01": "data_error",
    }


def test_several_runs_in_one_cell_are_one_line(settings: Settings) -> None:
    twice = data(*(act(f"{name}{n}", f"0{n}-01", f"0{n}-20") for n in (1, 3) for name in "ab"))
    assert len(flow.find_overlaps(twice, QUERY)) == 2
    sheet = openpyxl.load_workbook(io.BytesIO(flow.verdict_book(twice, QUERY, "en"))).worksheets[0]
    row = {name: sheet.cell(2, place + 1).value for place, name in enumerate(COLUMNS)}
    assert sheet.max_row == 2
    assert (row["start"], row["end"], row["days"]) == ("1 January 2021", "20 March 2021", 20)


def test_where_nothing_asks_the_list_is_empty_and_comes_back(settings: Settings) -> None:
    out = flow.verdict_book(THREE, Query(service_level="sector"), "ar")
    assert flow.read_verdict_book(out, THREE, settings).changes.empty
    with pytest.raises(BadInput) as error:
        flow.verdict_book(THREE, QUERY, "fr")
    assert error.value.key == "language_unknown"


def test_a_list_that_nobody_could_work_through_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csomap.flow.verdict_form.MOST", 2)
    with pytest.raises(BadInput) as error:
        flow.verdict_book(THREE, QUERY, "en")
    assert error.value.key == "verdict_book_large"


def test_the_tables_of_what_changes_have_their_columns_without_rows(
    settings: Settings, written: bytes
) -> None:
    book = flow.read_verdict_book(written, THREE, settings)
    assert {"org_a", "verdict", "note"} <= set(book.changes) and "now" in set(book.outdated)
    assert isinstance(book.changes, pd.DataFrame)
