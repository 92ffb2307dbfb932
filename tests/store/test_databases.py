"""SQLite and PostgreSQL differ in much, and in nothing that is seen from outside."""

import datetime as dt
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from csomap.errors import BadDatabase, BadInput
from csomap.settings import Settings
from csomap.store import Decision, Decisions, Store, engines, exists, files, place
from csomap.store.database import opened
from tests.databases import Databases

from .conftest import entry

STRANGE = [
    "",
    " ",
    "x ",
    "X",
    "'; DROP TABLE decisions; --",
    '100 % :name %(name)s ? \\ "',
    "مستشفى المرج\u200f",
    "نەخۆشخانە\u200cی",
    "ﷺ 𝕏 👩‍⚕️ e\u0301 é",
    "tab\tline\r\nend",
    "long " * 20_000,
]


def test_texts_come_back_letter_by_letter_and_are_told_apart_letter_by_letter(settings: Settings) -> None:
    decisions = Decisions(settings)
    for text in STRANGE:
        decisions.decide("place", text, {"said": [text, None, True, 1.5]}, text, text, "Nada")
    held = decisions.holding("place")
    assert [one.subject for one in held] == STRANGE
    assert all((one.context, one.note) == (one.subject, one.subject) for one in held)
    assert all(one.answer == {"said": [one.subject, None, True, 1.5]} for one in held)


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
@pytest.mark.parametrize("field", ["subject", "context", "note", "who"])
def test_a_sign_that_one_of_them_cannot_store_is_refused_by_both(
    field: str, sign: str, settings: Settings
) -> None:
    decisions = Decisions(settings)
    said = {"kind": "place", "subject": "a", "answer": "IQG01", field: f"Hamdanya{sign}"}
    with pytest.raises(BadInput, match="after 'Hamdanya'") as error:
        decisions.decide(**said)
    assert error.value.key == "text_unstorable" and decisions.history().empty


def test_an_answer_may_hold_such_a_sign_where_json_writes_it_in_letters(settings: Settings) -> None:
    Decisions(settings).decide("place", "a", ["\0"])
    assert Decisions(settings).holding()[0].answer == ["\0"]


def test_tables_have_the_same_columns_of_the_same_kinds(
    settings: Settings, tmp_path: Path, rows: pd.DataFrame
) -> None:
    def told(where: Settings) -> list[pd.DataFrame]:
        store, decisions = Store(where), Decisions(where)
        store.add(rows, entry("a"))
        decisions.undo(decisions.decide("place", "a", "IQG01"))
        return [store.imports(), store.history(), decisions.history()]

    for here, elsewhere in zip(told(settings), told(Settings(tmp_path / "plain")), strict=True):
        pd.testing.assert_series_equal(here.dtypes, elsewhere.dtypes)
        days = list(here.select_dtypes("datetime"))
        pd.testing.assert_frame_equal(here.drop(columns=days), elsewhere.drop(columns=days))
    assert Store(settings).imports()["is_sample"].dtype == bool


def test_a_time_is_kept_to_the_microsecond_in_utc_without_a_zone(settings: Settings) -> None:
    before = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    Decisions(settings).decide("place", "a", "IQG01")
    (one,) = Decisions(settings).holding()
    assert one.at.tzinfo is None and before <= one.at <= dt.datetime.now(dt.UTC).replace(tzinfo=None)
    (told,) = Decisions(settings).history()["at"]
    assert told.to_pydatetime() == one.at


def test_what_is_changed_keeps_its_place_in_the_order(settings: Settings, rows: pd.DataFrame) -> None:
    store, decisions = Store(settings), Decisions(settings)
    for name in "cab":
        store.add(rows, entry(name))
        decisions.decide("place", name, "IQG01")
    store.undo("c")
    store.restore("c")
    decisions.undo(1)
    decisions.restore(1)
    assert store.live() == ["c", "a", "b"]
    assert [one.subject for one in decisions.holding()] == ["c", "a", "b"]
    with pytest.raises(BadInput, match="Live: c, a, b"):
        store.undo("nobody")


def test_a_large_batch_is_one_batch(settings: Settings) -> None:
    decisions = Decisions(settings)
    first = decisions.decide_all(Decision("verdict", str(number), number) for number in range(3000))
    assert [one.answer for one in decisions.holding()] == list(range(3000))
    assert [one.id for one in decisions.holding()] == list(range(first, first + 3000))
    decisions.undo(first + 2999)
    assert decisions.holding() == []


def test_no_decisions_are_no_batch(settings: Settings) -> None:
    assert Decisions(settings).decide_all([]) == 0
    assert Decisions(settings).history().empty


def test_a_reader_waits_for_nobody(settings: Settings) -> None:
    Decisions(settings).decide("place", "a", "IQG01")
    with opened(settings).begin():
        begun = time.monotonic()
        assert [one.subject for one in Decisions(settings).holding()] == ["a"]
        assert Store(settings).live() == [] and exists(settings)
        assert time.monotonic() - begun < 5


def test_a_writer_waits_for_its_turn(settings: Settings) -> None:
    decisions = Decisions(settings)
    with opened(settings).begin():
        waiting = threading.Thread(target=decisions.decide, args=("place", "a", "IQG01"))
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive() and decisions.holding() == []
    waiting.join(30)
    assert [one.subject for one in decisions.holding()] == ["a"]


def test_a_writer_whose_turn_does_not_come_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 1)
    decisions = Decisions(settings)
    with opened(settings).begin(), pytest.raises(BadDatabase) as error:
        decisions.decide("place", "a", "IQG01")
    assert error.value.key == "database_busy" and error.value.exit_code == 2
    decisions.decide("place", "b", "IQG01")
    assert [one.subject for one in decisions.holding()] == ["b"]


def test_nothing_is_made_by_asking_whether_anything_is_there(settings: Settings) -> None:
    assert not exists(settings) and not exists(settings) and not settings.home.exists()
    Decisions(settings)
    assert exists(settings)


def test_the_place_is_told_without_the_password(settings: Settings) -> None:
    told = place(settings)
    assert str(settings.home) in told and "ss" not in told.replace(str(settings.home), "")
    assert settings.database_url not in repr(settings)


def test_two_databases_may_share_a_home_and_spare_each_others_files(
    databases: Databases, rows: pd.DataFrame, tmp_path: Path
) -> None:
    mine, other = Settings(tmp_path, databases.fresh()), Settings(tmp_path, f"sqlite:///{tmp_path}/other.db")
    Store(other).add(rows, entry("theirs"))
    for path in other.imports.iterdir():
        os.utime(path, (0, 0))
    Store(mine).add(rows, entry("a"))
    Store(mine).clear()
    assert len(Store(other).rows("theirs")) == 3


def test_a_file_that_lies_in_another_folder_is_told(settings: Settings, rows: pd.DataFrame) -> None:
    Store(settings).add(rows, entry("a"))
    files.path(settings.imports, "a").unlink()
    with pytest.raises(BadInput, match="import a are not in") as error:
        Store(settings).rows("a")
    assert error.value.key == "import_file_missing"


@pytest.mark.parametrize("change", ["opened", "decided"])
def test_a_file_that_is_no_database_is_told(change: str, tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    decisions = Decisions(settings)
    (tmp_path / "catalogue.db").write_bytes(b"a letter, not a database" * 100)
    ask: dict[str, Callable[[], object]] = {
        "opened": lambda: Decisions(settings),
        "decided": lambda: decisions.decide("place", "a", "IQG01"),
    }
    with pytest.raises(BadDatabase, match="not a database") as error:
        ask[change]()
    assert error.value.key == "database_file" and "catalogue.db" in str(error.value)
