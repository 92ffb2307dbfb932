"""Imports that die: `python deadly.py ROWS FOLDER STEPS` kills one child process at each step.

STEPS is JSON, the address of the database ("" for SQLite) of each step. A step is STORY.NAME.WHEN: the child
begins the story in FOLDER/STEP and kills itself right before or right after NAME, by SIGKILL, so that nothing
can be tidied up. Prints the exit codes as JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy.engine.default import DefaultDialect

from csomap.settings import Settings
from csomap.store import Import, Store, files

ENTRY = Import("new", "new.csv", "5w_plain", "", 3, 3, 0, 0, 0)
OLD = replace(ENTRY, import_id="old", name="old.csv")

# What is wrapped, and at which of its calls the process dies.
NAMES: dict[str, tuple[Any, str, int]] = {
    "folder": (Path, "mkdir", 1),
    "write": (files.Aside, "write", 1),
    "force_file": (files, "_force", 1),
    "rename": (Path, "replace", 1),
    "force_folder": (files, "_force", 2),
    "tidy": (Path, "unlink", 1),
    "insert": (Store, "_put", 1),
    "mark": (Store, "_mark", 1),
    "mark_earlier": (Store, "_mark", 2),
    "history": (Store, "_tell", 1),
    "commit": (DefaultDialect, "do_commit", 1),
}


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def half(aside: files.Aside, rows: pd.DataFrame) -> None:
    """Write half of the file and die, as in the middle of a long write."""
    content = rows.to_parquet(index=False)
    aside._folder.mkdir(parents=True, exist_ok=True)
    aside._path.write_bytes(content[: len(content) // 2])
    die()


def arm(name: str, when: str) -> None:
    """Make the process die at one call of one step."""
    owner, attribute, nth = NAMES[name]
    real, calls = getattr(owner, attribute), iter(range(1, 100))

    def step(*args: Any, **options: Any) -> Any:
        deadly = next(calls) == nth
        if deadly and when == "half":
            half(*args, **options)
        if deadly and when == "before":
            die()
        result = real(*args, **options)
        if deadly:
            die()
        return result

    setattr(owner, attribute, step)


def tell(story: str, settings: Settings, rows: pd.DataFrame, arm_now: Callable[[], None]) -> None:
    store = Store(settings)
    if story != "import":
        store.add(rows.head(1), OLD)
    if story == "undo":
        store.add(rows, ENTRY, replaces="old")
    arm_now()
    if story == "undo":
        store.undo("new")
    else:
        store.add(rows, ENTRY, replaces="old" if story == "replace" else "")


def begin(step: str, settings: Settings, rows: Path) -> int:
    """Run one step in a process of its own and return its id."""
    story, name, when = step.split(".")
    pid = os.fork()
    if pid == 0:
        try:
            tell(story, settings, pd.read_parquet(rows), lambda: arm(name, when))
        finally:
            os._exit(0)
    return pid


def end(pid: int) -> int:
    """Wait for a process and return its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    given, where, steps = sys.argv[1:]
    places = {step: Settings(Path(where) / step, url) for step, url in json.loads(steps).items()}
    begun = {step: begin(step, settings, Path(given)) for step, settings in places.items()}
    print(json.dumps({step: end(pid) for step, pid in begun.items()}))
