"""People who work at once, each a process, on both databases: nothing is lost, nobody is passed over."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from csomap.settings import Settings
from csomap.store import Decision, Decisions, Store

from .people import CARD

pytestmark = pytest.mark.turns(2)
Together = Callable[[str, int], list[Any]]


@pytest.fixture
def together(settings: Settings, rows: pd.DataFrame, tmp_path: Path) -> Together:
    """Let people live a story at once, and return what became of each of them."""
    script = str(Path(__file__).with_name("people.py"))
    given = tmp_path / "rows.parquet"
    rows.to_parquet(given)

    def live(story: str, people: int) -> list[Any]:
        command = [sys.executable, script, story, str(settings.home), str(people), str(given)]
        environment = os.environ | {"CSOMAP_DATABASE_URL": settings.database_url}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=300, check=True
        )
        became, codes = json.loads(done.stdout)
        dead = [-signal.SIGKILL] if story == "killed" else [0]
        assert codes == [*dead, *[0] * (people - 1)], done.stderr
        return list(became)

    return live


def subjects(settings: Settings) -> list[str]:
    return [one.subject for one in Decisions(settings).holding("place")]


def test_many_who_open_a_new_installation_at_once_all_find_it_made(
    together: Together, settings: Settings
) -> None:
    ids = together("start", 12)
    assert sorted(ids) == list(range(1, 13)) and len(subjects(settings)) == 12


def test_fifty_who_decide_at_once_wait_in_line_and_are_all_kept(
    together: Together, settings: Settings
) -> None:
    together("line", 50)
    assert sorted(subjects(settings)) == sorted(f"{number} {name}" for number in range(50) for name in "abc")
    told = Decisions(settings).history()
    batches = told[told["batch"] > 0].groupby("batch")
    assert {tuple(one["who"]) for _, one in batches} == {(str(number),) * 2 for number in range(50)}


def test_of_two_who_judge_the_same_card_one_wins_and_the_other_is_told_what_the_winner_said(
    together: Together, settings: Settings
) -> None:
    told = together("card", 2)
    (held,) = Decisions(settings).holding("verdict")
    winner = int(held.answer)
    assert told[winner] == held.id
    assert told[1 - winner] == [[held.id, winner]]
    assert len(Decisions(settings).history()) == 1


def test_a_number_that_twenty_add_to_is_twenty(together: Together, settings: Settings) -> None:
    tries = together("count", 20)
    assert None not in tries
    (held,) = Decisions(settings).holding("verdict")
    assert held.answer == 20 and len(Decisions(settings).history()) == 20


def test_a_decision_is_taken_back_once_however_many_want_to(together: Together, settings: Settings) -> None:
    Decisions(settings).decide_all([Decision(*CARD[:2], "shared_load", CARD[2])])
    told = together("back", 8)
    assert sorted(map(str, told)) == ["2", *["decision_undone"] * 7]
    assert len(Decisions(settings).history()) == 2


def test_one_who_is_killed_in_the_middle_leaves_nothing_and_holds_nobody_up(
    together: Together, settings: Settings
) -> None:
    told = together("killed", 6)
    assert told[0] is None
    assert sorted(subjects(settings)) == sorted(f"{number} {name}" for number in range(1, 6) for name in "ab")


def test_an_import_and_decisions_at_once_are_all_kept(together: Together, settings: Settings) -> None:
    told = together("imported", 4)
    assert told[0] is True and Store(settings).live() == ["new"]
    assert len(subjects(settings)) == 30
