"""The same worlds as Hypothesis draws them: it shrinks what fails."""

from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import strategies as st

from . import told, worlds
from .asked import Params
from .pools import PLACES, Row


def _randoms() -> st.SearchStrategy[Any]:
    return st.randoms(use_true_random=False)


def activities(least: int = 0) -> st.SearchStrategy[list[Row]]:
    """Draw the activities of one world."""
    return _randoms().map(lambda random: worlds.activities(random, least))


def params() -> st.SearchStrategy[Params]:
    """Draw the parameters of pairs and overlaps, at times with filters."""
    return _randoms().map(_filtered)


def _filtered(random: Random) -> Params:
    asked = worlds.params(random)
    return replace(asked, **worlds.filters(random, PLACES)) if random.randint(0, 1) else asked


def reports() -> st.SearchStrategy[list[Row]]:
    """Draw the reports of one world."""
    return _randoms().map(told.reports)


def coverage_questions() -> st.SearchStrategy[told.Question]:
    """Draw a question of coverage."""
    return _randoms().map(told.question)
