"""Meetings and what was agreed in them: among the decisions, so nothing is lost and all can come back."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from csomap.errors import Outdated
from csomap.settings import Settings
from csomap.store.decisions import Decision, Decisions

MEETING, ACTION = "meeting", "action"
_LETTER = {MEETING: "m", ACTION: "a"}


def new_id(kind: str) -> str:
    """Return a name that nobody has, as far as chance goes; rooms need not ask each other for it."""
    return f"{_LETTER[kind]}-{secrets.token_hex(5)}"


class Meetings:
    """The meetings of one installation and their actions; each change is a decision on the same subject."""

    def __init__(self, settings: Settings, new: Callable[[str], str] = new_id) -> None:
        self._decisions, self._new = Decisions(settings), new

    def add(self, kind: str, answer: Mapping[str, Any], who: str = "") -> tuple[str, int]:
        """Keep a new meeting or action; return its name, which no other has, and the id of the decision."""
        taken = set(self.history(kind)["subject"])
        while True:
            name = self._new(kind)
            if name in taken:
                continue
            made = [Decision(kind, name, dict(answer))]
            try:
                return name, self._decisions.decide_all(made, who=who, expected={(kind, name, ""): 0})
            except Outdated:  # another room took the name at this moment
                taken.add(name)

    def change(self, kind: str, name: str, answer: Mapping[str, Any], saw: int, who: str = "") -> int:
        """Keep what a meeting or action is from now on, and return the id of the decision.

        saw: the id of the decision that the person saw. Raises Outdated, and keeps nothing, where another
        one holds now.
        """
        made = [Decision(kind, name, dict(answer))]
        return self._decisions.decide_all(made, who=who, expected={(kind, name, ""): saw})

    def history(self, kind: str) -> pd.DataFrame:
        """Return all that was ever kept of one kind, newest first (columns of the decisions)."""
        return self._decisions.history(kind)
