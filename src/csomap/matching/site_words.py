"""What the name of a site says: what it is called, what it is, and which part or days of it are meant."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from string import ascii_lowercase

import pandas as pd

from csomap.resolve.normalise import normalise
from csomap.settings import DATA

_REMEMBERED = 50_000
_POSSESSIVE = re.compile(r"['’`]s?\b|['’`]")
_TOKEN = re.compile(r"[^\W_]+|[-–—/,،;؛:&+()]")
_RANGE = {"-", "–", "—", "to", "till", "until", "الي", "تا", "حتي"}
_JOIN = {*_RANGE, "/", ",", "،", "&", "+", "and", "و"}
_SEPARATORS = {",", "،", ";", "؛", "&", "+", "and", "و"}
_LABEL = re.compile(r"[^\W\d_]|\d{1,3}|[^\W\d_]\d{1,2}|\d{1,2}[^\W\d_]")
_DIVIDING = {"day", "shift", "turn", "side", "people"}
_WEEK = ("saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday")
# Blocks are lettered in the old order of the Arabic alphabet, not in that of the dictionary.
_LETTERS = (ascii_lowercase, "ابجدهوزحطيكلمن")
_FEWEST = 3  # names between commas are a list from here on; two may be a site and its town
_ARTICLE = "ال"


@dataclass
class Site:
    """One name read: names (words of its own), kinds (camp, clinic...), parts (kind and label of a
    division), marks (numbers and North, Old...), and `items`, the names of a list of sites."""

    names: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    marks: set[str] = field(default_factory=set)
    items: list[frozenset[str]] = field(default_factory=list)


@cache
def words() -> dict[str, tuple[str, str]]:
    """Return data/sites/words.csv: normalised word to kind and meaning; of two lines the first holds."""
    table = pd.read_csv(DATA / "sites" / "words.csv", dtype=str, keep_default_na=False)
    told = zip(table["word"], table["kind"], table["meaning"], strict=True)
    found: dict[str, tuple[str, str]] = {}
    for word, kind, meaning in told:
        if kind != "list":
            found.setdefault(_bare(normalise(word)), (kind, meaning))
    return found


@cache
def _list_words() -> frozenset[str]:
    table = pd.read_csv(DATA / "sites" / "words.csv", dtype=str, keep_default_na=False)
    return frozenset(_bare(normalise(word)) for word in table.loc[table["kind"] == "list", "word"])


@lru_cache(_REMEMBERED)
def read(text: str) -> Site:
    """Return what the name of a site says."""
    tokens = list(_tokens(text))
    site, place = Site(), 0
    while place < len(tokens):
        place = _take(tokens, place, site)
    site.items = _items(tokens)
    return site


def _tokens(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(_POSSESSIVE.sub(" ", text)):
        parts = (normalise(token) or token).split()
        yield from (_bare(part) for part in parts)


def _bare(word: str) -> str:
    return word.removeprefix(_ARTICLE) if len(word) > len(_ARTICLE) + 1 else word


def _take(tokens: list[str], place: int, site: Site) -> int:
    """Read the token at `place` into the site and return the place behind what was read."""
    token = tokens[place]
    kind, meaning = words().get(token, ("", ""))
    if kind == "unit":
        return _take_unit(tokens, place, meaning, site)
    if kind in _DIVIDING:
        return _take_division(tokens, place, kind, site)
    if kind == "number" or token.isdecimal() or _is_code(token):
        site.marks.add(meaning or token)
    elif kind == "mark":
        site.marks.add(meaning)
    elif kind in ("settlement", "facility"):
        site.kinds.add(meaning)
    elif not kind and token not in _JOIN and len(token) > 1 and token not in ("al", "el"):
        site.names.add(token)
    return place + 1


def _is_code(token: str) -> bool:
    return any(letter.isdecimal() for letter in token) and bool(_LABEL.fullmatch(token))


def _take_unit(tokens: list[str], place: int, unit: str, site: Site) -> int:
    """Read "Blocks A-C", "Sector 4", "first phase"; a unit without a label says nothing."""
    labels, behind = _labels(tokens, place + 1, _label)
    if not labels and place and (before := _ordinal(tokens[place - 1])):
        labels = {before}
        site.marks.discard(before)
    if labels:
        site.parts[unit] |= labels
    return behind


def _take_division(tokens: list[str], place: int, kind: str, site: Site) -> int:
    labels, behind = _labels(tokens, place, lambda word: _of_kind(word, kind))
    site.parts[kind] |= labels
    return behind


def _labels(tokens: list[str], place: int, label: Callable[[str], str]) -> tuple[set[str], int]:
    """Read labels joined by commas, and ranges of them; return them and the place behind the last one."""
    found: list[str] = []
    joint, behind = "", place
    for at, token in enumerate(tokens[place:], start=place):
        told = label(token)
        if told:
            found += _between(found[-1], told) if joint in _RANGE and found else [told]
            behind, joint = at + 1, ""
        elif found and token in _JOIN:
            joint = token
        else:
            break
    return set(found), behind


def _label(word: str) -> str:
    return _ordinal(word) or (word if _LABEL.fullmatch(word) else "")


def _ordinal(word: str) -> str:
    kind, meaning = words().get(word, ("", ""))
    return meaning if kind == "number" else ""


def _of_kind(word: str, wanted: str) -> str:
    kind, meaning = words().get(word, ("", ""))
    return meaning if kind == wanted else ""


def _between(first: str, last: str) -> list[str]:
    """Return what follows `first` up to `last`: days of the week, numbers or letters."""
    if first in _WEEK and last in _WEEK:
        start, end = _WEEK.index(first), _WEEK.index(last)
        return [_WEEK[day % 7] for day in range(start + 1, end + 1 + 7 * (end <= start))]
    if first.isdecimal() and last.isdecimal():
        return [str(number) for number in range(int(first) + 1, int(last) + 1)] or [last]
    for letters in _LETTERS:
        if 0 <= letters.find(first) < letters.find(last):
            return list(letters[letters.index(first) + 1 : letters.index(last) + 1])
    return [last]


def _items(tokens: list[str]) -> list[frozenset[str]]:
    """Return the names of a list of sites; empty where the text names one."""
    pieces: list[list[str]] = [[]]
    for token in tokens:
        if token in _SEPARATORS:
            pieces.append([])
        elif token not in words() and token not in _JOIN | {":", "(", ")", "al", "el"} and len(token) > 1:
            pieces[-1].append(token)
    named = [frozenset(piece) for piece in pieces if piece]
    told = any(token in _list_words() for token in tokens[:2])
    return named if len(named) >= _FEWEST or (told and len(named) > 1) else []
