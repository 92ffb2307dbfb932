"""Whether the names of two sites mean the same one, two parts of it, or another."""

from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA

from csomap.matching.site_words import Site, read
from csomap.resolve.normalise import normalise
from csomap.resolve.skeletons import is_arabic, skeleton

_REMEMBERED = 200_000
_SHORTEST_MISSPELT = 5
_TELLING = 2
_FACILITIES = {
    "phc",
    "clinic",
    "post",
    "centre",
    "hospital",
    "school",
    "ward",
    "mosque",
    "university",
    "office",
}
# One place is called a clinic, a centre or a post by whoever writes.
_CARE = {"phc", "clinic", "post", "centre", "ward"}
_STEPS = "phase"


@lru_cache(_REMEMBERED)
def compare(one: str, two: str) -> str:
    """Return what the names of two sites say together.

    same: one site, also in another spelling or script. alike: perhaps. part: one is within the other.
    divided: one site, but other blocks, days, shifts or steps of it, or lists of places with none in common.
    other: two sites. unknown: one is not named.
    """
    if not one.strip() or not two.strip():
        return "unknown"
    first, second = read(one), read(two)
    if normalise(one) == normalise(two):
        # "Health centre" alone may be any.
        return "same" if first.names or first.items else "alike"
    if first.items or second.items:
        return _lists(first, second)
    called = _called(first.names, second.names)
    if _divided(first, second) and (called != "other" or _STEPS in first.parts):
        return "divided"
    if called == "other" or not _one_kind(first, second):
        return "other"
    return _one_site(first, second, called)


def _one_site(first: Site, second: Site, called: str) -> str:
    if first.marks != second.marks:
        return "other" if first.marks and second.marks else "alike"
    if called == "alike" or (not first.names and first.kinds != second.kinds):
        return "alike"
    if first.parts != second.parts:
        return "part"
    if first.kinds == second.kinds:
        return "same"
    return _by_kind(first.kinds, second.kinds)


def _by_kind(one: set[str], two: set[str]) -> str:
    if one <= two or two <= one:
        inside = (one ^ two) & _FACILITIES and (one | two) - _FACILITIES
        return "part" if inside else "same"
    here, there = one & _FACILITIES, two & _FACILITIES
    if bool(here) != bool(there):
        return "part"
    return "alike"


def _one_kind(first: Site, second: Site) -> bool:
    """False for a school and a clinic, or a camp and a village, of one name."""
    one, two = first.kinds, second.kinds
    facilities = _kinds_meet(one & _FACILITIES, two & _FACILITIES)
    return facilities and _kinds_meet(one - _FACILITIES, two - _FACILITIES)


def _kinds_meet(one: set[str], two: set[str]) -> bool:
    if not one or not two or one & two:
        return True
    return one <= _CARE and two <= _CARE


def _divided(first: Site, second: Site) -> bool:
    both = set(first.parts) & set(second.parts)
    return any(not first.parts[kind] & second.parts[kind] for kind in both)


def _lists(first: Site, second: Site) -> str:
    ones = first.items or [frozenset(first.names)]
    twos = second.items or [frozenset(second.names)]
    if any(_called(one, two) == "same" for one in ones for two in twos if one and two):
        return "part"
    return "divided" if first.items and second.items else "other"


def _called(one: Collection[str], two: Collection[str]) -> str:
    """Compare the words of two names: same, alike (a letter amiss, or a word more) or other."""
    if not one or not two:
        return "same" if not one and not two else "other"
    mine = [max(_alike(word, other) for other in two) for word in one]
    theirs = [max(_alike(word, other) for other in one) for word in two]
    if min(mine) == 2 and min(theirs) == 2:
        return "same"
    return "alike" if min(mine) > 0 or min(theirs) > 0 else "other"


def _alike(one: str, two: str) -> int:
    """Return 2 for one word (also in another script or with other vowels), 1 for a letter amiss, else 0."""
    if one == two:
        return 2
    bones = skeleton(one)
    if bones == skeleton(two) and len(bones) >= _TELLING:
        return 2 if is_arabic(one) != is_arabic(two) or _ends_alike(one, two) else 1
    if min(len(one), len(two)) < _SHORTEST_MISSPELT or one.isdecimal() or two.isdecimal():
        return 0
    return int(OSA.distance(one, two) <= 1)


def _ends_alike(one: str, two: str) -> bool:
    """Salam and Salama are two names; Sidra and Sedra, Shinar and Shinnar are one."""
    return _ends_in_vowel(one) == _ends_in_vowel(two)


def _ends_in_vowel(word: str) -> bool:
    return word.removesuffix("h")[-1:] in set("aeiouyاويه")
