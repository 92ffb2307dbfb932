"""People who work at once: `people.py STORY HOME COUNT ROWS` lets each be a process, and all begin together.

The database is that of CSOMAP_DATABASE_URL. Prints as JSON what became of each, None for one that died, and
then their exit codes.
"""

import json
import multiprocessing as mp
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy.engine.default import DefaultDialect

from csomap.errors import BadInput, Outdated
from csomap.settings import Settings
from csomap.store import Decision, Decisions, Import, Store, files

CARD = ("verdict", "a;b", "cell")
PATIENT = 120
HELD = 0.5  # seconds for which somebody holds everybody up


def start(settings: Settings, number: int, wait: Callable[[], object]) -> Any:
    """Open an installation that nobody has made yet."""
    wait()
    return Decisions(settings).decide("place", str(number), "IQG01")


def line(settings: Settings, number: int, wait: Callable[[], object]) -> Any:
    """Decide three times, once together with something else."""
    decisions = Decisions(settings)
    wait()
    decisions.decide("place", f"{number} a", "IQG01", who=str(number))
    both = [Decision("place", f"{number} {name}", "IQG01") for name in "bc"]
    return decisions.decide_all(both, who=str(number))


def card(settings: Settings, number: int, wait: Callable[[], object]) -> Any:
    """Judge an overlap that nobody has judged, as everybody sees it."""
    decisions = Decisions(settings)
    wait()
    try:
        return decisions.decide_all([Decision(*CARD[:2], number, CARD[2])], expected={CARD: 0})
    except Outdated as fault:
        return [[one.id, one.answer] for one in fault.held]


def count(settings: Settings, number: int, wait: Callable[[], object]) -> Any:
    """Add one to a number that everybody adds to, however often somebody else is quicker."""
    decisions, tries, end = Decisions(settings), 0, time.monotonic() + PATIENT
    wait()
    while time.monotonic() < end:
        tries += 1
        seen = {one.kind: one for one in decisions.holding("verdict")}.get("verdict")
        told = Decision(*CARD[:2], (seen.answer if seen else 0) + 1, CARD[2])
        try:
            decisions.decide_all([told], expected={CARD: seen.id if seen else 0})
            return tries
        except Outdated:
            continue
    return None


def back(settings: Settings, number: int, wait: Callable[[], object]) -> Any:
    """Take the same decision back."""
    decisions = Decisions(settings)
    (one,) = decisions.holding()
    wait()
    try:
        return decisions.undo(one.id)
    except BadInput as fault:
        return fault.key


def killed(settings: Settings, number: int, wait: Callable[[], object]) -> Any:
    """Decide; the first dies when all is written, and only has to be made lasting."""
    if number == 0:
        DefaultDialect.do_commit = die  # type: ignore[method-assign]
    wait()
    both = [Decision("place", f"{number} {name}", "IQG01") for name in "ab"]
    return Decisions(settings).decide_all(both)


def imported(settings: Settings, number: int, wait: Callable[[], object]) -> Any:
    """Decide ten times, while the first imports and takes its time."""
    if number:
        decisions = Decisions(settings)
        wait()
        return [decisions.decide("place", f"{number} {turn}", "IQG01") for turn in range(10)]
    store, rows, keep = Store(settings), pd.read_parquet(sys.argv[4]), files.keep

    def slowly(*args: Any) -> Path:
        time.sleep(HELD)
        return keep(*args)

    files.keep = slowly
    wait()
    return store.add(rows, Import("new", "new.csv", "5w_plain", "", 3, 3, 0, 0, 0))


def die(*_: Any) -> None:
    time.sleep(HELD)
    os.kill(os.getpid(), signal.SIGKILL)


STORIES = {told.__name__: told for told in (start, line, card, count, back, killed, imported)}


def live(number: int, barrier: Barrier, told: "SimpleQueue[tuple[int, Any]]") -> None:
    settings = Settings.from_environment(Path(sys.argv[2]))
    told.put((number, STORIES[sys.argv[1]](settings, number, lambda: barrier.wait(PATIENT))))


if __name__ == "__main__":
    people, way = int(sys.argv[3]), mp.get_context("fork")
    barrier, told = way.Barrier(people), way.SimpleQueue()
    running = [way.Process(target=live, args=(number, barrier, told)) for number in range(people)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    became = dict(told.get() for _ in running if not told.empty())
    codes = [process.exitcode for process in running]
    print(json.dumps([[became.get(number) for number in range(people)], codes]))
