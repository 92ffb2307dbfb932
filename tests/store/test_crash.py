"""A crash at any moment leaves the whole import or none."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from csomap.settings import Settings
from csomap.store import Store, files
from tests.databases import Databases

from .conftest import entry

MOMENTS = {
    "import": [
        "folder",
        "write",
        "force_file",
        "rename",
        "force_folder",
        "tidy",
        "insert",
        "history",
        "commit",
    ],
    "replace": ["rename", "insert", "mark", "commit"],
    "undo": ["mark", "mark_earlier", "commit"],
}
STEPS = [
    *(f"{story}.{name}.before" for story in MOMENTS for name in MOMENTS[story]),
    *(f"{story}.{name}.after" for story in MOMENTS for name in MOMENTS[story]),
    "import.write.half",
]
BEFORE = {"import": [], "replace": ["old"], "undo": ["new"]}
AFTER = {"import": ["new"], "replace": ["new"], "undo": ["old"]}
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Died:
    """Where each killed process worked, its exit code, and the files that it left."""

    settings: dict[str, Settings]
    codes: dict[str, int]
    left: dict[str, list[str]]


@pytest.fixture(scope="module")
def died(tmp_path_factory: pytest.TempPathFactory, rows: pd.DataFrame, databases: Databases) -> Died:
    folder = tmp_path_factory.mktemp("crash")
    rows.to_parquet(folder / "rows.parquet")
    script = Path(__file__).with_name("deadly.py")
    urls = {step: databases.fresh() for step in STEPS}
    command = [sys.executable, str(script), str(folder / "rows.parquet"), str(folder), json.dumps(urls)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    settings = {step: Settings(folder / step, url) for step, url in urls.items()}
    left = {step: [path.name for path in settings[step].imports.glob("*")] for step in STEPS}
    return Died(settings, json.loads(told.stdout), left)


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_leaves_the_whole_change_or_none(step: str, died: Died, rows: pd.DataFrame) -> None:
    assert died.codes[step] == -signal.SIGKILL, "the process never came to this moment"
    settings, story = died.settings[step], step.split(".")[0]
    done = step.endswith("commit.after")
    store = Store(settings)
    assert store.live() == (AFTER if done else BEFORE)[story]
    for import_id in store.imports()["import_id"]:
        assert files.path(settings.imports, import_id).exists()
    if "new" in store.live():
        pd.testing.assert_frame_equal(store.rows("new"), rows)
    last = {"import": "imported", "replace": "replaced", "undo": "live"}[story]
    earlier = {"import": [], "replace": ["imported"], "undo": ["replaced"]}[story]
    assert list(store.history()["what"].head(1)) == ([last] if done else earlier)


@pytest.mark.parametrize("step", [step for step in STEPS if not step.startswith("undo")])
def test_after_a_crash_the_same_import_works_and_leftovers_do_not_disturb(
    step: str, died: Died, rows: pd.DataFrame
) -> None:
    settings, done = died.settings[step], step.endswith("commit.after")
    left = set(settings.imports.glob("*.part"))
    for path in left:
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2 * DAY))
    store = Store(settings)
    again = store.add(rows, entry("new"), replaces="old" if "old" in store.live() else "")
    assert again is not done
    assert store.live() == ["new"]
    pd.testing.assert_frame_equal(store.rows("new"), rows)
    if again:
        assert not left & set(settings.imports.glob("*.part"))


def test_some_crash_leaves_something_behind(died: Died) -> None:
    """Else the test above would prove nothing about leftovers."""
    assert [Path(name).suffix for name in died.left["import.write.half"]] == [".part"]
    assert died.left["import.insert.before"] == ["new.parquet"]
