"""Names of organisations as people write them, to the org_id of the registry."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from csomap.resolve.normalise import normalise
from csomap.resolve.resolution import Resolution

# Words that say what kind of body it is, or nothing: two spellings often differ in them only.
_FORMS = (
    "organization organisation org foundation association institution ngo onlus e.V. the for of and in "
    "منظمة مؤسسة جمعية المنظمة المؤسسة ڕێکخراوی ڕێکخراوە دەزگای دامەزراوەی کۆمەڵەی"
)
_DROPPED = frozenset(word for form in _FORMS.split() for word in normalise(form).split())
_COUNTRY = tuple(normalise(text) for text in ("Iraq", "العراق", "عێراق"))
_BASED_ABROAD = frozenset({"un", "ingo", "donor"})
_SHORTEST_WORD = 6
_SAME_WORD = 80.0
_CANDIDATES = 3
_MEASURES = (fuzz.token_sort_ratio, fuzz.token_set_ratio)


class _Found(NamedTuple):
    id: str
    method: str


_SUPPORTED = "acronym_and_name"
_UNKNOWN = _Found("", "none")


def provisional_id(name: str) -> str:
    """Return the org_id of an organisation that the registry does not know: the same for all its spellings
    that differ only in what normalising removes."""
    return "new-" + hashlib.sha1(normalise(name).encode(), usedforsecurity=False).hexdigest()[:10]


class OrganisationResolver:
    """Finds the organisation that a name, an acronym or both stand for, and refuses where two would fit.

    `organisations` has the columns of data/registry/organisations.csv, `aliases` those of
    organisation_aliases.csv; `confirmed` maps texts that a person has decided on to their org_id, and goes
    before the registry. Nothing is accepted for likeness alone.
    """

    def __init__(
        self,
        organisations: pd.DataFrame,
        aliases: pd.DataFrame,
        confirmed: Mapping[str, str] | None = None,
        *,
        alike: float = 80.0,
    ) -> None:
        self._alike = alike
        self._ids = frozenset(organisations["org_id"])
        self._abroad = frozenset(organisations.loc[organisations["type"].isin(_BASED_ABROAD), "org_id"])
        decided = {normalise(text): org_id for text, org_id in (confirmed or {}).items()}
        self._confirmed = {key: org_id for key, org_id in decided.items() if key}
        self._known: dict[str, dict[str, str]] = defaultdict(dict)
        self._cores: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, list[str]] = defaultdict(list)
        for text, org_id, method in _spellings(organisations, aliases):
            self._learn(text, org_id, method)
        owned = [(key, org_id) for key, owners in self._known.items() for org_id in owners]
        self._keys = [key for key, _ in owned]
        self._org_ids = sorted({org_id for _, org_id in owned})
        self._owners = np.searchsorted(self._org_ids, [org_id for _, org_id in owned])

    def _learn(self, text: str, org_id: str, method: str) -> None:
        key = normalise(text)
        if not key:
            return
        self._known[key].setdefault(org_id, method)
        self._cores[_core(key)].add(org_id)
        if _is_telling(_core(key)):
            self._names[org_id].append(_core(key))

    def resolve(self, name: str, acronym: str = "") -> Resolution:
        """Return the organisation of `name` and `acronym`, either of which may be empty.

        `id` is empty where nobody is known by the text (method `none`), where two are (`ambiguous`), and
        where the name says one and the acronym another (`conflict`). `candidates` are the three likest.
        """
        candidates = self._likest(name or acronym)
        found = self._whole(name, acronym, candidates)
        if found.method == "none":
            found = self._parts(name, acronym) or found
        best = candidates[0][1] if candidates else 0.0
        score = 100.0 if found.id and found.method != _SUPPORTED else best
        return Resolution(name or acronym, found.id, found.method, score, candidates)

    def decide(self, name: str, acronym: str = "") -> Resolution:
        """Return the decision of `resolve`; where it is sure, without looking for others that are alike."""
        found = self._whole(name, acronym, ())
        if found.id:
            return Resolution(name or acronym, found.id, found.method, 100.0, ((found.id, 100.0),))
        return self.resolve(name, acronym)

    def _whole(self, name: str, acronym: str, candidates: tuple[tuple[str, float], ...]) -> _Found:
        named, called = self._lookup(name), self._lookup(acronym)
        if "confirmed" in named.values():
            return _one(named, "conflict")
        if named and called:
            return _one({org_id: named[org_id] for org_id in named.keys() & called.keys()}, "conflict")
        if named or not name.strip():
            return _one(named or called, "ambiguous" if named or called else "none")
        return self._supported(name, called, candidates)

    def _supported(
        self, name: str, called: Mapping[str, str], candidates: tuple[tuple[str, float], ...]
    ) -> _Found:
        """Accept an acronym beside an unknown name only if that name is like its organisation's, and liker
        to it than to any other's: "Dansk Refugee Council (NRC)" is not the Norwegian one."""
        if len(called) != 1:
            return _UNKNOWN
        [org_id] = called
        best = max((score for _, score in candidates), default=0.0)
        is_likest = (org_id, best) in candidates
        return _Found(org_id, _SUPPORTED) if is_likest and self._is_like(name, org_id) else _UNKNOWN

    def _is_like(self, name: str, org_id: str) -> bool:
        core = _core(normalise(name))
        return any(_are_alike(core, known, self._alike) for known in self._names[org_id])

    def _parts(self, name: str, acronym: str) -> _Found | None:
        """Read "Name (ACR)" and "ACR - Name"; both parts must speak for the same organisation."""
        called = self._lookup(acronym)
        for outer, inner in _splits(name):
            found = self._both(outer, inner)
            if found.id and (not called or found.id in called):
                return found
        return None

    def _both(self, outer: str, inner: str) -> _Found:
        named, called = self._lookup(outer), self._lookup(inner)
        if named and not called:
            return _one(named, "ambiguous") if _is_initials(inner, outer) else _UNKNOWN
        return self._whole(outer, inner, self._likest(outer)) if called else _UNKNOWN

    def _lookup(self, text: str) -> dict[str, str]:
        """Return the organisations that `text` may stand for, each with how it is known."""
        key = normalise(text)
        if key in self._confirmed:
            return {self._confirmed[key]: "confirmed"}
        if text.strip() in self._ids:
            return {text.strip(): "id"}
        return self._known.get(key) or self._by_core(key) or self._without_country(key)

    def _by_core(self, key: str) -> dict[str, str]:
        core = _core(key)
        ids = self._cores.get(core, set()) if _is_telling(core) else set()
        return dict.fromkeys(ids, "short_form") if len(ids) == 1 else {}

    def _without_country(self, key: str) -> dict[str, str]:
        """Read "WHO Iraq" as WHO. "Caritas Iraq" is an organisation of its own, so only bodies that are
        based abroad and known by the rest alone are taken."""
        head, _, tail = key.rpartition(" ")
        if tail not in _COUNTRY:
            return {}
        known = self._known.get(head.removesuffix(" in"), {})
        return {org_id: "without_country" for org_id in known if known.keys() <= self._abroad}

    def _likest(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return the three likest organisations, 0 to 100: the mean of the likeness of all words and of the
        words in common, so that neither a missing word nor one shared word decides."""
        key = normalise(text)
        if not key or not self._keys:
            return ()
        likeness = np.mean([process.cdist([key], self._keys, scorer=each)[0] for each in _MEASURES], axis=0)
        best = np.zeros(len(self._org_ids))
        np.maximum.at(best, self._owners, likeness)
        order = np.argsort(-best, kind="stable")[:_CANDIDATES]
        return tuple((self._org_ids[place], round(float(best[place]), 1)) for place in order)


def _spellings(organisations: pd.DataFrame, aliases: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    columns = {"name_en": "name", "name_ar": "name", "name_ckb": "name", "acronym": "acronym", "org_id": "id"}
    for column, method in columns.items():
        yield from ((text, org_id, method) for text, org_id in _pairs(organisations, column))
    yield from ((text, org_id, "alias") for text, org_id in _pairs(aliases, "name"))


def _pairs(table: pd.DataFrame, column: str) -> Iterable[tuple[str, str]]:
    return zip(table[column].fillna("").astype(str), table["org_id"], strict=True)


def _core(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _DROPPED)


def _is_telling(core: str) -> bool:
    return " " in core or len(core) >= _SHORTEST_WORD


def _are_alike(one: str, other: str, alike: float) -> bool:
    """Shared words are not enough: "Directorate of Health - Halabja" shares all but one with Erbil's. So
    each word of one of the two must also have its like in the other."""
    if fuzz.token_set_ratio(one, other) < alike:
        return False
    return _is_within(one.split(), other.split()) or _is_within(other.split(), one.split())


def _is_within(few: list[str], many: list[str]) -> bool:
    return all(any(_is_same_word(word, each) for each in many) for word in few)


def _is_same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return fuzz.ratio(one, other) >= _SAME_WORD or (len(short) > 2 and long.startswith(short))


def _one(found: Mapping[str, str], otherwise: str) -> _Found:
    if len(found) != 1:
        return _Found("", otherwise)
    [(org_id, method)] = found.items()
    return _Found(org_id, method)


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield (name, acronym) for the ways in which one text may hold both."""
    if match := re.fullmatch(r"\s*(.+?)\s*[(\[（]([^()\[\]（）]+)[)\]）]\s*", name):
        yield match[1], match[2]
        yield match[2], match[1]
    left, dash, right = re.sub(r"\s[-–—/]+\s", "\0", name, count=1).partition("\0")
    if dash:
        yield right, left
        yield left, right


def _is_initials(acronym: str, name: str) -> bool:
    words = normalise(name).split()
    letters = re.sub(r"[\W_]", "", acronym).casefold()
    readings = (words, [word for word in words if word not in _DROPPED])
    return len(letters) > 1 and letters in {"".join(word[0] for word in reading) for reading in readings}
