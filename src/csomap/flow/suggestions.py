"""What the organisations of an overlap could do about it, filled in with places, people and steps."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from csomap import geo
from csomap.analysis import suggestions as known
from csomap.flow.evidence import Evidence
from csomap.flow.live import Data
from csomap.flow.questions import find_coverage
from csomap.settings import rules
from csomap.tables import schemas, taxonomy
from csomap.tables.known import newest_month
from csomap.tables.places import level_of, places
from csomap.tables.query import PCODE_LENGTH, Query
from csomap.tables.visibility import is_sensitive


@dataclass(frozen=True)
class _Cell:
    """Of what is spoken: `pcode` is the governorate where the work is `hidden`."""

    service: str
    group: str
    characteristic: str
    pcode: str
    hidden: bool
    answers: dict[str, str]


def suggestions(data: Data, query: Query, overlap: "pd.Series[Any]", evidence: Evidence) -> pd.DataFrame:
    """Return what each two organisations of one row of OVERLAPS could do, best first.

    Returns SUGGESTIONS (km in km, people_in_need in persons), for pairs of kind overlap with a cause; what
    comes first follows cause and evidence (rules.yml). The gap that is named is the nearest one of the same
    service for the same people, in the window of the query. Nothing at sector level, where nobody knows that
    the work is the same. Sensitive work is told no finer than the governorate.
    """
    pairs = evidence.of(overlap["overlap_id"]).pairs
    asking = pairs[(pairs["kind"] == "overlap") & (pairs["cause"] != "")]
    if taxonomy.load("services").level(overlap["service"]) == "sector" or asking.empty:
        return schemas.none(schemas.SUGGESTIONS)
    cell = _cell(data, overlap)
    wanted = [
        known.ordered(pair["cause"], _answers(pair, evidence) | cell.answers) for _, pair in asking.iterrows()
    ]
    gap = _nearest_gap(data, query, cell) if any("move" in each for each in wanted) else None
    rows = [
        row
        for codes, (_, pair) in zip(wanted, asking.iterrows(), strict=True)
        for row in _of_pair(codes, pair, cell, gap, data)
    ]
    return schemas.valid(schemas.SUGGESTIONS, pd.DataFrame(rows))


def _cell(data: Data, overlap: "pd.Series[Any]") -> _Cell:
    ids = overlap["activity_ids"].split(";")
    members = data.activities[data.activities["activity_id"].isin(ids)]
    told = pd.concat([members, overlap.to_frame().T])[["service", "characteristic"]]
    hidden = bool(is_sensitive(told).any())
    return _Cell(
        overlap["service"],
        overlap["population_group"],
        overlap["characteristic"],
        overlap["pcode"][: PCODE_LENGTH["1"]] if hidden else overlap["pcode"],
        hidden,
        {
            "camp": "yes" if overlap["population_group"] == "idp_camp" else "no",
            "run": "over" if _is_over(data, overlap["end"]) else "on",
        },
    )


def _is_over(data: Data, end: pd.Timestamp) -> bool:
    newest = newest_month(data.reports, data.as_of)
    months = rules()["suggestions"]["over_months"]
    return newest is not None and end < pd.Timestamp(newest) - pd.DateOffset(months=months)


def _answers(pair: "pd.Series[Any]", evidence: Evidence) -> dict[str, str]:
    """Return the answer of each reason between two organisations."""
    rows = evidence.reasons
    own = rows[(rows[["overlap_id", "org_a", "org_b"]] == pair[["overlap_id", "org_a", "org_b"]]).all(axis=1)]
    return dict(zip(own["reason"], own["answer"], strict=True))


def _of_pair(
    codes: list[str], pair: "pd.Series[Any]", cell: _Cell, gap: dict[str, Any] | None, data: Data
) -> list[dict[str, Any]]:
    filled = {code: gap if code == "move" else _filled(code, pair, cell, data) for code in codes}
    told = [(code, row) for code, row in filled.items() if row is not None]
    same = {"org_a": pair["org_a"], "org_b": pair["org_b"], "service": cell.service, "pcode": cell.pcode}
    empty = {"km": None, "people_in_need": None, "indicator": "", "other": ""}
    return [
        {**same, **empty, "rank": rank, "suggestion": code, **row}
        for rank, (code, row) in enumerate(told, start=1)
    ]


def _filled(code: str, pair: "pd.Series[Any]", cell: _Cell, data: Data) -> dict[str, Any] | None:
    """Return what the data says to a suggestion; None where it says too little for it."""
    makers = {
        "call": lambda: known.roles(cell.service, cell.group),
        "divide_area": lambda: [] if cell.hidden else known.sub_areas(cell.pcode),
        "divide_group": lambda: known.sub_groups(cell.service, cell.group, cell.characteristic),
        "phases": lambda: _phases(pair, cell.service, data),
    }
    if code == "report_once":
        return {"other": "name" if pair["cause_reason"] == "name" else ""}
    if code not in makers:
        return {}
    other = makers[code]()
    return {"other": ";".join(other)} if other else None


def _phases(pair: "pd.Series[Any]", service: str, data: Data) -> list[str]:
    own = data.activities.set_index("activity_id")["service"]
    told = {pair[f"org_{side}"]: own.get(pair[f"activity_{side}"], "") for side in ("a", "b")}
    steps = known.steps(service)
    taken = known.taken(steps, told)
    return [f"{step}={taken[step]}" if step in taken else step for step in steps]


def _nearest_gap(data: Data, query: Query, cell: _Cell) -> dict[str, Any] | None:
    """Return the nearest area where no report could be the service for these people; None without one.

    Where it is known that none of these people are is no such area.
    """
    if newest_month(data.reports, data.as_of) is None:
        return None
    here = cell.pcode.partition("|")[0]
    depth = taxonomy.load("services").level(cell.service)
    asked = Query(population=cell.group, start=query.start, end=query.end, area_level=level_of(here))
    found = find_coverage(data, asked.but(service_level=depth, **{depth: cell.service}))
    gaps = found[(found["status"] == "gap") & ~(found["people_in_need"] == 0)]
    if gaps.empty:
        return None
    point = places().set_index("pcode")[["lon", "lat"]]
    own, there = point.loc[[here] * len(gaps)], point.loc[gaps["pcode"]]
    km = geo.distance_km(own["lon"], own["lat"], there["lon"], there["lat"])
    nearest = gaps.assign(km=km).sort_values(["km", "pcode"]).iloc[0]
    return {name: nearest[name] for name in ("pcode", "km", "people_in_need", "indicator")}
