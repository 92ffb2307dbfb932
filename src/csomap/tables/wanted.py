"""What a query asks for as values by name: SQL is written once for them all."""

import datetime as dt

from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH, Query

Value = str | tuple[str, ...] | dt.date


def days(query: Query) -> dict[str, Value]:
    """Return first and last day, if the query says them."""
    told = {"first": query.start, "last": query.end}
    return {name: day for name, day in told.items() if day}


def wanted(query: Query, *, coarser: bool = False) -> dict[str, Value]:
    """Return what is filtered: services and groups (codes at or below), place (p-code), organisation_type.

    With `coarser` also the codes above services and groups, and around, the p-codes that hold the place; ""
    (not known) is among them.
    """
    asked: dict[str, Value] = {
        "services": _codes("services", query.finest_service, coarser),
        "groups": _codes("population_groups", query.population, coarser),
        "place": query.place,
        "around": _around(query.place) if coarser else (),
        "organisation_type": query.organisation_type,
    }
    return {name: value for name, value in asked.items() if value}


def _codes(name: str, code: str, coarser: bool) -> tuple[str, ...]:
    if not code:
        return ()
    tree = taxonomy.load(name)
    below = tree.descendants(code)
    return (*below, *tree.ancestors(code), "") if coarser else below


def _around(place: str) -> tuple[str, ...]:
    return tuple(place[:length] for length in (0, *PCODE_LENGTH.values())) if place else ()
