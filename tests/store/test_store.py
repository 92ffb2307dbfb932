"""Imports come, go and come back; nothing is overwritten, and the history knows who did it."""

import getpass
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy.engine.default import DefaultDialect

from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.store import Store, files

from .conftest import entry

DAY = 24 * 60 * 60


def status(store: Store) -> dict[str, str]:
    return dict(store.imports().set_index("import_id")["status"])


def test_an_import_comes_back_as_it_went_in(store: Store, rows: pd.DataFrame) -> None:
    assert store.add(rows, entry("a"))
    pd.testing.assert_frame_equal(store.rows("a"), rows)
    told = store.imports().iloc[0]
    assert (told["name"], told["rows_read"], told["accepted"]) == ("a.csv", 3, 3)


def test_importing_twice_is_a_no_op(store: Store, settings: Settings, rows: pd.DataFrame) -> None:
    store.add(rows, entry("a"))
    before = store.imports(), store.history(), files.path(settings.imports, "a").stat().st_mtime_ns
    assert not store.add(rows, entry("a"))
    pd.testing.assert_frame_equal(store.imports(), before[0])
    pd.testing.assert_frame_equal(store.history(), before[1])
    assert files.path(settings.imports, "a").stat().st_mtime_ns == before[2]


def test_a_file_that_is_there_already_is_left_alone(settings: Settings, rows: pd.DataFrame) -> None:
    first = files.keep(rows, settings.imports, "a").stat()
    again = files.keep(rows, settings.imports, "a").stat()
    assert (again.st_ino, again.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert not list(settings.imports.glob("*.part"))


def test_undo_takes_out_and_restore_brings_back(store: Store, rows: pd.DataFrame) -> None:
    store.add(rows, entry("a"))
    store.undo("a")
    assert store.live() == [] and status(store) == {"a": "undone"}
    store.restore("a")
    assert store.live() == ["a"]
    pd.testing.assert_frame_equal(store.rows("a"), rows)


def test_what_was_undone_can_be_imported_again(store: Store, rows: pd.DataFrame) -> None:
    store.add(rows, entry("a"))
    store.undo("a")
    assert store.add(rows, entry("a"))
    assert store.live() == ["a"] and len(store.imports()) == 1


def test_a_replaced_import_leaves_stays_known_and_comes_back_with_the_undo(
    store: Store, rows: pd.DataFrame
) -> None:
    store.add(rows, entry("a"))
    store.add(rows.head(2), entry("b"), replaces="a")
    assert store.live() == ["b"] and status(store) == {"a": "replaced", "b": "live"}
    assert len(store.rows("a")) == 3, "nothing is overwritten"
    store.undo("b")
    assert store.live() == ["a"] and status(store) == {"a": "live", "b": "undone"}


def test_of_a_chain_of_corrections_only_the_last_is_undone(store: Store, rows: pd.DataFrame) -> None:
    store.add(rows, entry("a"))
    store.add(rows, entry("b"), replaces="a")
    store.add(rows, entry("c"), replaces="b")
    assert store.live() == ["c"]
    store.undo("c")
    assert store.live() == ["b"] and status(store)["a"] == "replaced"


def test_an_import_that_replaces_itself_stays_live(store: Store, rows: pd.DataFrame) -> None:
    store.add(rows, entry("a"))
    assert not store.add(rows, entry("a"), replaces="a")
    assert store.live() == ["a"]


def test_a_file_that_is_live_already_can_still_replace_another(store: Store, rows: pd.DataFrame) -> None:
    store.add(rows, entry("a"))
    store.add(rows, entry("b"))
    assert not store.add(rows, entry("b"), replaces="a")
    assert status(store) == {"a": "replaced", "b": "live"}


def test_what_was_replaced_does_not_come_in_again_beside_its_correction(
    store: Store, rows: pd.DataFrame
) -> None:
    store.add(rows, entry("a"))
    store.add(rows, entry("b"), replaces="a")
    with pytest.raises(BadInput) as error:
        store.add(rows, entry("a"))
    assert error.value.key == "import_replaced" and store.live() == ["b"]


def test_a_home_that_is_a_file_is_told_kindly(settings: Settings) -> None:
    settings.home.touch()
    with pytest.raises(BadInput) as error:
        Store(settings)
    assert error.value.key == "home_is_file"


@pytest.mark.parametrize("wrong", ["nothing", "undone"])
def test_replacing_what_is_not_live_stores_nothing(
    wrong: str, store: Store, settings: Settings, rows: pd.DataFrame
) -> None:
    store.add(rows, entry("undone"))
    store.undo("undone")
    store.add(rows, entry("live"))
    with pytest.raises(BadInput, match=rf"{wrong}.*Live: live\b"):
        store.add(rows, entry("b"), replaces=wrong)
    assert store.live() == ["live"] and "b" not in status(store)
    assert not files.path(settings.imports, "b").exists()


@pytest.mark.parametrize("change", [Store.undo, Store.restore])
def test_an_id_that_nobody_knows_is_refused_and_changes_nothing(
    change: object, store: Store, rows: pd.DataFrame
) -> None:
    store.add(rows, entry("a"))
    with pytest.raises(BadInput) as error:
        change(store, "nobody")  # type: ignore[operator]
    assert error.value.key == "import_unknown" and error.value.exit_code == 2
    assert store.live() == ["a"] and len(store.history()) == 1


def test_undoing_twice_is_refused(store: Store, rows: pd.DataFrame) -> None:
    store.add(rows, entry("a"))
    store.undo("a")
    with pytest.raises(BadInput):
        store.undo("a")


def test_the_history_says_who_did_what_newest_first(store: Store, rows: pd.DataFrame) -> None:
    store.add(rows, entry("a"))
    store.add(rows, entry("b"), replaces="a")
    store.undo("b")
    store.restore("b")
    told = store.history()
    assert list(zip(told["what"], told["import_id"], strict=True)) == [
        ("live", "b"),
        ("live", "a"),
        ("undone", "b"),
        ("replaced", "a"),
        ("imported", "b"),
        ("imported", "a"),
    ]
    assert set(told["who"]) == {getpass.getuser()}
    assert told["at"].notna().all()


def test_live_imports_are_told_oldest_first(store: Store, rows: pd.DataFrame) -> None:
    for name in ("c", "a", "b"):
        store.add(rows, entry(name))
    assert store.live() == ["c", "a", "b"]
    assert list(store.imports()["import_id"]) == ["b", "a", "c"]


def test_clear_forgets_the_imports_and_spares_the_boundaries(
    store: Store, settings: Settings, rows: pd.DataFrame
) -> None:
    store.add(rows, entry("a"))
    settings.boundaries.mkdir()
    (settings.boundaries / "governorates.geojson").touch()
    store.clear()
    assert store.imports().empty and store.history().empty
    assert not list(settings.imports.iterdir())
    assert (settings.boundaries / "governorates.geojson").exists()


def test_clear_spares_an_import_that_comes_in_the_meantime(
    store: Store, settings: Settings, rows: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(rows, entry("a"))
    forget = DefaultDialect.do_commit

    def then_another_imports(*args: Any) -> None:
        forget(*args)
        monkeypatch.undo()
        Store(settings).add(rows, entry("b"))

    monkeypatch.setattr(DefaultDialect, "do_commit", then_another_imports)
    store.clear()
    assert store.live() == ["b"] and len(store.rows("b")) == 3
    assert not files.path(settings.imports, "a").exists()


@pytest.mark.parametrize("ids", [("a", "b"), ("a-1", "a-2")], ids=["two files", "one file twice"])
def test_two_processes_that_import_at_once_both_succeed(
    ids: tuple[str, str], settings: Settings, rows: pd.DataFrame, tmp_path: Path
) -> None:
    rows.to_parquet(tmp_path / "rows.parquet")
    script = str(Path(__file__).with_name("at_once.py"))
    commands = [
        [sys.executable, script, str(tmp_path / "rows.parquet"), str(settings.home), one, other]
        for one, other in (ids, ids[::-1])
    ]
    given = os.environ | {"CSOMAP_DATABASE_URL": settings.database_url}
    running = [subprocess.Popen(one, stdout=subprocess.PIPE, text=True, env=given) for one in commands]
    told = [process.communicate(timeout=60)[0].strip() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    store, names = Store(settings), {name.split("-")[0] for name in ids}
    assert sorted(told) == sorted(["True", "True"] if len(names) == 2 else ["True", "False"])
    assert set(store.live()) == names
    for name in names:
        pd.testing.assert_frame_equal(store.rows(name), rows)


def test_sweep_removes_only_day_old_orphans(settings: Settings, rows: pd.DataFrame) -> None:
    folder = settings.imports
    for name in ("named", "orphan", "young"):
        files.keep(rows, folder, name)
    (folder / "named.0a1b.part").touch()
    (folder / "young.2c3d.part").touch()
    (folder / "notes.txt").touch()
    for name in ("named.parquet", "orphan.parquet", "named.0a1b.part", "notes.txt"):
        path = folder / name
        os.utime(path, (0, path.stat().st_mtime - DAY - 60))
    os.utime(folder / "young.parquet", (0, (folder / "young.parquet").stat().st_mtime - DAY + 600))
    files.sweep(folder, {"named"})
    assert {path.name for path in folder.iterdir()} == {
        "named.parquet",
        "young.parquet",
        "young.2c3d.part",
        "notes.txt",
    }


def test_an_import_sweeps_what_an_old_crash_left_but_nothing_that_is_named(
    store: Store, settings: Settings, rows: pd.DataFrame
) -> None:
    store.add(rows, entry("undone"))
    store.undo("undone")
    files.keep(rows, settings.imports, "orphan")
    for path in settings.imports.iterdir():
        os.utime(path, (0, 0))
    store.add(rows, entry("a"))
    assert {path.stem for path in settings.imports.iterdir()} == {"undone", "a"}


def test_a_failed_write_leaves_nothing(
    store: Store, settings: Settings, rows: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(files, "_force", full)
    with pytest.raises(OSError, match="no space"):
        store.add(rows, entry("a"))
    monkeypatch.undo()
    assert store.live() == [] and not list(settings.imports.iterdir())
    assert store.add(rows, entry("a"))
