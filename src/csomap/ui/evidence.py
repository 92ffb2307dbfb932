"""Why a row is among the overlaps, in plain sentences: those of the record of two organisations, and, where
only the sector is known and nothing can be compared, what all of a row have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from csomap.i18n import date, listing
from csomap.reports.evidence_words import sentences
from csomap.tables.query import Query
from csomap.ui import names, overlap_map, overlap_timeline, overlap_who
from csomap.ui.view import View
from csomap.ui.wording import quoted

__all__ = ["Members", "Record", "lines", "listed", "sentences", "times"]

_NAMED = 6


@dataclass(frozen=True)
class Members:
    """The ACTIVITIES behind a row of OVERLAPS, and what they come down to, each worked out once."""

    activities: pd.DataFrame
    directory: pd.DataFrame

    @cached_property
    def periods(self) -> pd.DataFrame:
        return overlap_timeline.periods(self.activities)

    @cached_property
    def spots(self) -> pd.DataFrame:
        return overlap_map.spots(self.activities)

    @cached_property
    def organisations(self) -> pd.DataFrame:
        return overlap_who.organisations(self.activities, self.directory)


@dataclass(frozen=True)
class Record:
    """One row of OVERLAPS with the ACTIVITIES behind it, and the query that found it."""

    overlap: "pd.Series[Any]"
    members: Members
    query: Query

    @property
    def activities(self) -> pd.DataFrame:
        return self.members.activities

    @property
    def by_sector(self) -> bool:
        return self.query.service_level == "sector"


def lines(view: View, record: Record) -> list[str]:
    """Return the sentences on sector, place and people of a row of which nobody knows the service."""
    parts = (_sector, _place, _people)
    return [sentence for part in parts for sentence in part(view, record)]


def times(view: View, record: Record) -> list[str]:
    """Return the sentences on the days of a row, and on the ends that nobody stated."""
    row, told = record.overlap, record.activities
    start, end = date(row["start"], view.lang), date(row["end"], view.lang)
    days = [view.t("overlap.evidence.time", n=int(row["days"]), start=start, end=end)]
    open_ended = int((~told["end_is_stated"].astype(bool)).sum())
    if open_ended:
        days.append(view.t("overlap.evidence.end_reported", n=open_ended, total=len(told)))
    return days


def listed(view: View, words: list[str]) -> str:
    """Return at most six words as one list, and how many more there are."""
    more = len(words) - _NAMED
    shown = [*words[:_NAMED], view.t("overlap.evidence.more", n=more)] if more > 0 else words
    return listing(shown, view.lang)


def _sector(view: View, record: Record) -> Iterator[str]:
    own, told = record.overlap["service"], record.activities["service"]
    vague = int((told == own).sum())
    yield view.t("overlap.evidence.sector", service=names.service(view, own))
    key = "sector_unknown" if vague else "sector_known"
    yield view.t(f"overlap.evidence.{key}", n=vague, total=len(told))


def _place(view: View, record: Record) -> Iterator[str]:
    own, told = record.overlap["pcode"], record.activities["pcode"]
    area = {
        "place": quoted(names.place(view, own)),
        "level": view.t(f"overlap.area_level.{record.query.area_level}"),
    }
    inside = sorted(set(told) - {own.split("|")[0]})
    if not inside:
        yield view.t("overlap.evidence.place", **area)
        return
    key = "place_partly" if (told == own).any() else "place_told"
    named = listed(view, sorted(quoted(names.place(view, code)) for code in inside))
    yield view.t(f"overlap.evidence.{key}", n=len(inside), told=named, **area)


def _people(view: View, record: Record) -> Iterator[str]:
    group, trait = record.overlap["population_group"], record.overlap["characteristic"]
    yield view.t("overlap.evidence.group", group=names.group(view, group))
    if trait:
        yield view.t("overlap.evidence.characteristic", characteristic=names.characteristic(view, trait))
    else:
        yield view.t("overlap.evidence.characteristic_none")
