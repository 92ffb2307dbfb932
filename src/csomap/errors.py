"""Every error a person may see: what happened, where, and how to mend it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from csomap.i18n import date, t

UNKNOWN_LAYOUT = ("file_no_header", "file_column_missing")  # somebody may say what the columns are


class CsomapError(Exception):
    """An error with a key into the catalogue, so that it can be told in any language."""

    exit_code = 1

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(self.told("en"))

    def told(self, lang: str) -> str:
        """Return the message in `lang`."""
        return t(f"error.{self.key}", lang, **self.values)


class BadFile(CsomapError):
    """A file that cannot be read at all; nothing of it is stored."""

    exit_code = 2


class BadInput(CsomapError):
    """An argument, code or setting that does not exist or does not fit."""

    exit_code = 2


class Cancelled(CsomapError):
    """Somebody stopped the work; nothing of it is stored."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("cancelled")


class BadDatabase(CsomapError):
    """A database that cannot be reached or used; nothing of a change that it interrupts is stored."""

    exit_code = 2


class Said(Protocol):
    """What an error tells of somebody's decision."""

    @property
    def answer(self) -> Any: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def who(self) -> str: ...


class Outdated(CsomapError):
    """Others decided since a person looked; nothing of the person's is stored.

    keys: each (kind, subject, context) that is no longer as it was seen; held: what holds now about these,
    the newest last; undone: what was seen and is taken back now, with who took it back and when.
    """

    def __init__(
        self, keys: Sequence[tuple[str, str, str]], held: Sequence[Any], undone: Sequence[Any] = ()
    ) -> None:
        self.keys, self.held, self.undone = list(keys), list(held), list(undone)
        several = "outdated_many" if len(keys) > 1 else "outdated"
        super().__init__(several if held else "outdated_undone" if undone else "outdated_reset", n=len(keys))

    def told(self, lang: str) -> str:
        """Return who decided what and when (UTC), in `lang`."""
        last: list[Said] = [*self.undone, *self.held][-1:]
        told = {"who": last[0].who, "answer": _answer(last[0].answer, lang)} if last else {}
        when = {"day": date(last[0].at, lang), "time": f"{last[0].at:%H:%M}"} if last else {}
        return t(f"error.{self.key}", lang, **self.values, **told, **when)


def _answer(answer: Any, lang: str) -> str:
    """Return what was decided: the words of a verdict, else the code or text itself."""
    if not isinstance(answer, dict):
        return str(answer)
    verdict = str(answer.get("verdict", ""))
    words = t(f"overlap.verdict.{verdict}", lang)
    return words if words != f"overlap.verdict.{verdict}" else verdict


class BadReference(CsomapError):
    """A table under data/ or geo/ that breaks its own rules."""
