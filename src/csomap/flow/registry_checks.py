"""What a record of the registry may say: one organisation by itself, and beside the others."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from csomap.resolve.decided import NAMES, RECORD
from csomap.resolve.normalise import normalise
from csomap.tables import taxonomy
from csomap.tables.organisation_schemas import REGISTRATIONS

EDITED = RECORD[1:]
LISTS = ("registration", "functions", "aliases")
Record = dict[str, str]
Told = list[tuple[int, Record]]
Fault = tuple[int, str, str, str, str]

_YEAR = re.compile(r"(18|19|20)[0-9]{2}")


def tidy(name: str, text: str) -> str:
    """Return a cell of the registry as it is kept: a list sorted and without repeats, codes in lower case, a
    year in the digits 0 to 9."""
    if name not in LISTS:
        return normalise(text) if name == "founded" and text.strip().isdecimal() else text.strip()
    parts = {part.strip() for part in text.split(";")} - {""}
    return ";".join(sorted(parts if name == "aliases" else {part.casefold() for part in parts}))


def alone(told: Told, known: Mapping[str, Record], this_year: int) -> Iterable[Fault]:
    """Find what is wrong with a row, whatever the others say; told: its number and its record."""
    types = taxonomy.load("organisation_types").codes
    seen: set[str] = set()
    for number, one in told:
        org_id = one["org_id"]
        if org_id and org_id not in known and org_id not in _own_ids(one):
            yield number, "org_id", org_id, "registry_org_unknown", ""
        if org_id in seen:
            yield number, "org_id", org_id, "registry_twice", ""
        seen.add(org_id)
        if one["type"] not in types and (one["type"] or org_id not in known):
            yield number, "type", one["type"], "registry_type_unknown", ", ".join(types)
        if not any(one[name] for name in NAMES):
            yield number, "name_en", "", "registry_name_missing", ""
        yield from _said_of_itself(number, one, this_year)


def _said_of_itself(number: int, one: Record, this_year: int) -> Iterable[Fault]:
    """Find what nobody can read in where it is registered, since when it is there and what it does."""
    year = one["founded"]
    if year and not (_YEAR.fullmatch(year) and int(year) <= this_year):
        yield number, "founded", year, "registry_year", str(this_year)
    for name, codes in (("registration", REGISTRATIONS), ("functions", taxonomy.load("functions").codes)):
        for code in filter(None, one[name].split(";")):
            if code not in codes:
                yield number, name, code, f"registry_{name}_unknown", ", ".join(codes)


def taken(records: list[Record], told: Told, known: Mapping[str, Record]) -> Iterable[Fault]:
    """Find names that are new to an organisation and that another one is known by."""
    after = dict(known) | {one["org_id"]: one for one in records}
    owners: dict[str, set[str]] = defaultdict(set)
    for org_id, one in after.items():
        for _, text in _texts(one):
            owners[normalise(text)].add(org_id)
    for number, one in told:
        before = {normalise(text) for _, text in _texts(known.get(one["org_id"], {}))}
        for column, text in _texts(one):
            others = sorted(owners[normalise(text)] - {one["org_id"]})
            if others and normalise(text) not in before:
                yield number, column, text, "registry_name_taken", ", ".join(others)


def _own_ids(one: Record) -> set[str]:
    return {own_id(one[name]) for name in NAMES}


def own_id(name: str) -> str:
    """Return the org_id of an organisation that people added: of one name always the same."""
    return "own-" + hashlib.sha1(normalise(name).encode(), usedforsecurity=False).hexdigest()[:10]


def _texts(one: Mapping[str, str]) -> list[tuple[str, str]]:
    named = [(name, one[name]) for name in (*NAMES, "acronym") if one.get(name)]
    return named + [("aliases", text) for text in one.get("aliases", "").split(";") if text]
