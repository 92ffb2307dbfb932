"""What services are measured against, beside a naive reading of the contract on drawn figures."""

import datetime as dt
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from csomap.analysis.needs import COLUMNS, measured
from csomap.settings import rules
from csomap.tables import taxonomy
from csomap.tables.places import areas_within, places
from tests.oracle import needs as naive

TREE = taxonomy.load("services")
LINE = ["mhpss", "health", "mhpss_counselling", "immunisation", "wash"]
# Najaf has three districts, so that a whole governorate is often known by its parts.
CODES = ["IQG04", *(code for code in places()["pcode"] if code.startswith("IQG04Q"))]
_OWN = {"population": "", "idp": "idp", "returnee": "returnee"}
_CHILD = {code: [one for one in CODES if one[:-3] == code] for code in CODES}


@st.composite
def figures(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw figures of few places; often all districts of Najaf have one of the same kind."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        indicator = draw(st.sampled_from(["people_in_need", "people_in_need", *_OWN]))
        is_own = indicator in _OWN
        kind = {
            "indicator": indicator,
            "population_group": _OWN[indicator] if is_own else draw(st.sampled_from(["", "idp"])),
            "service": "" if is_own else draw(st.sampled_from(["health", "mhpss", "wash"])),
        }
        level = draw(st.sampled_from([5, 8, 8, 11]))
        own = [code for code in CODES if len(code) == level]
        left_out = draw(st.sampled_from(["", "", *own]))
        for code in own:
            if code != left_out:
                day = dt.date(draw(st.integers(2018, 2021)), 1, 1)
                found.append(kind | {"pcode": code, "date": day, "value": float(draw(st.integers(0, 9)))})
    return draw(st.permutations(found))


def _table(told: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(told, columns=COLUMNS).fillna({"source": "", "method": "", "note": ""})
    return table.assign(value=table["value"].astype(float), date=pd.to_datetime(table["date"]))


@given(figures(), st.sampled_from(["1", "2", "3"]), st.sampled_from(["", "all", "idp", "returnee", "host"]))
def test_every_cell_is_measured_as_a_naive_reading_says(
    told: list[dict[str, Any]], level: Any, group: str
) -> None:
    areas, indicators = areas_within(level), rules()["needs"]["indicator"]
    parents = {code: TREE.parent(code) for code in TREE.codes}
    lines = {code: [code, *TREE.ancestors(code)] for code in LINE}
    rule = rules()["needs"]["of_service"]
    found = measured(_table(told), lines, {area: [area] for area in areas}, group, indicators, rule)
    assert len(found) == len(areas) * len(LINE)
    inside = found[found["area"].str.startswith("IQG04")]
    there = sorted(set(inside["area"]))
    for row in inside.to_dict("records"):
        expected = naive.measure(
            told, row["area"], row["svc"], there, group, parents, indicators, lambda code: _CHILD[code]
        )
        value = None if pd.isna(row["people_in_need"]) else row["people_in_need"]
        assert (row["indicator"], value) == expected
