"""The most important findings of the data, as sentences, each with the way to its page."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from csomap.flow import names
from csomap.flow.names import Reader
from csomap.i18n import decimal, listing
from csomap.reports import need_cited
from csomap.reports.areas import FALLBACK, asked_service
from csomap.tables import taxonomy
from csomap.tables.places import level_of
from csomap.tables.query import SERVICE_LEVELS, Query

_NAMED = 10


@dataclass(frozen=True)
class Finding:
    """One sentence made from the data, the page that shows more, and the filters to open it with."""

    text: str
    page: str
    filters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What is asked, and where the figures come from: pages remember them, a report works them out.

    query: the filters; opened: the same at the levels at which pages open; overlaps: OVERLAPS of `opened` as
    `flow.marked` gives them, most organisations first; coverage, regions: make COVERAGE of a query, by area
    and by region; needs: figures of need.
    """

    query: Query
    opened: Query
    overlaps: pd.DataFrame
    coverage: Callable[[Query], pd.DataFrame]
    regions: Callable[[Query], pd.DataFrame]
    needs: pd.DataFrame


def findings(view: Reader, asked: Asked) -> list[Finding]:
    """Return up to three findings for the filters."""
    found = (_largest_overlap(view, asked), _nobody(view, asked), _regions(view, asked))
    return [one for one in found if one]


def _largest_overlap(view: Reader, asked: Asked) -> Finding | None:
    rows, by_sector = asked.overlaps, asked.opened.service_level == "sector"
    waiting = rows if by_sector else rows[rows["is_open"]]
    if waiting.empty:
        return None
    row = waiting.iloc[0]
    kind = "same_sector" if by_sector else "overlap"
    text = view.t(
        f"overview.finding.{kind}",
        n=int(row["org_count"]),
        service=names.service(view, row["service"]),
        group=names.group(view, row["population_group"]),
        place=names.place_within(view, row["pcode"].split("|")[0]),
        period=names.months(view, row["start"], row["end"]),
    )
    there = {"population": row["population_group"], "place": row["pcode"].split("|")[0]}
    return Finding(text, "overlaps", there | _service_filter(row["service"]))


def _nobody(view: Reader, asked: Asked) -> Finding | None:
    """Name the areas that have reports, but none on the service; the whole sector first, then its topics."""
    opened = asked.opened
    coarse = asked_service(opened if opened.finest_service else opened.but(sector=FALLBACK))
    level = "2" if opened.place and level_of(opened.place) != "3" else "1"
    finer = max(coarse.service_level, opened.service_level, key=SERVICE_LEVELS.index)
    for query in (coarse, coarse.but(service_level=finer)):
        rows = asked.coverage(query.but(area_level=level))
        gaps = rows[rows["status"] == "gap"]
        if len(gaps):
            worst = gaps.groupby("service")["pcode"].count().idxmax()
            return _gap_finding(view, gaps[gaps["service"] == worst], level)
    return None


def _gap_finding(view: Reader, gaps: pd.DataFrame, level: str) -> Finding:
    service, named = gaps["service"].iloc[0], sorted(names.place(view, code) for code in gaps["pcode"])
    if len(named) > _NAMED:
        named = [*named[:_NAMED], view.t("overview.finding.more", n=len(named) - _NAMED)]
    text = view.t(
        f"overview.finding.nobody_{level}",
        n=len(gaps),
        service=names.service(view, service),
        places=listing(named, view.lang),
    )
    return Finding(text, "gaps", _service_filter(service))


def _regions(view: Reader, asked: Asked) -> Finding | None:
    """Compare the regions with the most and the fewest organisations per person."""
    if asked.query.place:
        return None
    query = asked_service(asked.query if asked.query.finest_service else asked.query.but(sector=FALLBACK))
    rows = asked.regions(query).dropna(subset=["organisations_per_100k"])
    indicator = rows["indicator"].iloc[0] if len(rows) else ""
    ranked = rows.sort_values("organisations_per_100k")
    if len(ranked) < 2 or not ranked["organisations_per_100k"].iloc[-1]:
        return None
    service = query.finest_service
    cited = need_cited.figures(view, asked.needs, ranked, query.population)
    least, most = ranked.iloc[0], ranked.iloc[-1]
    text = view.t(
        f"overview.finding.regions_{indicator}",
        service=names.service(view, service),
        high=names.place(view, most["region"]),
        low=names.place(view, least["region"]),
        high_value=decimal(most["organisations_per_100k"], view.lang),
        low_value=decimal(least["organisations_per_100k"], view.lang),
        figures=cited.get(indicator, ""),
    )
    return Finding(text, "gaps", {"part": "regions"} | _service_filter(service))


def _service_filter(code: str) -> dict[str, str]:
    return {taxonomy.load("services").level(code): code} if code else {}
