"""Two organisations within one row of the overlaps (section 3, verdicts)."""

from collections import defaultdict
from typing import Any, NamedTuple

from .asked import Params
from .overlaps import Run, partners
from .pairs import kind, known_days
from .trees import Activity

KINDS = ("overlap", "joint", "chain")


class Meeting(NamedTuple):
    """Two activities of different organisations with days in common in a run."""

    a: Activity
    b: Activity
    kind: str
    days: int


def org_pairs(run: Run, params: Params) -> list[dict[str, Any]]:
    """Return a row for each two organisations that meet in a run."""
    found = []
    for (org_a, org_b), met in meetings(run, params).items():
        told = min((meeting.kind for meeting in met), key=KINDS.index)
        days = max(meeting.days for meeting in met if meeting.kind == told)
        found.append(
            {"org_a": org_a, "org_b": org_b, "kind": told, "days": days, "pair_count": len(met)}
            | {"asks": told == "overlap" and days >= params.min_days}
        )
    return found


def meetings(run: Run, params: Params) -> dict[tuple[str, str], list[Meeting]]:
    """Return who meets whom in a run, the organisation with the smaller id first."""
    found = defaultdict(list)
    for x, y in partners(run, params):
        a, b = sorted((x, y), key=lambda activity: str(activity["organisation"]))
        days = known_days(a, params) & known_days(b, params) & set(run.days)
        found[a["organisation"], b["organisation"]].append(Meeting(a, b, kind(a, b), len(days)))
    return found
