"""What ends next by stated ends, and who stopped reporting."""

from functools import partial

import pandas as pd

from csomap import flow
from csomap.flow import names
from csomap.i18n import date
from csomap.reports import need_cited
from csomap.reports.document import Section
from csomap.reports.reading import Reading
from csomap.reports.worded import Words, worded
from csomap.settings import rules

_CELL = ("pcode", "service", "population_group")
_NEED = ("people_in_need", "indicator")
_COLUMNS = (*_CELL, *_NEED, "ends", "org_ids_leaving", "org_ids_staying", "candidates")
_STOPPED = tuple(name for name in _COLUMNS if name != "population_group")
_MOST = 15  # rows on pages and slides
_FIRST = 3  # candidates that are named; how many more there are is said


def ending(reading: Reading) -> Section:
    """Return what falls to zero by stated ends within the longest horizon (data/rules.yml)."""
    months = max(rules()["transitions"]["horizons"])
    ahead = reading.t("transition.months", n=months)
    rows = reading.coming_gaps[reading.coming_gaps["horizon_months"] == months]
    day = date(flow.day_asked(reading.data, reading.ending_asked), reading.lang)
    counted = _unmarked(reading.t("transition.counts", n=len(rows), months=ahead))
    unstated = _unstated(reading, day)
    nothing = "" if unstated else reading.t("transition.none", months=ahead)
    told = [unstated, counted if len(rows) else nothing]
    return Section(
        reading.t("reports.section.ending"),
        (reading.t("transition.meaning"), *filter(None, told), *_need(reading, rows), *_limits(reading)),
        _table(reading, rows, _COLUMNS),
        most=_MOST,
    )


def stopped(reading: Reading) -> Section:
    """Return who is no longer heard of without having stated an end: silence is not an end."""
    rows = reading.coming_gaps[reading.coming_gaps["kind"] == "stopped_reporting"]
    words = {
        "organisations": reading.t("transition.stopped.organisations", n=rows["org_ids_leaving"].nunique()),
        "places": reading.t("transition.stopped.places", n=rows["pcode"].nunique()),
    }
    counted = _unmarked(reading.t("transition.stopped.counts", **words))
    silence = reading.t("transition.limits.silence")
    told = (counted, silence) if len(rows) else (reading.t("transition.stopped.none"),)
    labels = {"ends": "transition.stopped.last", "org_ids_leaving": "transition.stopped.who"}
    table = _table(reading, rows, _STOPPED, {name: reading.t(key) for name, key in labels.items()})
    return Section(reading.t("reports.section.stopped"), (*told, *_need(reading, rows)), table, most=_MOST)


def _unmarked(text: str) -> str:
    """Return words of a page without what makes them bold there."""
    return text.replace("**", "")


def _unstated(reading: Reading, day: str) -> str:
    """Say where no report states an end, so that nobody can tell what ends next."""
    found = flow.find_endings(reading.data, reading.ending_asked)
    by_kind = found.groupby("kind")["activities"].sum()
    if not by_kind.sum():
        return reading.t("transition.nobody", day=day)
    unstated = int(by_kind["not_stated"])
    return reading.t("transition.no_ends", n=unstated, day=day) if unstated == by_kind.sum() else ""


def _limits(reading: Reading) -> list[str]:
    return [reading.t(f"transition.limits.{limit}") for limit in ("ends", "coarse", "candidates")]


def _need(reading: Reading, rows: pd.DataFrame) -> list[str]:
    """Say which figures of people the rows stand beside, with their sources and dates."""
    known = rows[rows["people_in_need"].notna()]
    if known.empty:
        return [reading.t("transition.list.no_need")] if len(rows) else []
    told = []
    for group, own in known.groupby("population_group"):
        for code, figures in need_cited.figures(reading, reading.data.needs, own, str(group)).items():
            named = reading.t(f"frame.indicator.{code}")
            told.append(reading.t("transition.list.cited", indicator=named, figures=figures))
    return [" ".join([reading.t("transition.list.ranked"), *dict.fromkeys(told)])]


def _table(
    reading: Reading, rows: pd.DataFrame, columns: tuple[str, ...], labels: dict[str, str] | None = None
) -> pd.DataFrame:
    known = bool(rows["people_in_need"].notna().any())
    shown = [name for name in columns if known or name not in _NEED]
    return worded(rows, shown, reading, _words(reading), labels)


def _words(reading: Reading) -> Words:
    listed = partial(names.organisations, reading)
    return {
        "org_ids_leaving": listed,
        "org_ids_staying": listed,
        "candidates": partial(_first, reading),
        "indicator": lambda code: reading.t(f"frame.indicator.{code or 'none'}"),
    }


def _first(reading: Reading, codes: str) -> str:
    ranked = [code for code in codes.split(";") if code]
    named = [names.organisation(reading, code) for code in ranked[:_FIRST]]
    more = [reading.t("transition.list.more", n=len(ranked) - _FIRST)] if len(ranked) > _FIRST else []
    return " > ".join([*named, *more])
