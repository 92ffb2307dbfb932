"""How evenly presence is spread over the people in need: inequality of each service, and its curve."""

from functools import partial

import numpy as np
import pandas as pd

from csomap.analysis import equity, presence
from csomap.analysis.org_months import org_months, told_areas
from csomap.analysis.questions import asked_services, finest
from csomap.engine import run
from csomap.errors import BadInput
from csomap.flow.live import Data
from csomap.flow.questions import find_coverage, window
from csomap.settings import rules
from csomap.tables import fairness_schemas, schemas
from csomap.tables.places import regions
from csomap.tables.query import Query

_COUNTED = ("organisation", "service", "pcode", "first", "last", "meant", "group_at")


def find_inequality(data: Data, query: Query, covered: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return EQUITY: a row for each service of the query, compared over all governorates.

    Gini with its bootstrap interval over organisations (`rules.yml`, fairness), Gini without the silent
    governorates, Theil between and within regions: see `analysis.equity`. Governorates without a known
    number of people in need are left out. covered: COVERAGE of the query over the governorates, where it is
    at hand. Raises BadInput for a query with a place, as `find_regions`.
    """
    asked = _national(data, query)
    rows = find_coverage(data, asked) if covered is None else covered
    months, told = _present(data, asked)
    by_service = dict(list(months.groupby("svc")))
    found = [
        _row(str(service), own, by_service.get(service, months.head(0)), told)
        for service, own in rows.groupby("service")
    ]
    columns = schemas.columns(fairness_schemas.EQUITY)
    return schemas.valid(fairness_schemas.EQUITY, pd.DataFrame(found, columns=columns))


def find_lorenz(data: Data, query: Query, service: str, lang: str = "en") -> pd.DataFrame:
    """Return LORENZ of one service of the query: its governorates, least presence per person first.

    Empty where nobody is present or no number of people is known. Raises BadInput as `find_inequality`.
    """
    covered = find_coverage(data, _national(data, query), lang)
    return lorenz_of(covered[covered["service"] == service])


def lorenz_of(covered: pd.DataFrame) -> pd.DataFrame:
    """Return LORENZ of COVERAGE rows of one service over the governorates."""
    rows = _compared(covered)
    if rows.empty or not rows["org_months"].sum():
        return schemas.none(fairness_schemas.LORENZ)
    need, present = rows["people_in_need"].to_numpy(), rows["org_months"].to_numpy()
    people, told = equity.lorenz(present, need)
    region = regions().set_index("pcode")["region"]
    ordered = rows.iloc[equity.order(present, need)].reset_index(drop=True)
    curve = ordered.assign(
        region=ordered["pcode"].map(region).fillna(""),
        org_months_per_100k=ordered["org_months"] / ordered["people_in_need"] * 100_000,
        people_share=people[1:],
        presence_share=told[1:],
    )
    return schemas.valid(fairness_schemas.LORENZ, curve)


def _national(data: Data, query: Query) -> Query:
    if query.place:
        raise BadInput("inequality_place")
    return finest(window(data, query.checked())).but(area_level="1")


def _present(data: Data, query: Query) -> tuple[pd.DataFrame, set[str]]:
    """Return svc, area, organisation, months; and the areas that some report touches."""
    seen = run(
        lambda activities, **asked: presence.asked(activities, **asked).select(*_COUNTED),
        memo="who counts",
        activities=data.activities,
        **presence.values(query),
    )
    months = run(
        partial(org_months, area_level=query.area_level),
        memo=("org_months", query.area_level),
        window=seen,
        services=asked_services(query)[["service", "svc", "svc_at"]],
    )
    told = run(
        partial(told_areas, area_level=query.area_level),
        memo=("told", query.area_level),
        window=seen[["pcode"]],
    )
    return months, set(told["area"])


def _compared(covered: pd.DataFrame) -> pd.DataFrame:
    return covered[covered["people_in_need"] > 0].reset_index(drop=True)


def _row(service: str, covered: pd.DataFrame, months: pd.DataFrame, told: set[str]) -> dict[str, object]:
    rows = _compared(covered)
    by_org = months.pivot_table(index="organisation", columns="area", values="months")
    there = by_org.reindex(columns=rows["pcode"]).dropna(how="all").fillna(0)
    is_told = rows["pcode"].isin(told)
    return {
        "service": service,
        "indicator": str(covered["indicator"].iloc[0]),
        "areas": len(rows),
        "silent": int((~is_told).sum()),
        "unknown": int((rows["status"] == "unknown").sum()),
        "organisations": len(there),
        "org_months": int(rows["org_months"].sum()),
        **_indices(rows, there, is_told),
    }


def _indices(rows: pd.DataFrame, there: pd.DataFrame, is_told: "pd.Series[bool]") -> dict[str, float]:
    """Return the indices of EQUITY; all missing where there is nothing to compare."""
    need, told = rows["people_in_need"].to_numpy(), rows["org_months"].to_numpy()
    if len(rows) < 2 or not told.sum():
        return {}
    rule, region = rules()["fairness"], rows["pcode"].map(regions().set_index("pcode")["region"])
    low, high = equity.bootstrap(there.to_numpy(), need, rule["draws"], rule["seed"])
    total, between, within = equity.theil(told, need, list(region.fillna("")))
    heard = is_told.to_numpy()
    return {
        "gini": equity.gini(told, need),
        "gini_low": low,
        "gini_high": high,
        "gini_told": equity.gini(told[heard], need[heard]) if heard.sum() > 1 else np.nan,
        "theil": total,
        "theil_between": between,
        "theil_within": within,
    }
