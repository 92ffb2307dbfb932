"""What a header says: its words and HXL tag beside those that data/profiles/header_words.csv lists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd
from rapidfuzz import fuzz, process

from csomap.importers import hxl
from csomap.importers.cells import clean
from csomap.resolve.normalise import normalise
from csomap.settings import DATA, rules

WORDS = DATA / "profiles" / "header_words.csv"
NO_FIELD, MONTH = "none", "month"
_TAG = "hxl"
_STOP = frozenset(normalise("of the de la le du des del los las el d l et and y a في من ی").split())
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")
_NUMBERING = re.compile(r"^\s*\d+\s*[.)]\s*")
_ASIDE = re.compile(r"\(.*?\)|\(.*$", re.DOTALL)
_SEGMENT = re.compile(r"[/|.:]+")


@dataclass(frozen=True)
class Likeness:
    """How like a header is to a field (0-1), and why: exact, part, like or tag, with the word that told."""

    score: float
    reason: str
    word: str


@dataclass(frozen=True)
class _Words:
    exact: Mapping[str, tuple[tuple[str, str], ...]]
    tokens: tuple[tuple[str, str, frozenset[str]], ...]
    tags: tuple[tuple[str, str], ...]


def likeness(header: str, tag: str = "") -> dict[str, Likeness]:
    """Return how like a header is to each field that it is like at all.

    Pseudo-fields: `month` (the period that is reported on) and `none` (words that stand for no field of
    ours). Fields that are no liker than `none` are left out, for "activity description" is no activity.
    """
    found: dict[str, Likeness] = {}
    for field, one in [*_by_words(header), *_by_tag(tag, is_alone=not normalise(header))]:
        if one.score > found.get(field, Likeness(0, "", "")).score:
            found[field] = one
    bound = found[NO_FIELD].score if NO_FIELD in found else 0.0
    return {field: one for field, one in found.items() if one.score > bound or field == NO_FIELD}


def is_word(cell: str) -> bool:
    """Tell whether a cell is a header that somebody listed, of ours or of no use to us, or an HXL tag."""
    texts = (*_variants(cell), *_segments(cell))
    return bool(hxl.normalised(cell)) or any(_key(text) in _words().exact for text in texts)


def _by_words(header: str) -> Iterator[tuple[str, Likeness]]:
    weight = float(rules()["guess"]["path_part"])
    whole = list(_variants(header))
    for text in whole:
        yield from _compared(text, 1.0)
    for segment in _segments(header):
        yield from _compared(segment, weight)


def _variants(header: str) -> Iterator[str]:
    """Give the header whole, and without what templates write under it or in brackets."""
    yield header
    bare = _bare(header)
    if clean(bare) and clean(bare) != clean(header):
        yield bare


def _segments(header: str) -> list[str]:
    """Give the parts of "sector / cluster", "partner.name" or a path of groups."""
    parts = [part for part in _SEGMENT.split(_bare(header)) if clean(part)]
    return parts if len(parts) > 1 else []


def _bare(header: str) -> str:
    return _ASIDE.sub(" ", header.strip().split("\n")[0])


def _plain(text: str) -> str:
    return normalise(_CAMEL.sub(" ", _NUMBERING.sub("", clean(text))))


def _key(text: str) -> str:
    return _plain(text).replace(" ", "")


def _compared(text: str, weight: float) -> Iterator[tuple[str, Likeness]]:
    words, key, known = _plain(text), _key(text), _words()
    if not key:
        return
    for field, word in known.exact.get(key, ()):
        yield field, Likeness(weight, "exact", word)
    limits = rules()["guess"]
    tokens = _tokens(words)
    for field, word, parts in known.tokens:
        if parts < tokens:
            share = len(parts) / len(tokens)
            yield field, Likeness(weight * limits["part"] * share, "part", word)
    for near, score, _ in (
        ()
        if key in known.exact
        else process.extract(
            key, known.exact.keys(), scorer=fuzz.ratio, score_cutoff=limits["alike"], limit=5
        )
    ):
        if min(len(near), len(key)) >= limits["alike_letters"] and near != key:
            for field, word in known.exact[near]:
                yield field, Likeness(weight * score / 100, "like", word)


def _by_tag(cell: str, is_alone: bool) -> Iterator[tuple[str, Likeness]]:
    """Compare a tag; beside a header it speaks a little less, for people read headers and copy tags."""
    tag, weight = hxl.without_language(hxl.normalised(cell)), 1.0 if is_alone else rules()["guess"]["tag"]
    base, *attributes = tag.split("+")
    for field, word in _words().tags if tag else ():
        known_base, *known = word.split("+")
        if word == tag:
            yield field, Likeness(weight, "tag", word)
        elif known and base == known_base and set(known) < set(attributes):
            share = (1 + len(known)) / (1 + len(attributes))
            yield field, Likeness(weight * rules()["guess"]["part"] * share, "tag", word)


def _tokens(words: str) -> frozenset[str]:
    bare = (part[2:] if part.startswith("ال") and len(part) > 4 else part for part in words.split())
    return frozenset(part for part in bare if part not in _STOP)


@cache
def _words() -> _Words:
    table = pd.read_csv(WORDS, dtype=str, keep_default_na=False)
    exact: dict[str, tuple[tuple[str, str], ...]] = {}
    spoken = table[table["lang"] != _TAG]
    for field, word in zip(spoken["field"], spoken["word"], strict=True):
        key = normalise(word).replace(" ", "")
        if field not in [known for known, _ in exact.get(key, ())]:
            exact[key] = (*exact.get(key, ()), (field, word))
    tokens = [(f, w, _tokens(normalise(w))) for f, w in zip(spoken["field"], spoken["word"], strict=True)]
    tags = table[table["lang"] == _TAG]
    known_tags = [(f, hxl.normalised(w)) for f, w in zip(tags["field"], tags["word"], strict=True)]
    return _Words(exact, tuple(one for one in tokens if one[2]), tuple(known_tags))
