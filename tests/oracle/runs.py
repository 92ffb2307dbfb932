"""Reports become activities (section 2)."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from .trees import join, split

Report = dict[str, Any]

KEY = (
    "activity_id", "project_id", "organisation", "service", "function",
    "population_group", "characteristic", "pcode", "site",
)  # fmt: skip
NOT_IN_THE_FILE = ("source_id", "source_row", "review")
OF_THE_FIRST_REPORT = ("organisation_type", "latitude", "longitude", "value_usd")
"""The contract does not say how these come together; a comparison had better leave them out."""


def activities(reports: list[Report]) -> list[Report]:
    """Return the activities that the reports tell of.

    Instead of `activity_id` there are `own_id` and `own_id_is_unique`: whether the source's own id
    names exactly one activity.
    """
    groups = defaultdict(list)
    for report in distinct(reports):
        apart = report["status"] if report["status"] in ("planned", "cancelled") else ""
        groups[*(report[column] for column in KEY), apart].append(report)
    found = [merged(run) for group in groups.values() for run in unbroken(group)]
    owned = [activity["own_id"] for activity in found]
    for activity in found:
        activity["own_id_is_unique"] = bool(activity["own_id"]) and owned.count(activity["own_id"]) == 1
    return found


def distinct(reports: list[Report]) -> list[Report]:
    """Return the first of all reports that are identical in every mapped field."""
    seen: dict[tuple[Any, ...], Report] = {}
    for report in sorted(reports, key=lambda r: (r["source_id"], r["source_row"])):
        fields = tuple(report[column] for column in sorted(report) if column not in NOT_IN_THE_FILE)
        seen.setdefault(fields, report)
    return list(seen.values())


def unbroken(group: list[Report]) -> list[list[Report]]:
    """Cut reports of one key into runs of periods that overlap or touch."""
    dated = [r for r in group if r["start"] and r["end"]]
    runs = [[r] for r in group if not (r["start"] and r["end"])]
    last_end = None
    for report in sorted(dated, key=lambda r: (r["start"], r["source_id"], r["source_row"])):
        if last_end and report["start"] <= last_end + timedelta(days=1):
            runs[-1].append(report)
            last_end = max(last_end, report["end"])
        else:
            runs.append([report])
            last_end = report["end"]
    return runs


def merged(run: list[Report]) -> Report:
    """Return one activity for reports in the order of (start, source_id, source_row)."""
    first = run[0]
    newest = max(run, key=lambda r: (r["start"], r["source_row"], r["source_id"])) if len(run) > 1 else first
    end = max(r["end"] for r in run) if len(run) > 1 else first["end"]
    activity = {column: first[column] for column in (*KEY[1:], *OF_THE_FIRST_REPORT)}
    activity |= {
        "own_id": first["activity_id"],
        "source_id": first["source_id"],
        "source_row": first["source_row"],
        "start": first["start"],
        "end": end,
        "end_is_stated": any(r["end_is_stated"] for r in run if r["end"] == end),
        "status": newest["status"],
        "programme_organisation": join({c for r in run for c in split(r["programme_organisation"])}),
        "funder": join({c for r in run for c in split(r["funder"])}),
        "report_count": len(run),
    }
    return activity | people(run)


def people(run: list[Report]) -> dict[str, float | None]:
    """Return the largest and the sum of the people, empty where no report names any."""
    told: dict[str, float | None] = {}
    for column in ("targeted", "reached"):
        known = [r[column] for r in run if r[column] is not None]
        told[column] = max(known) if known else None
        told[f"{column}_sum"] = sum(known) if known else None
    return told
