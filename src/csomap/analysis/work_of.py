"""What each organisation does: services, governorates, months, and who gives the same beside it."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from csomap.tables import organisation_schemas, schemas
from csomap.tables.query import PCODE_LENGTH

_GOVERNORATE = PCODE_LENGTH["1"]


def directory_of(active: pd.DataFrame, undecided: pd.DataFrame) -> pd.DataFrame:
    """Return DIRECTORY: a row for each organisation of some activities, in the order of their ids.

    active: ACTIVITIES columns, periods clipped to the window; undecided: overlap_id, org_a, org_b of the
    pairs that wait for a verdict. months counts calendar months, and only of activities with both dates.
    """
    placed = active.assign(governorate=active["pcode"].str[:_GOVERNORATE])
    grouped = active.groupby("organisation")
    found = grouped.agg(
        type=("organisation_type", "first"),
        activities=("activity_id", "nunique"),
        start=("start", "min"),
        end=("end", "max"),
    )
    joined = {"services": listed(active, "service"), "governorates": listed(placed, "governorate")}
    told = found.join(pd.DataFrame(joined)).fillna(dict.fromkeys(joined, ""))
    counts = {"months": _months(active), "overlaps_undecided": _waiting(undecided)}
    whole = told.assign(**{name: count.reindex(told.index).fillna(0) for name, count in counts.items()})
    return schemas.valid(organisation_schemas.DIRECTORY, whole.rename_axis("org_id").reset_index())


def listed(rows: pd.DataFrame, column: str) -> "pd.Series[str]":
    """Return the codes of a column by organisation: sorted, distinct, joined by ;."""
    known = rows.loc[rows[column] != "", ["organisation", column]].drop_duplicates()
    return known.sort_values(column).groupby("organisation")[column].agg(";".join)


def _months(active: pd.DataFrame) -> "pd.Series[int]":
    dated = active.dropna(subset=["start", "end"])
    periods = pd.DataFrame(
        {
            "organisation": dated["organisation"],
            **{name: dated[name].dt.year * 12 + dated[name].dt.month for name in ("start", "end")},
        }
    ).drop_duplicates()
    months = [range(first, last + 1) for first, last in _pairs(periods["start"], periods["end"])]
    each = periods.assign(month=pd.Series(months, periods.index, dtype=object))
    return each.explode("month").groupby("organisation")["month"].nunique()


def _waiting(undecided: pd.DataFrame) -> "pd.Series[int]":
    both = pd.concat(
        [undecided[["overlap_id", side]].rename(columns={side: "org_id"}) for side in ("org_a", "org_b")]
    )
    return both.groupby("org_id")["overlap_id"].nunique()


def same_service(
    placed: pd.DataFrame, org_id: str, neighbours: Callable[[str], Iterable[str]]
) -> pd.DataFrame:
    """Return SAME_SERVICE of an organisation, those with most in common first.

    placed: organisation, service (at the level of the question), governorate, each known; neighbours: the
    governorates that share a border with one.
    """
    own = placed[placed["organisation"] == org_id]
    others = placed[placed["organisation"] != org_id].drop_duplicates()
    at = set(_pairs(own["service"], own["governorate"]))
    near = {(service, code) for service, place in at for code in neighbours(place)} - at
    told = pd.Series(list(_pairs(others["service"], others["governorate"])), others.index, dtype=object)
    found = others.assign(here=told.isin(at), beside=told.isin(near))
    found = found[found["here"] | found["beside"]]
    places = {name: listed(found[found[name]], "governorate") for name in ("here", "beside")}
    rows = pd.DataFrame({"services": listed(found, "service"), **places}).fillna("")
    common = found.groupby("organisation")["here"].agg(["sum", "size"])
    order = common.assign(org_id=common.index).sort_values(
        ["sum", "size", "org_id"], ascending=[False, False, True]
    )
    ranked = rows.reindex(order.index).rename_axis("org_id").reset_index()
    return schemas.valid(organisation_schemas.SAME_SERVICE, ranked)


def _pairs(one: "pd.Series[Any]", other: "pd.Series[Any]") -> Iterable[tuple[Any, Any]]:
    return zip(one, other, strict=True)
