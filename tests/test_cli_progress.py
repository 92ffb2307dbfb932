"""Work that takes its time says how far it is, and stops at Ctrl-C with nothing stored."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from csomap.cli import progress
from csomap.i18n import t
from csomap.settings import Settings
from csomap.store import Store
from tests.flow.forms import row, write

COMMAND = [sys.executable, "-W", "ignore", "-m", "csomap", "import"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write(tmp_path_factory.mktemp("large") / "large.csv", row())
    head, line = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *(f"{number}{line}" for number in range(600_000))]), encoding="utf-8")
    return path


def wait_for(found: object, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 180
    while not found() and process.poll() is None and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.02)


def heard() -> None:
    """Let a child hear Ctrl-C, which whatever runs in the background of a shell is told to ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_an_import_and_nothing_is_stored(large: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    process = subprocess.Popen(
        [*COMMAND, str(large), "--home", str(home)], stderr=subprocess.PIPE, preexec_fn=heard
    )
    wait_for(lambda: list(home.glob("imports/*.part")), process)
    assert process.poll() is None, "it was over before anybody could stop it"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=180)
    assert process.returncode == 130
    assert told.decode() == f"Error: {t('error.cancelled')}\n"
    assert not list(home.glob("imports/*"))
    assert Store(Settings(home)).imports().empty


def test_a_terminal_is_told_how_far_the_import_is(large: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    home = ["--home", str(tmp_path / "home")]
    with subprocess.Popen([*COMMAND, str(large), *home], stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        told = b""
        while piece := _read(ours):
            told += piece
    assert process.returncode == 0
    assert b"Reading rows." in told and b"%" in told


class Bar:
    """A bar that only counts how far it was moved."""

    def __init__(self) -> None:
        self.pos = 0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None: ...

    def update(self, steps: int) -> None:
        self.pos += steps


def test_the_bar_of_each_step_stands_where_the_work_is(monkeypatch: pytest.MonkeyPatch) -> None:
    bars = [Bar(), Bar()]
    left = iter(bars)
    monkeypatch.setattr(progress, "_AT_ONCE", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(progress.typer, "progressbar", lambda **_: next(left))
    with progress.Progress() as tell:
        for done in (0, 3, 7):
            tell("read", done, 10)
        tell("keep", 1, 1)
    assert [bar.pos for bar in bars] == [7, 1]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""
