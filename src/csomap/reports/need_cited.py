"""The sources and days of the figures of people that rows are measured against, in words."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from csomap.analysis.needs import cited
from csomap.analysis.questions import need_sources
from csomap.flow import names
from csomap.flow.names import Reader, isolated
from csomap.i18n import date, listing
from csomap.tables.places import regions
from csomap.tables.query import Query

Written = Callable[[str], str]


def used(needs: pd.DataFrame, cells: pd.DataFrame, population: str, *, is_region: bool) -> pd.DataFrame:
    """Return the sources of the figures of some cells (see `cells_of`) with their first and last day."""
    return need_sources(needs, cells, population, regions() if is_region else None)


def cells_of(rows: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Return pcode, service of rows, and whether their areas are regions."""
    is_region = "region" in rows and "pcode" not in rows
    return rows.rename(columns={"region": "pcode"} if is_region else {})[["pcode", "service"]], is_region


def worded(view: Reader, told: pd.DataFrame, written: Written = isolated) -> dict[str, str]:
    """Return for each indicator the sources with their days, oldest first; `written` makes the name of a
    source fit for where it stands."""
    words = told.assign(words=[_words(view, row, written) for row in told.to_dict("records")])
    by_indicator = words.groupby("indicator")["words"]
    return {str(code): listing(list(each), view.lang) for code, each in by_indicator}


def figures(view: Reader, needs: pd.DataFrame, rows: pd.DataFrame, population: str) -> dict[str, str]:
    """Return the sources in words by indicator (`worded`) of rows with a known figure."""
    cells, is_region = cells_of(rows)
    return worded(view, used(needs, cells, population, is_region=is_region))


def sentence(
    view: Reader, needs: pd.DataFrame, rows: pd.DataFrame, figures: Mapping[str, str], query: Query
) -> str:
    """Return which figure of people rows of COVERAGE are measured against, or why there is none.

    figures: the sources in words by indicator (`worded`) of the rows with a known figure.
    """
    told = [
        view.t("gap.need.cited", indicator=view.t(f"gap.need.indicator.{code}"), figures=words)
        for code, words in figures.items()
    ]
    if told:
        return " ".join(told)
    published = any(cited(needs, code)[0] for code in rows["indicator"].unique())
    if not published:
        return view.t("gap.need.unknown")
    return view.t("gap.need.level", area=view.t(f"overlap.area_level.{query.area_level}"))


def _words(view: Reader, row: Mapping[Any, Any], written: Written) -> str:
    first, last = (date(row[name].date(), view.lang) for name in ("first", "last"))
    key = "needs.cited.day" if first == last else "needs.cited.days"
    return view.t(key, source=written(names.source(view, str(row["source"]))), first=first, last=last)
