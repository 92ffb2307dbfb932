"""The place of a row, told in several columns: code, governorate, district, sub-district."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from csomap.resolve.places import PlaceResolver
from csomap.resolve.resolution import Resolution

# The form lists places as "Al-Basrah (IQG02)", because six names stand for two places each.
_CODE = re.compile(r"IQG\d\d(Q\d\d(N\d\d)?)?\b", re.IGNORECASE)
_LENGTH = {1: 5, 2: 8, 3: 11}
_LEVEL = {length: level for level, length in _LENGTH.items()}
# What admin_level says in the OCHA 3W: the finest level at which the place is known (semantics 2.6). At 2
# the sub-district column is only nominal; 4 is a site in a sub-district.
_KNOWN_TO = {"1": 1, "2": 2, "3": 3, "4": 3}


@dataclass(frozen=True)
class Place:
    """A p-code ("" = unknown) and what is wrong with the texts it came from, if anything."""

    pcode: str
    problem: str = ""
    field: str = ""
    text: str = ""
    hint: str = ""

    @property
    def waits(self) -> bool:
        return self.problem in ("place_unknown", "place_conflict")

    @property
    def effect(self) -> str:
        return "review" if self.waits else "note"


def locate(texts: Mapping[str, str], resolver: PlaceResolver) -> Place:
    """Return the finest place that the texts agree on.

    texts: pcode, adm1, adm1_name, ... adm3_name, admin_level; empty = not stated. An unknown
    sub-district in a known district falls back to the district (problem `place_coarser`); texts
    that name places in different areas wait for a person (`place_conflict`).
    """
    known, lost = "", Place("")
    for level, field, text in _told(texts):
        if _names_several(text):
            return Place(known, "place_conflict", field, text)
        found = _inside(text, texts.get(f"{field}_name", ""), level, known, resolver)
        if found.id:
            known = found.id
        elif found.method == "outside":
            return Place(known, "place_conflict", field, found.text, _names(found))
        else:
            lost = Place("", "place_unknown", field, found.text, _names(found))
    return _settled(known, lost, texts.get("admin_level", ""))


def _names_several(text: str) -> bool:
    """True if a text holds codes that do not lie in one another."""
    codes = sorted({match.group().upper() for match in _CODE.finditer(text)})
    return any(not later.startswith(earlier) for earlier, later in pairwise(codes))


def _told(texts: Mapping[str, str]) -> list[tuple[int | None, str, str]]:
    fields: list[tuple[int | None, str]] = [(1, "adm1"), (2, "adm2"), (3, "adm3"), (None, "pcode")]
    told = [(level, field, texts[field] or texts.get(f"{field}_name", "")) for level, field in fields]
    return [(level, field, text) for level, field, text in told if text]


def _inside(text: str, name: str, level: int | None, known: str, resolver: PlaceResolver) -> Resolution:
    """Resolve within what is known already; say `outside` if it lies elsewhere."""
    coded = _CODE.search(text)
    words_told = (coded.group() if coded else text, name)
    for words in dict.fromkeys(word for word in words_told if word):
        found = resolver.resolve(words, level=level, within=known or None)
        if found.id:
            beside = _CODE.sub("", text, count=1).strip(" (),;") if coded else ""
            return _agreed(found, (name, beside), resolver)
    anywhere = resolver.resolve(text, level=level) if known else found
    if anywhere.id and known.startswith(anywhere.id):
        return Resolution(text, known, "above", anywhere.score, anywhere.candidates)
    if anywhere.id:
        return Resolution(text, "", "outside", anywhere.score, anywhere.candidates)
    return found


def _agreed(found: Resolution, beside: Iterable[str], resolver: PlaceResolver) -> Resolution:
    """Return `found`, or `outside` if a name beside it surely means another place of its level."""
    level = _LEVEL[len(found.id)]
    for name in filter(None, beside):
        other = resolver.resolve(name, level=level)
        if other.id and other.id != found.id and other.method != "fuzzy":
            return Resolution(name, "", "outside", other.score, other.candidates)
    return found


def _settled(known: str, lost: Place, admin_level: str) -> Place:
    level = _KNOWN_TO.get(admin_level)
    pcode = known[: _LENGTH[level]] if level else known
    if not lost.problem:
        return Place(pcode)
    if not known:
        return lost
    return Place(pcode, "place_coarser", lost.field, lost.text, lost.hint)


def _names(found: Resolution) -> str:
    return ", ".join(pcode for pcode, _ in found.candidates)
