"""The most important findings of the data, as sentences, each with the way to its page."""

from dataclasses import dataclass, field

import pandas as pd

from csomap.i18n import decimal, listing
from csomap.tables import taxonomy
from csomap.tables.places import level_of
from csomap.tables.query import SERVICE_LEVELS, Query
from csomap.ui import answers, names, need_cited
from csomap.ui.areas import asked_service
from csomap.ui.asked_once import asked_once
from csomap.ui.view import View

_NAMED = 10
_FALLBACK = "health"


@dataclass(frozen=True)
class Finding:
    """One sentence made from the data, the page that shows more, and the filters to open it with."""

    text: str
    page: str
    filters: dict[str, str] = field(default_factory=dict)


def findings(view: View, opened: Query) -> list[Finding]:
    """Return up to three findings for the filters of the view; `opened` is its query at opening levels."""
    return _findings(view, view.data.version, opened, view.lang, answers.said(view.data))


@asked_once
def _findings(_view: View, version: str, opened: Query, lang: str, said: str) -> list[Finding]:
    view = _view
    found = (_largest_overlap(view, opened), _nobody(view, opened), _regions(view))
    return [one for one in found if one]


def _largest_overlap(view: View, opened: Query) -> Finding | None:
    rows = answers.overlaps(view, opened)
    by_sector = opened.service_level == "sector"
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


def _nobody(view: View, opened: Query) -> Finding | None:
    """Name the areas that have reports, but none on the service; the whole sector first, then its topics."""
    coarse = asked_service(opened if opened.finest_service else opened.but(sector=_FALLBACK))
    level = "2" if opened.place and level_of(opened.place) != "3" else "1"
    finer = max(coarse.service_level, opened.service_level, key=SERVICE_LEVELS.index)
    for query in (coarse, coarse.but(service_level=finer)):
        rows = answers.coverage(view, query.but(area_level=level))
        gaps = rows[rows["status"] == "gap"]
        if len(gaps):
            worst = gaps.groupby("service")["pcode"].count().idxmax()
            return _gap_finding(view, gaps[gaps["service"] == worst], level)
    return None


def _gap_finding(view: View, gaps: pd.DataFrame, level: str) -> Finding:
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


def _regions(view: View) -> Finding | None:
    """Compare the regions with the most and the fewest organisations per person."""
    if view.query.place:
        return None
    query = asked_service(view.query if view.query.finest_service else view.query.but(sector=_FALLBACK))
    rows = answers.regions(view, query).dropna(subset=["organisations_per_100k"])
    indicator = rows["indicator"].iloc[0] if len(rows) else ""
    ranked = rows.sort_values("organisations_per_100k")
    if len(ranked) < 2 or not ranked["organisations_per_100k"].iloc[-1]:
        return None
    asked = query.finest_service
    cited = need_cited.figures(view, ranked, query.population, names.isolated)
    least, most = ranked.iloc[0], ranked.iloc[-1]
    text = view.t(
        f"overview.finding.regions_{indicator}",
        service=names.service(view, asked),
        high=names.place(view, most["region"]),
        low=names.place(view, least["region"]),
        high_value=decimal(most["organisations_per_100k"], view.lang),
        low_value=decimal(least["organisations_per_100k"], view.lang),
        figures=cited.get(indicator, ""),
    )
    return Finding(text, "gaps", {"part": "regions"} | _service_filter(asked))


def _service_filter(code: str) -> dict[str, str]:
    return {taxonomy.load("services").level(code): code} if code else {}
