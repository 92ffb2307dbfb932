"""The words that names of organisations are made of, in seven languages, and what they mean."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from csomap.resolve.normalise import normalise
from csomap.resolve.skeletons import is_arabic
from csomap.settings import DATA

_LONGEST_PHRASE = 4
_SHORTEST_MENDED = 6
_REMEMBERED = 1024
_SILENT = frozenset({"general", "filler"})
_PREFIXES = ("و", "ال", "وال", "لل", "ولل", "بال", "ل", "ول", "ب")
_ARTICLES = ("وال", "ولل", "ال", "لل")
# The vowel e of Sorani: other keyboards have no letter for it, and normalising would make it an h.
_SORANI_E = "\u06d5"
_INITIALS = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_](?!\S))+")


class Word(NamedTuple):
    """One word or set phrase: as written (bare), and what it means, as far as that is known.

    `kind` is word, form (foundation, association...), place, or "" for a word that nobody has listed.
    """

    text: str
    concepts: frozenset[str]
    kind: str


class Words:
    """Reads names of organisations word by word.

    `table`: concept, kind (word, form, general, filler, branch, country), lang, word. General words and
    fillers say nothing and are left out; branch and country words matter to `without_branch` only.
    `places`: names to p-codes.
    """

    def __init__(self, table: pd.DataFrame, places: Mapping[str, str] | None = None) -> None:
        self._concepts: dict[str, set[str]] = defaultdict(set)
        self._kinds: dict[str, str] = {}
        self._tails: dict[str, str] = {}
        self._parts: set[str] = set()
        for concept, kind, word in zip(table["concept"], table["kind"], table["word"], strict=True):
            self._learn(word, concept, kind)
        for name, pcode in (places or {}).items():
            self._learn(name, pcode, "place")
        self._parts.update(part for key in self._kinds for part in key.split())
        self._long = sorted(part for part in self._parts if part.isascii() and len(part) >= _SHORTEST_MENDED)
        self._mended_words: dict[str, str] = {}
        # One name is looked at in several ways, one after the other.
        self._all = lru_cache(_REMEMBERED)(self._read_all)
        self.without_branch = lru_cache(_REMEMBERED)(self._without_branch)

    def _learn(self, word: str, concept: str, kind: str) -> None:
        if kind in {"branch", "country", "place"}:
            key = normalise(word)
            self._tails.setdefault(key, kind)
            self._tails.setdefault("ال" + key if is_arabic(key) else key, kind)
        if kind in {"branch", "country"}:
            return
        key = " ".join(map(_stem, _spelt(word).split()))
        if kind == "place" and self._kinds.get(key, kind) != kind:
            return
        self._kinds.setdefault(key, kind)
        self._concepts[key].add(concept)

    def read(self, text: str) -> tuple[Word, ...]:
        """Return the words of a name that say something, in order."""
        return tuple(word for word in self._all(text) if word.kind not in _SILENT)

    def _read_all(self, text: str) -> list[Word]:
        parts = [self._bare(part) for part in _spelt(text).split()]
        start, found = 0, []
        while start < len(parts):
            size = self._phrase(parts[start:])
            key = " ".join(parts[start : start + size])
            found.append(Word(key, frozenset(self._concepts.get(key, ())), self._kinds.get(key, "")))
            start += size
        return found

    def _phrase(self, parts: Sequence[str]) -> int:
        sizes = range(min(_LONGEST_PHRASE, len(parts)), 1, -1)
        return next((size for size in sizes if " ".join(parts[:size]) in self._kinds), 1)

    def _bare(self, part: str) -> str:
        """Take prefixes and endings off as far as a listed word appears below them."""
        readings = _readings(part) if is_arabic(part) else (_stem(part),)
        known = next((reading for reading in readings if reading in self._parts), None)
        return known or (_without(part, _ARTICLES) if is_arabic(part) else self._mended(_stem(part)))

    def _mended(self, part: str) -> str:
        """Return the one listed word that is a letter away from a long one: organization for orgnization."""
        if len(part) < _SHORTEST_MENDED or part in self._mended_words:
            return self._mended_words.get(part, part)
        found = process.extract(part, self._long, scorer=OSA.distance, score_cutoff=1, limit=2)
        return self._mended_words.setdefault(part, found[0][0] if len(found) == 1 else part)

    def joined(self, text: str) -> set[str]:
        """Return a name without spaces, for those who write MercyHands or Dan Church Aid; the Arabic
        article once kept and once left out."""
        words = [word for word in self._all(text) if word.kind not in _SILENT or word.text == "al"]
        bare = [word.text for word in words if word.text != "al"]
        return {"".join(word.text for word in words), "".join(bare)} - {""}

    def _without_branch(self, text: str) -> tuple[str, frozenset[str]]:
        """Return a name without the words for an office, a country and a place around it, and of which
        of these kinds they were: "NRC Dohuk area office" is ("nrc", {branch, place})."""
        parts, kinds = plain(text).split(), set()
        while size := self._tail(parts):
            kinds.add(self._tails.get(" ".join(parts[-size:]), ""))
            parts = parts[:-size]
        while len(parts) > 1 and self._tails.get(parts[0]) == "branch":
            kinds.add("branch")
            parts = parts[1:]
        return " ".join(parts), frozenset(kinds - {""})

    def _tail(self, parts: Sequence[str]) -> int:
        sizes = range(min(_LONGEST_PHRASE, len(parts) - 1), 0, -1)
        return next((size for size in sizes if self._is_tail(" ".join(parts[-size:]))), 0)

    def _is_tail(self, phrase: str) -> bool:
        return phrase in self._tails or self._kinds.get(phrase) == "filler"

    def is_filler(self, word: str) -> bool:
        """Say whether a normalised word is one such as "for" or "the"."""
        return self._kinds.get(_stem(word)) == "filler"

    def is_branch(self, text: str) -> bool:
        """Say whether a text is nothing but an office, a country or a place."""
        return bool(self.without_branch("x " + text)[1]) and self.without_branch("x " + text)[0] == "x"

    def initials(self, name: str) -> frozenset[str]:
        """Return the acronyms that a name makes: of all its words, and of those that say something."""
        words = plain(name).split()
        told = [word for word in words if self._kinds.get(_stem(word)) != "filler"]
        named = [word for word in told if self._kinds.get(_stem(word)) != "general"]
        return frozenset("".join(word[0] for word in reading) for reading in (words, told, named))


@cache
def listed_words() -> pd.DataFrame:
    """Return data/registry/words.csv: concept, kind, lang, word."""
    return pd.read_csv(DATA / "registry/words.csv", dtype=str, keep_default_na=False)


@lru_cache(_REMEMBERED)
def plain(text: str) -> str:
    """Return `normalise(text)`, remembered."""
    return normalise(text)


def together(text: str) -> str:
    """Write separate initials as one acronym, in a normalised text: "d o h anbar" as "doh anbar"."""
    return _INITIALS.sub(lambda match: match[0].replace(" ", ""), text)


def _spelt(text: str) -> str:
    return together(plain(text.replace(_SORANI_E, "")))


def _readings(part: str) -> Iterator[str]:
    for reading in (part, *_tails_of(part)):
        yield reading
        yield reading.removesuffix("ي")


def _tails_of(part: str) -> Iterable[str]:
    found = (prefix for prefix in _PREFIXES if part.startswith(prefix) and len(part) > len(prefix) + 1)
    return (part[len(prefix) :] for prefix in found)


def _without(part: str, prefixes: Iterable[str]) -> str:
    found = (prefix for prefix in prefixes if part.startswith(prefix) and len(part) > len(prefix) + 2)
    return part[len(next(found, "")) :]


def _stem(word: str) -> str:
    """Write one number and one side of the Atlantic: organisations as organization, corps as corp."""
    if is_arabic(word):
        return word
    word = word.replace("isation", "ization")
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word
