"""The place of a row, told in several columns: code, governorate, district, sub-district."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from csomap.resolve.countries import is_abroad, is_code_abroad
from csomap.resolve.places import PlaceResolver
from csomap.resolve.qualified import several
from csomap.resolve.resolution import Resolution

# The form lists places as "Al-Basrah (IQG02)", because six names stand for two places each.
_CODE = re.compile(r"IQG\d\d(Q\d\d(N\d\d)?)?\b", re.IGNORECASE)
_LENGTH = {1: 5, 2: 8, 3: 11}
_LEVEL = {length: level for level, length in _LENGTH.items()}
# What admin_level says in the OCHA 3W: the finest level at which the place is known (semantics 2.6). At 2
# the sub-district column is only nominal; 4 is a site in a sub-district.
_KNOWN_TO = {"1": 1, "2": 2, "3": 3, "4": 3}
ABROAD = "abroad"  # what the coordinates say outside Iraq


@dataclass(frozen=True)
class Place:
    """A p-code ("" = unknown) and what is wrong with the texts it came from, if anything.

    `from_point`: the coordinates told it, or told it more finely than the texts; `ruled_out`: the text is
    known to mean no place in Iraq ("Nationwide").
    """

    pcode: str
    problem: str = ""
    field: str = ""
    text: str = ""
    hint: str = ""
    candidates: tuple[tuple[str, float], ...] = ()
    from_point: bool = False
    ruled_out: bool = False

    @property
    def waits(self) -> bool:
        return self.problem in ("place_unknown", "place_conflict", "place_abroad")

    @property
    def effect(self) -> str:
        return "review" if self.waits else "note"


def locate(texts: Mapping[str, str], resolver: PlaceResolver, point: str = "") -> Place:
    """Return the finest place that the texts agree on, and the coordinates with them.

    texts: country, pcode, adm1, adm1_name, ... adm3_name, admin_level; empty = not stated. An unknown
    sub-district in a known district falls back to the district (problem `place_coarser`); texts
    that name places in different areas wait for a person (`place_conflict`). `point` is the place of the
    coordinates: a p-code, "abroad" or "" (see _with_point). A country that is not Iraq or a p-code
    of another country makes the row wait (`place_abroad`): nothing of it is looked for in Iraq.
    """
    told = _told(texts)
    if is_abroad(texts.get("country", "")) or any(is_code_abroad(text) for *_, text in told):
        return _abroad(texts)
    return _with_point(_agreed_place(told, texts, resolver), texts, point)


def _abroad(texts: Mapping[str, str]) -> Place:
    """Return the place of a row that tells of another country: none, with its finest text."""
    told = [(field, text) for _, field, text in _told(texts)]
    field, text = told[-1] if told else ("country", texts.get("country", ""))
    return Place("", "place_abroad", field, text)


def _with_point(place: Place, texts: Mapping[str, str], point: str) -> Place:
    """Return the place with what the coordinates add.

    Inside the place that the texts name, they make it finer; where the texts name none, they name it
    (an unknown text: `place_by_point`, a note). Elsewhere in Iraq, the texts stay (`place_point_differs`, a
    note). Outside Iraq the row waits (`place_abroad`), unless it has an Iraqi p-code or says Iraq.
    """
    if point in ("", place.pcode) or place.problem == "place_conflict":
        return place
    if point == ABROAD:
        surely = place.pcode and (texts.get("country", "") or _has_code(texts))
        return _differs(place, texts, "") if surely else _abroad(texts)
    if not point.startswith(place.pcode):
        return place if place.pcode.startswith(point) else _differs(place, texts, point)
    if place.ruled_out and not place.pcode:
        return place
    pcode = _cut(point, texts.get("admin_level", ""))
    if place.problem == "place_unknown":
        return replace(place, pcode=pcode, problem="place_by_point", hint=pcode, candidates=((pcode, 100.0),))
    return replace(place, pcode=pcode, from_point=pcode != place.pcode)


def _differs(place: Place, texts: Mapping[str, str], point: str) -> Place:
    if place.problem:
        return place
    field, text = next((field, text) for _, field, text in reversed(_told(texts)))
    return replace(place, problem="place_point_differs", field=field, text=text, hint=point)


def _has_code(texts: Mapping[str, str]) -> bool:
    return any(_CODE.search(text) for *_, text in _told(texts))


def _agreed_place(
    told: list[tuple[int | None, str, str]], texts: Mapping[str, str], resolver: PlaceResolver
) -> Place:
    known, lost = "", Place("")
    for level, field, text in told:
        if _names_several(text):
            return Place(known, "place_conflict", field, text)
        found = _inside(text, texts.get(f"{field}_name", ""), level, known, resolver)
        listed = () if found.id else _listed(text, level, known, resolver)
        if found.id:
            known = found.id
        elif found.method == "outside" or listed:
            candidates = listed or found.candidates
            return Place(known, "place_conflict", field, found.text, _names(candidates), candidates)
        elif found.method != "not_a_place":
            lost = Place("", "place_unknown", field, found.text, _names(found.candidates), found.candidates)
            lost = replace(lost, ruled_out=found.method == "never")
    return _settled(known, lost, texts.get("admin_level", ""))


def _listed(
    text: str, level: int | None, known: str, resolver: PlaceResolver
) -> tuple[tuple[str, float], ...]:
    """Return the places that a text lists ("Erbil; Duhok"), nothing if it does not name several."""
    found = [resolver.resolve(part, level=level, within=known or None) for part in several(text)]
    codes = sorted({one.id for one in found if one.id})
    apart = any(not later.startswith(earlier) for earlier, later in pairwise(codes))
    return tuple((code, 100.0) for code in codes) if apart else ()


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
    if found.method == "not_a_place":
        return found
    if level == 1 and found.method == "none":
        newer = resolver.resolve(f"{text} governorate")  # Halabja: a governorate that is a district here
        return newer if newer.method == "alias" else found
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
        if other.id and other.id != found.id and other.method not in ("fuzzy", "sound"):
            return Resolution(name, "", "outside", other.score, other.candidates)
    return found


def _cut(pcode: str, admin_level: str) -> str:
    level = _KNOWN_TO.get(admin_level)
    return pcode[: _LENGTH[level]] if level else pcode


def _settled(known: str, lost: Place, admin_level: str) -> Place:
    pcode = _cut(known, admin_level)
    if not lost.problem:
        return Place(pcode)
    if not known:
        return lost
    return replace(lost, pcode=pcode, problem="place_coarser")


def _names(candidates: Iterable[tuple[str, float]]) -> str:
    return ", ".join(pcode for pcode, _ in candidates)
