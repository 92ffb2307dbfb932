"""Filters as an address and a meeting carry them: codes by name, the same in every language."""

import datetime as dt
from collections.abc import Mapping

from csomap.tables.known import last_day
from csomap.tables.query import Query


def query_of(codes: Mapping[str, str]) -> Query:
    """Return the question that filters ask, levels at their defaults; months in `from` and `to` (2021-03) in
    either order, and what is not named is not filtered."""
    first, last = codes.get("from", ""), codes.get("to", "")
    if first and last:
        first, last = sorted((first, last))
    return Query(
        sector=codes.get("sector", ""),
        topic=codes.get("topic", ""),
        service=codes.get("service", ""),
        population=codes.get("population", ""),
        place=codes.get("place", ""),
        organisation_type=codes.get("organisation_type", ""),
        start=dt.date.fromisoformat(f"{first}-01") if first else None,
        end=last_day(dt.date.fromisoformat(f"{last}-01")) if last else None,
    )
