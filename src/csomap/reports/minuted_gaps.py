"""The gaps of a meeting's area and what ends there next, as tables of words; the page shows the same rows."""

from typing import Any

import pandas as pd

from csomap.flow import (
    Data,
    analyse,
    biggest_gaps,
    coming_query,
    find_coming_gaps,
    gap_query,
    names,
    next_endings,
    silent_areas,
    window,
)
from csomap.flow.names import Reader
from csomap.i18n import date
from csomap.reports import need_cited
from csomap.reports.document import Section
from csomap.tables.query import Query


def sections(view: Reader, data: Data, query: Query) -> tuple[Section, Section]:
    """Return the biggest gaps and the coming ones of a query. Raises BadInput if no report has a date."""
    at = gap_query(data, window(data, query))
    ranked = analyse(data, "gaps", at, view.lang)
    ahead = coming_query(data, query).but(start=None, end=None)
    return _gaps(view, data, at, ranked), _coming(view, find_coming_gaps(data, ahead))


def _gaps(view: Reader, data: Data, query: Query, ranked: pd.DataFrame) -> Section:
    told = biggest_gaps(ranked)
    known = told[told["people_in_need"].notna()]
    figures = need_cited.figures(view, data.needs, known, query.population)
    cited = need_cited.sentence(view, data.needs, told, figures, query)
    text = [gaps_told(view, told), *([cited] if len(told) else []), *silence_told(view, ranked)]
    return Section(view.t("meeting.step.gaps"), tuple(text), _plain(gap_table(view, told)))


def _coming(view: Reader, coming: pd.DataFrame) -> Section:
    told = next_endings(coming)
    return Section(
        view.t("meeting.step.coming"), (coming_told(view, told),), _plain(coming_table(view, told))
    )


def gaps_told(view: Reader, told: pd.DataFrame) -> str:
    """Say what the rows of gaps are, or that there is none."""
    return view.t("meeting.gaps.told" if len(told) else "meeting.gaps.none")


def silence_told(view: Reader, ranked: pd.DataFrame) -> list[str]:
    """Say of how many rows nobody knows: silence is not zero."""
    silent = silent_areas(ranked)
    return [view.t("meeting.gaps.silent", count=silent)] if silent else []


def coming_told(view: Reader, told: pd.DataFrame) -> str:
    """Say what the rows of coming gaps are, or that no end is stated."""
    return view.t("meeting.coming.told" if len(told) else "meeting.coming.none")


def gap_table(view: Reader, told: pd.DataFrame) -> pd.DataFrame | None:
    """Return rows of COVERAGE in words: place, service, status and organisations, and people where a figure
    is known for any of them."""
    people = told["people_in_need"].notna().any()
    rows = [
        {
            view.t("table.place"): names.place_within(view, one["pcode"]),
            view.t("table.service"): names.service(view, one["service"]),
            view.t("table.status"): names.status(view, one["status"]),
            **(_people(view, one) if people else {}),
            view.t("table.organisations"): _whole(one["organisations"]),
        }
        for one in told.to_dict("records")
    ]
    return pd.DataFrame(rows, dtype=object) if rows else None


def coming_table(view: Reader, told: pd.DataFrame) -> pd.DataFrame | None:
    """Return rows of COMING_GAPS in words: place, service, group, end and who leaves."""
    rows = [
        {
            view.t("table.place"): names.place_within(view, one["pcode"]),
            view.t("table.service"): names.service(view, one["service"]),
            view.t("table.population_group"): names.group(view, one["population_group"]),
            view.t("table.ends"): date(one["ends"], view.lang),
            view.t("table.org_ids_leaving"): names.organisations(view, one["org_ids_leaving"]),
        }
        for one in told.to_dict("records")
    ]
    return pd.DataFrame(rows, dtype=object) if rows else None


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of words without the invisible marks that set names apart."""
    return table.map(lambda cell: names.plain(cell) if isinstance(cell, str) else cell)


def _plain(table: pd.DataFrame | None) -> pd.DataFrame | None:
    return None if table is None else plain(table)


def _people(view: Reader, one: dict[Any, Any]) -> dict[str, Any]:
    """Return how many people a row is measured against, and what they were counted as."""
    known = not pd.isna(one["people_in_need"])
    counted = view.t(f"frame.indicator.{one['indicator']}") if known and one["indicator"] else ""
    return {
        view.t("table.people_in_need"): _whole(one["people_in_need"]),
        view.t("table.indicator"): counted,
    }


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
