"""Figures of need that people brought in: immutable files, and one decision for each in the list of all."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.store import files
from csomap.store.decisions import Decision, Decisions, Held

KIND = "needs"
_FOLDER = "needs"
_ID_LENGTH = 12


def upload_id(content: bytes) -> str:
    """Return the name of a file by its bytes: the same bytes have the same one."""
    return hashlib.sha256(content).hexdigest()[:_ID_LENGTH]


def folder(settings: Settings) -> Path:
    """Return where the files of an installation's figures lie; each database has its own folder."""
    return settings.imports.with_name(_FOLDER + settings.imports.name.removeprefix("imports"))


class Needs:
    """The uploads of figures of one installation, beside its imports; nothing is ever overwritten.

    An upload that is taken out stays in the history and can come back.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = folder(settings)

    def keep(self, figures: pd.DataFrame, content: bytes, name: str, who: str = "") -> int:
        """Keep the figures of a file and return the id of the decision; 0 if the same bytes hold already.

        The file is written first, and the decision is the one atomic step. Bytes that were taken out before
        hold again.
        """
        known, decisions = upload_id(content), Decisions(self._settings)
        if any(one.subject == known for one in decisions.holding(KIND)):
            return 0
        files.keep(figures, self._folder, known)
        answer = {"title": name, "rows": len(figures)}
        return decisions.decide_all([Decision(KIND, known, answer)], who=who, expected={(KIND, known, ""): 0})

    def undo(self, known: str, who: str = "") -> int:
        """Take an upload out and return the id of the undoing; BadInput if it is not there."""
        held = {one.subject: one.id for one in self.held()}
        if known not in held:
            raise BadInput("needs_unknown", upload_id=known, known=", ".join(held) or "-")
        return Decisions(self._settings).undo(held[known], who=who)

    def restore(self, known: str, who: str = "") -> int:
        """Let an upload that was taken out hold again; BadInput if there is none or it holds."""
        told = self.history()
        gone = told[(told["subject"] == known) & told["undone_at"].notna()]
        if gone.empty or known in {one.subject for one in self.held()}:
            names = sorted(set(told.loc[told["undone_at"].notna(), "subject"]))
            raise BadInput("needs_unknown", upload_id=known, known=", ".join(names) or "-")
        return Decisions(self._settings).restore(int(gone["id"].iloc[0]), who=who)

    def held(self) -> list[Held]:
        """Return the uploads that hold, oldest first."""
        return Decisions(self._settings).holding(KIND)

    def history(self) -> pd.DataFrame:
        """Return every upload ever made, newest first (columns of the decisions)."""
        told = Decisions(self._settings).history()
        return told[told["kind"] == KIND].reset_index(drop=True)

    def figures(self, uploads: Iterable[str]) -> list[pd.DataFrame]:
        """Return the figures of these uploads; BadInput where the file of one is missing."""
        return [self._fetch(known) for known in uploads]

    def _fetch(self, known: str) -> pd.DataFrame:
        place = files.path(self._folder, known)
        if not place.exists():
            raise BadInput("needs_file_missing", upload_id=known, folder=str(self._folder))
        return pd.read_parquet(place)
