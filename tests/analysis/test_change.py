"""What became of coverage between two windows: every kind by hand, and against a naive reading."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csomap import flow
from csomap.analysis.change import change
from csomap.tables import schemas
from csomap.tables.query import Query
from tests.flow.forms import data
from tests.oracle import coverage as naive
from tests.oracle import pools
from tests.oracle import strategies as some
from tests.oracle.asked import is_active
from tests.oracle.pools import TREES, Row
from tests.oracle.trees import ancestors, place_ancestors, position

WINDOWS = ((dt.date(2021, 1, 1), dt.date(2021, 2, 28)), (dt.date(2021, 3, 1), dt.date(2021, 3, 31)))
LEAST = 0.1


def _side(status: str, org_months: int = 0, months: int = 6) -> pd.DataFrame:
    blank = schemas.none(schemas.COVERAGE).reindex([0])
    told = {"pcode": "IQG01", "area_name": "A", "service": "health", "status": status}
    counts = {"organisations": 1, "cso_count": 0, "org_months": org_months, "months": months}
    return blank.assign(**told, **counts)


def _nobody() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in ("pcode", "service", "organisation")})


def _kind(before: pd.DataFrame, now: pd.DataFrame) -> str:
    return str(change(before, now, _nobody(), _nobody(), LEAST)["change"].iloc[0])


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ("gap", "thin", "new"),
        ("covered", "gap", "gone"),
        ("gap", "gap", "none"),
        ("no_data", "covered", "silent_before"),
        ("thin", "no_data", "silent_now"),
        ("no_data", "no_data", "silent"),
        ("gap", "no_data", "silent_now"),
        ("unknown", "covered", "unknown"),
        ("covered", "unknown", "unknown"),
        ("unknown", "no_data", "unknown"),
    ],
)
def test_silence_and_what_is_not_known_are_never_a_gain_or_a_loss(before: str, now: str, kind: str) -> None:
    assert _kind(_side(before, 6), _side(now, 6)) == kind


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ((60, 6), (60, 6), "same"),
        ((60, 6), (66, 6), "same"),  # one tenth more is not more than one tenth
        ((60, 6), (67, 6), "grown"),
        ((60, 6), (54, 6), "same"),
        ((60, 6), (53, 6), "shrunk"),
        ((60, 12), (30, 6), "same"),  # the same presence in a window of half the length
        ((30, 6), (40, 12), "shrunk"),
    ],
)
def test_presence_is_compared_by_month(before: tuple[int, int], now: tuple[int, int], kind: str) -> None:
    assert _kind(_side("covered", *before), _side("covered", *now)) == kind


def _naive_kind(before: Row, now: Row) -> str:
    sides = (before["status"], now["status"])
    if "unknown" in sides:
        return "unknown"
    if "no_data" in sides:
        return {(True, True): "silent", (True, False): "silent_before", (False, True): "silent_now"}[
            (sides[0] == "no_data", sides[1] == "no_data")
        ]
    there = tuple(side in ("thin", "covered") for side in sides)
    if there != (True, True):
        return {(False, False): "none", (False, True): "new", (True, False): "gone"}[there]
    # In whole numbers: ten times the difference of the presences against the earlier one.
    earlier, later = before["org_months"] * now["months"], now["org_months"] * before["months"]
    if 10 * abs(later - earlier) <= earlier:
        return "same"
    return "grown" if later > earlier else "shrunk"


def _who(told: list[Row], area: str, service: str, asked: naive.CoverageParams) -> set[str]:
    return {
        a["organisation"]
        for a in told
        if is_active(a)
        and naive.active_months(a, asked)
        and position(a["service"], service, lambda c: ancestors(c, TREES.services)) == "inside"
        and position(a["pcode"], area, place_ancestors) == "inside"
        and naive.group_position(a, asked) == "inside"
    }


def _reported(told: list[Row]) -> list[tuple[dt.date, dt.date]]:
    """Return the windows without the months before the first and after the last that is told of."""
    days = [(a["start"] or a["end"], a["end"] or a["start"]) for a in told if is_active(a)]
    spans = [span for span in days if span[0]]
    if not spans:
        return list(WINDOWS)
    first = min(start for start, _ in spans).replace(day=1)
    newest = max(end for _, end in spans)
    last = next(end for _, end in pools.MONTHS if end >= newest)
    cut = [(max(start, first), min(end, last)) for start, end in WINDOWS]
    return [new if new[0] <= new[1] else old for new, old in zip(cut, WINDOWS, strict=True)]


@given(some.activities(), st.sampled_from(["", "idp", "host"]), st.sampled_from(["sector", "topic"]))
def test_change_is_that_of_a_naive_reading(told: list[Row], group: str, level: str) -> None:
    query = Query(place="IQG01", area_level="2", service_level=level, population=group)  # type: ignore[arg-type]
    known = data(*told)
    found = flow.find_change(*(flow.Side(known, *days) for days in WINDOWS), query)
    rows = {(row["pcode"], row["service"]): row for row in found.to_dict("records")}
    asked = [naive.CoverageParams(TREES, *days, population_group=group) for days in _reported(told)]
    for area, service in [("IQG01Q01", code) for code in {service for _, service in rows}]:
        before, now = (naive.coverage(told, [area], [service], side)[0] for side in asked)
        row: dict[Any, Any] = rows[(area, service)]
        assert row["change"] == _naive_kind(before, now)
        earlier, later = (_who(told, area, service, side) for side in asked)
        if {"no_data", "unknown"} & {before["status"], now["status"]}:
            earlier = later = set()
        assert row["org_ids_new"] == ";".join(sorted(later - earlier))
        assert row["org_ids_gone"] == ";".join(sorted(earlier - later))
        assert row["presence_now"] == pytest.approx(now["org_months"] / now["months"])
