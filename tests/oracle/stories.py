"""The plain activity and report from which each story departs."""

from datetime import date
from typing import Any

from .asked import Params
from .coverage import CoverageParams
from .pools import TINY_FUNCTIONS, TINY_GROUPS, TINY_SERVICES
from .trees import Trees, ancestors

LEVELS = {c: ("sector", "topic", "service")[len(ancestors(c, TINY_SERVICES))] for c in TINY_SERVICES}
TREES = Trees(TINY_SERVICES, LEVELS, TINY_GROUPS, TINY_FUNCTIONS)
AS_IS = Params(TREES)
FIRST_QUARTER = CoverageParams(TREES, date(2021, 1, 1), date(2021, 3, 31))

BASE = {
    "source_id": "s", "source_row": 2, "activity_id": "", "project_id": "", "programme_organisation": "",
    "funder": "", "organisation_type": "cso", "service": "mhpss_counselling", "function": "",
    "population_group": "idp", "characteristic": "", "pcode": "IQG01Q01", "site": "", "latitude": None,
    "longitude": None, "end_is_stated": False, "status": "ongoing", "targeted": None, "reached": None,
    "value_usd": None, "report_count": 1, "targeted_sum": None, "reached_sum": None,
}  # fmt: skip


def day(text: str) -> date | None:
    return date.fromisoformat(f"2021-{text}") if text else None


def act(name: str, start: str, end: str, **other: Any) -> dict[str, Any]:
    """An activity `a1` of the organisation `a`."""
    dates = {"start": day(start), "end": day(end)}
    return BASE | {"activity_id": name, "organisation": name[0]} | dates | other


def rep(row: int, start: str, end: str, **other: Any) -> dict[str, Any]:
    dates = {"start": day(start), "end": day(end)}
    return BASE | {"organisation": "a", "source_row": row, "review": ""} | dates | other


def periods_of(found: list[dict[str, Any]]) -> list[tuple[date, date]]:
    return sorted((a["start"], a["end"]) for a in found)
