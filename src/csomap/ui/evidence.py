"""Why a row is among the overlaps: plain sentences made from its own record, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from csomap.i18n import date, listing
from csomap.tables.query import Query
from csomap.ui import names
from csomap.ui.view import View
from csomap.ui.wording import quoted

_NAMED = 6


@dataclass(frozen=True)
class Record:
    """One row of OVERLAPS with the ACTIVITIES and PAIRS behind it, and the query that found it."""

    overlap: "pd.Series[Any]"
    activities: pd.DataFrame
    pairs: pd.DataFrame
    query: Query

    @property
    def by_sector(self) -> bool:
        return self.query.service_level == "sector"


def lines(view: View, record: Record) -> list[str]:
    """Return the sentences on service, place, people, time, site, funder, function and coordination."""
    parts = (_service, _place, _people, _time, _site, _funder, _function, _coordination)
    return [sentence for part in parts for sentence in part(view, record)]


def listed(view: View, words: list[str]) -> str:
    """Return at most six words as one list, and how many more there are."""
    more = len(words) - _NAMED
    shown = [*words[:_NAMED], view.t("overlap.evidence.more", n=more)] if more > 0 else words
    return listing(shown, view.lang)


def _service(view: View, record: Record) -> Iterator[str]:
    own, told = record.overlap["service"], record.activities["service"]
    service = names.service(view, own)
    if record.by_sector:
        vague = int((told == own).sum())
        yield view.t("overlap.evidence.sector", service=service)
        key = "sector_unknown" if vague else "sector_known"
        yield view.t(f"overlap.evidence.{key}", n=vague, total=len(told))
    elif set(told) == {own}:
        yield view.t("overlap.evidence.service", service=service)
    else:
        named = listed(view, sorted(names.service(view, code) for code in set(told)))
        yield view.t("overlap.evidence.service_told", service=service, told=named)


def _place(view: View, record: Record) -> Iterator[str]:
    own, told = record.overlap["pcode"], record.activities["pcode"]
    area = {
        "place": _named_place(view, own),
        "level": view.t(f"overlap.area_level.{record.query.area_level}"),
    }
    inside = sorted(set(told) - {own.split("|")[0]})
    if not inside:
        yield view.t("overlap.evidence.place", **area)
        return
    key = "place_partly" if (told == own).any() else "place_told"
    named = listed(view, sorted(quoted(names.place(view, code)) for code in inside))
    yield view.t(f"overlap.evidence.{key}", n=len(inside), told=named, **area)


def _named_place(view: View, pcode: str) -> str:
    return quoted(names.place(view, pcode))


def _people(view: View, record: Record) -> Iterator[str]:
    group, trait = record.overlap["population_group"], record.overlap["characteristic"]
    yield view.t("overlap.evidence.group", group=names.group(view, group))
    if trait:
        yield view.t("overlap.evidence.characteristic", characteristic=names.characteristic(view, trait))
    else:
        yield view.t("overlap.evidence.characteristic_none")


def _time(view: View, record: Record) -> Iterator[str]:
    row, told = record.overlap, record.activities
    start, end = date(row["start"], view.lang), date(row["end"], view.lang)
    yield view.t("overlap.evidence.time", n=int(row["days"]), start=start, end=end)
    open_ended = int((~told["end_is_stated"].astype(bool)).sum())
    if open_ended:
        yield view.t("overlap.evidence.end_reported", n=open_ended, total=len(told))


def _site(view: View, record: Record) -> Iterator[str]:
    answer, told = record.overlap["same_site"], record.activities
    if answer == "unknown":
        silent = int((told["site_key"] == "").sum())
        yield view.t("overlap.evidence.site_unknown", n=silent, total=len(told))
        return
    shared = record.pairs.loc[record.pairs["same_site"] == "yes", "activity_a"]
    sites = sorted(set(told.loc[told["activity_id"].isin(shared), "site"]))
    yield view.t(f"overlap.evidence.site.{answer}", sites=listed(view, [quoted(site) for site in sites]))


def _funder(view: View, record: Record) -> Iterator[str]:
    answer, told = record.overlap["same_funder"], record.activities
    if answer == "unknown":
        silent = int((told["funder"] == "").sum())
        yield view.t("overlap.evidence.funder_unknown", n=silent, total=len(told))
        return
    shared = sorted(quoted(names.organisation(view, code)) for code in _shared_funders(record))
    yield view.t(f"overlap.evidence.funder.{answer}", funders=listed(view, shared))


def _shared_funders(record: Record) -> set[str]:
    funders = record.activities.set_index("activity_id")["funder"].str.split(";").map(set)
    both = zip(record.pairs["activity_a"], record.pairs["activity_b"], strict=True)
    return {code for one, two in both for code in funders[one] & funders[two] if code}


def _function(view: View, record: Record) -> Iterator[str]:
    told = record.activities["function"]
    silent = int((told == "").sum())
    named = listed(view, sorted({names.function(view, code) for code in told if code}))
    key = "function_none" if silent == len(told) else "function_partly" if silent else "function"
    yield view.t(f"overlap.evidence.{key}", function=named, n=silent, total=len(told))


def _coordination(view: View, record: Record) -> Iterator[str]:
    for kind in ("joint", "chain"):
        count = int((record.pairs["kind"] == kind).sum())
        if count:
            yield view.t(f"overlap.evidence.{kind}", n=count)
