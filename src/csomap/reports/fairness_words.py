"""How evenly one service is spread, in plain words: regions side by side, Gini and Theil index."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pandas as pd

from csomap.flow import names
from csomap.flow.names import Reader
from csomap.i18n import clauses, decimal, listing, percent
from csomap.reports import coverage_words
from csomap.reports.coverage_words import SILENT
from csomap.tables import taxonomy
from csomap.tables.places import regions
from csomap.tables.query import Query

Shown = Callable[[str], str]
Named = Callable[[Iterable[str]], str]

_NOBODY = ("gap", "no_data", "unknown")
_TAKEN_AS_NONE = ("gap", "unknown")


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return COVERAGE by region in the order of geo/regions.csv, from north to south."""
    order = list(regions()["region"].unique())
    return rows.sort_values("region", key=lambda codes: codes.map(order.index), ignore_index=True)


def rates(view: Reader, rows: pd.DataFrame) -> str:
    """Return the organisations per 100,000 people of every region, one service of COVERAGE by region."""
    told = []
    for row in rows.to_dict("records"):
        rate = row["organisations_per_100k"]
        unsaid = row["status"] if row["status"] in SILENT else "no_value" if pd.isna(rate) else ""
        value = view.t(f"figure.status.{unsaid}") if unsaid else decimal(rate, view.lang)
        named = names.place(view, str(row["region"]))
        told.append(view.t("fairness.region", region=named, value=value))
    service, indicator = str(rows["service"].iloc[0]), str(rows["indicator"].iloc[0])
    counted = view.t(f"gap.need.indicator.{indicator}")
    return view.t(
        "fairness.regions",
        service=names.service(view, service),
        indicator=counted,
        regions=listing(told, view.lang),
    )


def made_of(view: Reader) -> str:
    """Say which governorates each region is made of, and that an organisation counts once in it."""
    parts = []
    for region, codes in regions().groupby("region")["pcode"]:
        named = listing([names.place(view, code) for code in codes], view.lang)
        parts.append(f"{names.place(view, str(region))}: {named}")
    return view.t("gap.regions.made_of", regions=clauses(parts, view.lang))


def national(query: Query, service: str) -> Query:
    """Return the query for one service over all governorates."""
    level = taxonomy.load("services").level(service)
    nothing = dict.fromkeys(("place", "sector", "topic", "service"), "")
    return query.but(**{**nothing, level: service}, service_level=level, area_level="1")


def sentences(view: Reader, row: "pd.Series[Any]", covered: pd.DataFrame, shown: Shown = str) -> list[str]:
    """Return what EQUITY says of one service, and where nobody reports it (COVERAGE), a sentence each.

    `shown` makes a name ready for where it is written.
    """
    named = partial(_listed, view, shown)
    return [
        *_index(view, row, covered),
        *_compared(view, row, covered, named),
        *_nobody(view, row, covered, named),
    ]


def _index(view: Reader, row: "pd.Series[Any]", covered: pd.DataFrame) -> list[str]:
    service = names.service(view, row["service"])
    if not row["areas"]:
        return [view.t("fairness.no_need", service=service)]
    if pd.isna(row["gini"]):
        return [view.t(f"fairness.{_why_not(row, covered)}", service=service)]
    index = {name: decimal(row[name], view.lang) for name in ("gini", "gini_low", "gini_high")}
    key = "gini" if pd.notna(row["gini_low"]) else "gini_one"
    told = view.t(f"fairness.{key}", service=service, organisations=int(row["organisations"]), **index)
    share = row["theil_between"] / row["theil"] if row["theil"] else 0.0
    index = {name: decimal(row[name], view.lang) for name in ("theil", "theil_between")}
    return [told, view.t("fairness.theil", share=percent(share, view.lang), **index)]


def _why_not(row: "pd.Series[Any]", covered: pd.DataFrame) -> str:
    """Say why there is no index: nobody is present, only where no people are known, or one area is known."""
    if not covered["org_months"].sum():
        return "silent"
    return "elsewhere" if row["areas"] > 1 else "one_area"


def _compared(view: Reader, row: "pd.Series[Any]", covered: pd.DataFrame, named: Named) -> list[str]:
    """Say how many governorates are compared, and name those without a figure of people."""
    left_out = covered.loc[~_has_need(covered), "pcode"]
    if not row["areas"]:
        return []
    told = [view.t("fairness.compared", n=row["areas"], of=len(covered))]
    if len(left_out):
        told.append(view.t("fairness.left_out", places=named(left_out)))
    return [" ".join(told)]


def _has_need(covered: pd.DataFrame) -> "pd.Series[bool]":
    return covered["people_in_need"] > 0


def _listed(view: Reader, shown: Shown, codes: Iterable[str]) -> str:
    return coverage_words.places(view, codes, shown)


def _nobody(view: Reader, row: "pd.Series[Any]", covered: pd.DataFrame, named: Named) -> list[str]:
    service = names.service(view, row["service"])
    without = "" if pd.isna(row["gini_told"]) else decimal(row["gini_told"], view.lang)
    told = []
    for status in _NOBODY:
        there = covered["status"] == status
        codes = list(covered.loc[there, "pcode"])
        if codes:
            words = {"places": named(codes), "n": len(codes), "service": service}
            said = [view.t(f"fairness.nobody.{status}", **words)]
            if status in _TAKEN_AS_NONE and pd.notna(row["gini"]):
                said += _counted(view, status, covered[there], named)
            told.append(" ".join(said))
    if row["silent"] and without:
        told.append(view.t("fairness.told", gini=without))
    return told


def _counted(view: Reader, status: str, rows: pd.DataFrame, named: Named) -> list[str]:
    """Say which of these governorates count as no presence: those whose people in need are known."""
    known = _has_need(rows)
    if not known.any():
        return []
    if known.all():
        return [view.t(f"fairness.counted.{status}")]
    return [view.t(f"fairness.counted_some.{status}", places=named(rows.loc[known, "pcode"]))]
