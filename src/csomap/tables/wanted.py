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
    trees = (
        ("services", query.services(), query.finest_service),
        ("groups", query.groups(), query.population),
    )
    found: dict[str, Value] = {}
    for name, codes, code in trees:
        if codes is not None:
            found[name] = (*codes, *_above(name, code)) if coarser else codes
    if query.place and coarser:
        found["around"] = tuple(query.place[:length] for length in (0, *PCODE_LENGTH.values()))
    single = {"place": query.place, "organisation_type": query.organisation_type}
    return found | {name: code for name, code in single.items() if code}


def _above(name: str, code: str) -> tuple[str, ...]:
    tree = {"services": "services", "groups": "population_groups"}[name]
    return (*taxonomy.load(tree).ancestors(code), "")
