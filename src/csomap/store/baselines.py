"""Baselines: the activities of one day under a name, frozen, to compare later days with."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.store import files
from csomap.store.decisions import Decision, Decisions, Held
from csomap.tables.schemas import ACTIVITIES, columns, valid

KIND = "baseline"
_ID_LENGTH = 16
_FOLDER = "baselines"


def folder(settings: Settings) -> Path:
    """Return where the files of an installation's baselines lie; each database has its own folder."""
    imports = settings.imports
    return imports.with_name(_FOLDER + imports.name.removeprefix("imports"))


class Baselines:
    """The baselines of one installation: a row among the decisions, and the activities as an immutable file.

    The file is named by the hash of its content. Nothing is overwritten: a baseline that is dropped stays in
    the history and can come back.
    """

    def __init__(self, settings: Settings) -> None:
        self._decisions = Decisions(settings)
        self._folder = folder(settings)

    def keep(self, name: str, activities: pd.DataFrame, told: Mapping[str, Any], who: str = "") -> int:
        """Freeze activities (ACTIVITIES) under a name that is free, and return the id.

        told: what is known of them, as JSON can keep it. The same content under the same name is kept once.
        Raises BadInput where the name is taken, Outdated where somebody else takes it at this moment.
        """
        kept = valid(ACTIVITIES, activities)
        answer = {**told, "file": _digest(kept), "activities": len(kept)}
        held = next((one for one in self.held() if one.subject == name), None)
        if held and held.answer == answer:
            return held.id
        if held:
            raise BadInput("baseline_taken", name=name)
        files.keep(kept, self._folder, answer["file"])
        expected = {(KIND, name, ""): 0}
        return self._decisions.decide_all([Decision(KIND, name, answer)], who=who, expected=expected)

    def drop(self, baseline_id: int, who: str = "") -> int:
        """Take a baseline out; its file stays. Raises BadInput for an id that is none or is out already."""
        self._found(baseline_id, out=False)
        return self._decisions.undo(baseline_id, who=who)

    def restore(self, baseline_id: int, who: str = "") -> int:
        """Let a baseline that was dropped hold again; raises BadInput where its name is taken by now."""
        name = str(self._found(baseline_id, out=True)["subject"])
        if any(one.subject == name for one in self.held()):
            raise BadInput("baseline_taken", name=name)
        return self._decisions.restore(baseline_id, who=who)

    def held(self) -> list[Held]:
        """Return the baselines that are there, oldest first."""
        return self._decisions.holding(KIND)

    def history(self) -> pd.DataFrame:
        """Return every baseline ever kept, newest first (columns of the decisions)."""
        told = self._decisions.history()
        return told[told["kind"] == KIND].reset_index(drop=True)

    def activities(self, held: Held) -> pd.DataFrame:
        """Return the frozen activities (ACTIVITIES); a column younger than the file is empty.

        Raises BadInput where the file is missing or is not the one that was kept.
        """
        file = files.path(self._folder, held.answer["file"])
        if not file.exists():
            raise BadInput("baseline_file", name=held.subject, folder=str(self._folder))
        kept = pd.read_parquet(file)
        if len(kept) != held.answer["activities"]:
            raise BadInput("baseline_file", name=held.subject, folder=str(self._folder))
        young = {name: "" for name in columns(ACTIVITIES) if name not in kept}
        return valid(ACTIVITIES, kept.assign(**young))

    def _found(self, baseline_id: int, *, out: bool) -> "pd.Series[Any]":
        told = self.history()
        rows = told[(told["id"] == baseline_id) & (told["undone_at"].notna() == out)]
        if rows.empty:
            raise BadInput("baseline_unknown", value=str(baseline_id), known=self._names())
        return rows.iloc[0]

    def _names(self) -> str:
        return ", ".join(one.subject for one in self.held()) or "-"


def _digest(activities: pd.DataFrame) -> str:
    """Return a hash of what activities say, whatever wrote them to a file."""
    rows = pd.util.hash_pandas_object(activities, index=False).to_numpy().tobytes()
    names = "\n".join(activities.columns).encode()
    return hashlib.sha256(names + rows).hexdigest()[:_ID_LENGTH]
