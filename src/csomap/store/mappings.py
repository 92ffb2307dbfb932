"""How people said that a file is to be read: one decision for the headers of each layout."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from csomap.settings import Settings
from csomap.store.decisions import Decisions, Held

KIND = "mapping"


class Mappings:
    """The kept mappings of one installation, by the fingerprint of the headers; the newest holds.

    Nothing is overwritten: a mapping that is changed or undone stays in the history of decisions.
    """

    def __init__(self, settings: Settings) -> None:
        self._decisions = Decisions(settings)

    def keep(self, fingerprint: str, content: Mapping[str, Any], name: str, who: str = "") -> int:
        """Keep how files with these headers are read, and return the id of the decision.

        content: the keys of a file of data/profiles/; name: what people call it, such as the file that it
        was made for. What holds already is not kept twice.
        """
        answer = {**content, "title": name}
        for held in self._held():
            if held.subject == fingerprint and _told(held.answer) == _told(answer):
                return held.id
        return self._decisions.decide(KIND, fingerprint, answer, who=who)

    def undo(self, decision_id: int, who: str = "") -> int:
        """Forget a mapping; files with its headers are unknown again, or read as the profiles say.

        What an older decision said of the same headers holds again. Raises BadInput for an id that is no
        decision or is undone already.
        """
        return self._decisions.undo(decision_id, who=who)

    def kept(self) -> dict[str, dict[str, Any]]:
        """Return the content of each mapping that holds, by fingerprint."""
        return {held.subject: held.answer for held in self._held()}

    def table(self) -> pd.DataFrame:
        """Return id, at, who, fingerprint, name, columns (how many) of what holds, newest first."""
        rows = [
            (one.id, one.at, one.who, one.subject, one.answer["title"], len(one.answer["columns"]))
            for one in reversed(self._held())
        ]
        return pd.DataFrame(rows, columns=["id", "at", "who", "fingerprint", "name", "columns"])

    def _held(self) -> list[Held]:
        return self._decisions.holding(KIND)


def _told(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a mapping says, without what it is called."""
    return {key: value for key, value in answer.items() if key != "title"}
