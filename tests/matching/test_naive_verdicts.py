"""Verdicts in a real store: what holds where, as a naive reading of all that was said finds it.

People judge what they see at one level, look at another one, change their minds and take verdicts back;
another file arrives; organisations become one and two again. Each look is compared row by row.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import Outdated
from csomap.settings import Settings
from tests.oracle import cases, verdicts
from tests.oracle.asked import Params
from tests.oracle.overlaps import Run, overlap_runs
from tests.oracle.pools import Row
from tests.oracle.verdicts import Said

from . import naive
from .test_naive_org_pairs import key, keys

pytestmark = pytest.mark.turns(4)
STORIES = range(8)  # of 25 worlds each
LOOKS = (("topic", 1), ("service", 2), ("topic", 3), ("service", "site"), ("sector", 2))
ALWAYS = {"inherited", "is_new", "not counted"}
SAYS = ("duplicate_work", "shared_load", "same_project", "data_error", "undecided")
TOLD = (
    *("org_a", "org_b", "days", "verdict", "verdict_id", "inherited", "is_new"),
    *("service", "population_group", "characteristic", "pcode"),
)


class Story:
    """Worlds in one store, all that was said of them so far, and which organisations became one."""

    def __init__(self, number: int, home: Path) -> None:
        self.random = Random(f"verdicts-{number}")
        (stack,) = cases.stacks("topic", number, 1, "verdicts")
        rows = [row for world in stack.apart() for row in world]
        self.late = self.random.sample(rows, len(rows) // 4)
        self.rows = [row for row in rows if row not in self.late]
        self.params = replace(stack.params, min_days=self.random.choice([1, 1, 10]), from_=None, to=None)
        self.settings, self.merged = Settings(home), dict[str, str]()
        self.said: list[Said] = []
        self.reached: Counter[str] = Counter()

    def now(self) -> list[Row]:
        """Return the activities with the organisations of today."""
        return [
            row | {"organisation": self.merged.get(row["organisation"], row["organisation"])}
            for row in self.rows
        ]

    def look(self, service_level: str, area_level: int | str) -> "Look":
        """Return what the tool shows at these levels."""
        return Look(self, replace(self.params, service_level=service_level, area_level=area_level))


class Look:
    """What the tool and what the naive reading show of a story at one pair of levels."""

    def __init__(self, story: Story, params: Params) -> None:
        self.story, self.params = story, params
        rows, query = story.now(), naive.query(params)
        data = replace(naive.data(rows), merged=dict(story.merged))
        data = flow.with_verdicts(data, story.settings)
        self.overlaps = flow.find_overlaps(data, query)
        self.standings = flow.standings(data, query, self.overlaps)
        self.runs = {key(run): run for run in overlap_runs(rows, params)}
        self.counted = flow.counted(self.overlaps, self.standings)

    def check(self) -> None:
        """Compare the two."""
        said = verdicts.today(self.story.said, self.story.merged)
        expected = {name: verdicts.standings(run, said, self.params) for name, run in self.runs.items()}
        named = keys(self.overlaps)
        told: dict[Any, list[Row]] = {name: [] for name in named.values()}
        for one in naive.plain(self.standings):
            told[named[one["overlap_id"]]].append(one)
        assert told.keys() == expected.keys()
        for name, rows in expected.items():
            assert naive.answer(told[name], list(TOLD)) == naive.answer(rows, list(TOLD)), name
        rows = zip(self.overlaps["overlap_id"], self.overlaps["verdict"], self.counted, strict=True)
        shown = {named[overlap_id]: (verdict, bool(counts)) for overlap_id, verdict, counts in rows}
        assert shown == {n: (verdicts.row_verdict(e), verdicts.counts(e)) for n, e in expected.items()}
        self.story.reached.update(name for rows in expected.values() for name in _situations(rows))


def _situations(rows: list[Row]) -> set[str]:
    """Name what the standings of one row show."""
    shown = {name for name in ("inherited", "is_new") for one in rows if one[name]}
    return shown | {verdicts.row_verdict(rows), "counted" if verdicts.counts(rows) else "not counted"}


def _judge(look: Look) -> None:
    """Say something of a few rows, and of single pairs of others: what was said since is not overruled."""
    story, named = look.story, keys(look.overlaps)
    for overlap_id, asked in look.standings.groupby("overlap_id", sort=True):
        if story.random.randint(1, 3) > 1:
            continue
        these = asked if story.random.randint(0, 1) else asked.head(1)
        verdict, run = story.random.choice(SAYS), look.runs[named[str(overlap_id)]]
        if _is_outdated(these, run, story):
            with pytest.raises(Outdated):
                flow.set_verdict(story.settings, these, look.overlaps, verdict)
            continue
        first = flow.set_verdict(story.settings, these, look.overlaps, verdict)
        seen = frozenset(a["organisation"] for a in run.members)
        for n, pair in enumerate(zip(these["org_a"], these["org_b"], strict=True)):
            story.said.append(Said(first + n, pair, run.cell, verdict, seen, first))


def _is_outdated(these: pd.DataFrame, run: Run, story: Story) -> bool:
    said = verdicts.today(story.said, story.merged)
    held = [
        verdicts.holds((one.org_a, one.org_b), run.cell, said, story.params.trees)
        for one in these.itertuples()
    ]
    return [one.id if one else 0 for one in held] != list(these["verdict_id"])


def _take_back(story: Story) -> None:
    """Undo one verdict with all that was said with it."""
    standing = [one for one in story.said if not one.is_undone]
    if not standing:
        return
    one = story.random.choice(standing)
    flow.undo_decision(story.settings, one.id)
    story.said = [replace(s, is_undone=s.is_undone or s.batch == one.batch) for s in story.said]


def _merge_or_part(story: Story) -> None:
    """Let an organisation of every world become another one, or itself again."""
    if story.merged:
        story.merged = {}
        return
    old, new = story.random.sample(["org_a", "org_ab", "org_c", "org_d"], 2)
    story.merged = {f"{n:03d}_{old}": f"{n:03d}_{new}" for n in range(cases.WORLDS)}


@pytest.mark.parametrize("number", STORIES)
def test_what_was_said_holds_where_a_naive_reading_says(number: int, tmp_path: Path) -> None:
    story = Story(number, tmp_path)
    for turn, levels in enumerate([LOOKS[0], *story.random.sample(LOOKS[:4], 3)]):
        look = story.look(*levels)
        look.check()
        _judge(look)
        if turn == 1:
            story.rows += story.late
        else:
            _take_back(story)
            _merge_or_part(story)
    for levels in story.random.sample(LOOKS, 2):
        story.look(*levels).check()
    assert set(story.reached) >= ALWAYS
