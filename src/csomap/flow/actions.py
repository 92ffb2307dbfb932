"""What a meeting agreed on: what, who, by when and about what; done, opened again, corrected, withdrawn."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from csomap.errors import BadInput, Outdated
from csomap.flow.meetings import words_of
from csomap.i18n import t
from csomap.settings import Settings
from csomap.store import exists
from csomap.store.meetings import ACTION, Meetings

OPEN, DONE, WITHDRAWN = STATUSES = ("open", "done", "withdrawn")
ABOUT = ("overlap", "gap", "coming")
# A person is reached by these, an organisation or a role is not.
_PRIVATE = re.compile(r"@|(\d[\s().+-]*){7}")


@dataclass(frozen=True)
class Agreed:
    """What people agree on. organisation: its org_id, or role: of whoever does it in words, both "" where
    nobody is named yet; by: the day until which, None where none is set; about: the codes of what it came
    from (kind of ABOUT and what names it), empty for anything else."""

    what: str
    organisation: str = ""
    role: str = ""
    by: dt.date | None = None
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Action(Agreed):
    """An action as it stands at one moment. agreed, changed: UTC, the first and the last word about it;
    decision: the id of the last one."""

    id: str = ""
    meeting: str = ""
    status: str = OPEN
    agreed: dt.datetime = dt.datetime.min
    changed: dt.datetime = dt.datetime.min
    decision: int = 0

    def is_late(self, day: dt.date) -> bool:
        """Say whether it is open although its day lies before `day`."""
        return self.status == OPEN and self.by is not None and self.by < day


def agree(settings: Settings, meeting: str, said: Agreed, who: str = "") -> tuple[str, int]:
    """Keep an action of a meeting; return its id and that of the decision, by which it is taken back.

    Raises BadInput for words that nobody could read, and for the address or number of a person.
    """
    return Meetings(settings).add(ACTION, _answer(said, meeting, OPEN), who)


def correct(settings: Settings, action: Action, said: Agreed, who: str = "") -> int:
    """Keep an action in other words and return the id of the decision; raises as `agree`, and where somebody
    else changed it since."""
    return _changed(settings, action, _answer(said, action.meeting, action.status), who)


def set_status(settings: Settings, action: Action, status: str, who: str = "") -> int:
    """Keep that an action is done, open again or withdrawn, and return the id of the decision.

    Raises BadInput for another status, and where somebody else changed it since.
    """
    if status not in STATUSES:
        raise BadInput("action_status", value=status, known=", ".join(STATUSES))
    return _changed(settings, action, _answer(action, action.meeting, status), who)


def actions(settings: Settings, moment: dt.datetime | None = None) -> list[Action]:
    """Return every action as it stands now or stood at a moment (UTC), those that are due first on top."""
    if not exists(settings):
        return []
    found = actions_at(Meetings(settings).history(ACTION), moment)
    return sorted(found, key=lambda one: (one.by or dt.date.max, one.agreed, one.id))


def actions_at(history: pd.DataFrame, moment: dt.datetime | None = None) -> list[Action]:
    """Return the actions of a history (columns of the decisions) as they stood at a moment, by default last.

    What was taken back later stood at that moment.
    """
    until = pd.Timestamp(moment) if moment else pd.Timestamp.max
    at, undone = (pd.to_datetime(history[name]) for name in ("at", "undone_at"))
    told = history[(at <= until) & ~(undone <= until)].sort_values("id")
    return [_action(rows) for _, rows in told.groupby("subject", sort=False)]


def action_history(settings: Settings, action_id: str) -> pd.DataFrame:
    """Return all that was ever said of one action, newest first.

    id (of the decision), at (UTC), who, what, organisation, role, by (a day or None), status, undone_at and
    undone_by.
    """
    told = Meetings(settings).history(ACTION)
    own = told[told["subject"] == action_id].reset_index(drop=True)
    said = [json.loads(answer) for answer in own["answer"]]
    words = pd.DataFrame(said, columns=["title", "organisation", "role", "by", "status"])
    days = pd.Series([_day(one) for one in words["by"]], dtype=object)
    kept = own[["id", "at", "who", "undone_at", "undone_by"]].join(words)
    return kept.assign(by=days).rename(columns={"title": "what"})


def _action(rows: pd.DataFrame) -> Action:
    newest: Any = rows.iloc[-1]
    told = json.loads(newest["answer"])
    return Action(
        what=told["title"],
        organisation=told["organisation"],
        role=told["role"],
        by=_day(told["by"]),
        about=told["about"],
        id=str(newest["subject"]),
        meeting=told["meeting"],
        status=told["status"],
        agreed=rows["at"].iloc[0].to_pydatetime(),
        changed=newest["at"].to_pydatetime(),
        decision=int(newest["id"]),
    )


def _answer(said: Agreed, meeting: str, status: str) -> dict[str, Any]:
    if said.about and said.about.get("kind") not in ABOUT:
        raise BadInput("action_about", value=ascii(str(said.about.get("kind"))), known=", ".join(ABOUT))
    return {
        "title": words_of(said.what, "action_what"),
        "organisation": said.organisation,
        "role": "" if said.organisation else _role(said.role),
        "by": f"{said.by}" if said.by else "",
        "about": dict(said.about),
        "meeting": meeting,
        "status": status,
    }


def _role(text: str) -> str:
    if not text.strip():
        return ""
    if _PRIVATE.search(text):
        raise BadInput("action_private")
    return words_of(text, "action_role")


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _changed(settings: Settings, action: Action, answer: dict[str, Any], who: str) -> int:
    try:
        return Meetings(settings).change(ACTION, action.id, answer, action.decision, who)
    except Outdated as fault:
        last = [*fault.undone, *fault.held][-1:]
        by = last[0].who if last else t("frame.not_stated")
        raise BadInput("action_changed", what=action.what, who=by) from None
