"""The names that the registry and people's decisions know for certain, and what may surround them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

import pandas as pd

from csomap.resolve.organisation_words import Words, plain, together

_BASED_ABROAD = frozenset({"un", "ingo", "donor", "other"})
_GOVERNMENT = "government"
_REMEMBERED = 1024
_SHORTEST_JOINED = 6
_SHORTEST_CUT = 20


class Found(NamedTuple):
    """An organisation ("" = none), how it was found, and the likeness, 0 to 100, of the name."""

    id: str
    method: str
    score: float = 100.0


class KnownNames:
    """Looks names up as they stand, without spaces, cut off, and with an office or a place around them."""

    def __init__(
        self,
        organisations: pd.DataFrame,
        aliases: pd.DataFrame,
        confirmed: Mapping[str, str],
        words: Words,
    ) -> None:
        self._words = words
        self._types = dict(zip(organisations["org_id"], organisations["type"], strict=True))
        decided = {plain(text): org_id for text, org_id in confirmed.items()}
        self._confirmed = {key: org_id for key, org_id in decided.items() if key}
        self._known: dict[str, dict[str, str]] = defaultdict(dict)
        self._joined: dict[str, set[str]] = defaultdict(set)
        self.names: list[tuple[str, str]] = []
        for text, org_id, method in _spellings(organisations, aliases):
            self._learn(text, org_id, method)
        self._keys = sorted(self._known)
        self.find = lru_cache(_REMEMBERED)(self._find)

    def _learn(self, text: str, org_id: str, method: str) -> None:
        key = plain(text)
        if not key:
            return
        self._known[key].setdefault(org_id, method)
        self._known[together(key)].setdefault(org_id, method)
        if method == "id" or (method == "acronym" and " " not in key):
            return
        self.names.append((text, org_id))
        for joined in self._words.joined(text):
            self._joined[joined].add(org_id)

    def spellings(self) -> list[tuple[str, str]]:
        """Return every known spelling, normalised, with its org_id."""
        return [(key, org_id) for key, owners in self._known.items() for org_id in owners]

    def _find(self, text: str) -> dict[str, Found]:
        """Return the organisations that `text` may stand for, each with how it is known."""
        key = plain(text)
        if text.strip() in self._types:  # whoever gives an id means it
            return {text.strip(): Found(text.strip(), "id")}
        if key in self._confirmed:
            org_id = self._confirmed[key]
            return {org_id: Found(org_id, "confirmed")}
        known = self._known.get(key) or self._known.get(together(key)) or self._without_spaces(text)
        if known:
            return {org_id: Found(org_id, method) for org_id, method in known.items()}
        return self._cut_off(text, key) or self._branch(text)

    def _without_spaces(self, text: str) -> dict[str, str]:
        owners = {
            org_id
            for joined in self._words.joined(text)
            if len(joined) >= _SHORTEST_JOINED
            for org_id in self._joined.get(joined, ())
        }
        return dict.fromkeys(owners, "without_spaces") if len(owners) == 1 else {}

    def _cut_off(self, text: str, key: str) -> dict[str, Found]:
        """Read a name whose end a narrow column cut off, within a word or behind one such as "for", if one
        organisation's goes on so."""
        if len(key) < _SHORTEST_CUT or text.rstrip()[-1:] in ")]":
            return {}
        is_open = self._words.is_filler(key.split()[-1])
        start = bisect_left(self._keys, key)
        longer = takewhile(lambda known: known.startswith(key), self._keys[start:])
        cut = [known for known in longer if is_open or known[len(key) :][:1].strip()]
        owners = {org_id for known in cut for org_id in self._known[known]}
        return {org_id: Found(org_id, "cut_off") for org_id in owners} if len(owners) == 1 else {}

    def _branch(self, text: str) -> dict[str, Found]:
        rest, kinds = self._words.without_branch(text)
        known = self._known.get(rest, {}) if kinds else {}
        method = "without_country" if kinds == {"country"} else "branch"
        return {
            org_id: Found(org_id, method)
            for org_id, how in known.items()
            if len(known) == 1 and self.has_branches(org_id, kinds, acronym=how == "acronym")
        }

    def has_branches(self, org_id: str, kinds: frozenset[str], *, acronym: bool = False) -> bool:
        """Say whether the words around a name leave it the same organisation's.

        "WHO Iraq" and "WHO Erbil" are WHO. "Caritas Iraq" is an organisation of its own, so a body based
        in Iraq needs the word for an office behind its full name, and a government body is a different one in
        each place.
        """
        based = self._types.get(org_id, "")
        return (
            bool(kinds)
            and based != _GOVERNMENT
            and (based in _BASED_ABROAD or ("branch" in kinds and not acronym))
        )


def _spellings(organisations: pd.DataFrame, aliases: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    columns = {"name_en": "name", "name_ar": "name", "name_ckb": "name", "acronym": "acronym", "org_id": "id"}
    for column, method in columns.items():
        yield from ((text, org_id, method) for text, org_id in _pairs(organisations, column))
    yield from ((text, org_id, "alias") for text, org_id in _pairs(aliases, "name"))


def _pairs(table: pd.DataFrame, column: str) -> Iterable[tuple[str, str]]:
    return zip(table[column].fillna("").astype(str), table["org_id"], strict=True)
