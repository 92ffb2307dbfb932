"""Names of organisations as people write them, to the org_id of the registry."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from csomap.resolve.normalise import normalise
from csomap.resolve.organisation_candidates import Candidates
from csomap.resolve.organisation_likeness import Likeness, counted_words
from csomap.resolve.organisation_names import Found, KnownNames
from csomap.resolve.organisation_readings import in_brackets, several_names, splits
from csomap.resolve.organisation_words import Words, listed_words, plain
from csomap.resolve.resolution import Resolution

_SAME_WORDS = 99.9
_AS_LIKE = 3.0  # of several alike, an acronym tells which
_REMEMBERED = 256
_UNKNOWN = Found("", "none", 0.0)


def provisional_id(name: str) -> str:
    """Return the org_id of an organisation that the registry does not know: the same for all its spellings
    that differ only in what normalising removes."""
    return "new-" + hashlib.sha1(normalise(name).encode(), usedforsecurity=False).hexdigest()[:10]


class OrganisationResolver:
    """Finds the organisation that a name, an acronym or both stand for, and refuses where two would fit.

    `organisations` has the columns of data/registry/organisations.csv, `aliases` those of
    organisation_aliases.csv; `confirmed` maps texts that a person has decided on to their org_id, and goes
    before the registry. `places` (names to p-codes) are those that an office or a directorate may be of.
    A name that nobody has listed is accepted from the likeness `accept` (0 to 100, see Likeness), if the next
    organisation is at least `lead` less like it; beside the right acronym, from `alike`.
    """

    def __init__(
        self,
        organisations: pd.DataFrame,
        aliases: pd.DataFrame,
        confirmed: Mapping[str, str] | None = None,
        *,
        places: Mapping[str, str] | None = None,
        alike: float = 75.0,
        accept: float = 88.0,
        lead: float = 5.0,
    ) -> None:
        self._alike, self._accept, self._lead = alike, accept, lead
        self._words = Words(listed_words(), places)
        self._names = KnownNames(organisations, aliases, confirmed or {}, self._words)
        likeness = Likeness(self._names.names, self._words, *counted_words())
        self._scores = lru_cache(_REMEMBERED)(likeness.of_all)
        self._org_ids = likeness.org_ids
        self._places = {org_id: place for place, org_id in enumerate(self._org_ids)}
        self._candidates = Candidates(self._org_ids, self._names.spellings(), self._words)

    def resolve(self, name: str, acronym: str = "") -> Resolution:
        """Return the organisation of `name` and `acronym`, either of which may be empty.

        `id` is empty where nobody is known by the text (method `none`), where two are (`ambiguous`), and
        where the name says one and the acronym another (`conflict`). `candidates` are the three likest.
        """
        found = self._found(name, acronym)
        text = name or acronym
        suggested = [found.id] if found.id else self._suggested(name, acronym)
        candidates = self._candidates.ranked(text, self._scores(text), suggested)
        score = found.score if found.id else max((score for _, score in candidates), default=0.0)
        return Resolution(text, found.id, found.method, score, candidates)

    def decide(self, name: str, acronym: str = "") -> Resolution:
        """Return the decision of `resolve`; where it is sure, without looking for others that are alike."""
        found = self._found(name, acronym)
        if found.id:
            only = ((found.id, found.score),)
            return Resolution(name or acronym, found.id, found.method, found.score, only)
        return self.resolve(name, acronym)

    def _found(self, name: str, acronym: str) -> Found:
        found = self._whole(name, acronym)
        if found.method != "none":
            return found
        return self._several(name, acronym) or self._parts(name, acronym) or found

    def _whole(self, name: str, acronym: str) -> Found:
        named, called = self._named(name), self._names.find(acronym)
        if any(found.method == "confirmed" for found in named.values()):
            return _one(named, "conflict")
        if named and called:
            return _one({org_id: named[org_id] for org_id in named.keys() & called.keys()}, "conflict")
        if named or not name.strip():
            return _one(named or called, "ambiguous" if named or called else "none")
        return self._supported(name, called)

    def _named(self, text: str) -> dict[str, Found]:
        return self._names.find(text) or self._alike_to(text)

    def _alike_to(self, text: str) -> dict[str, Found]:
        """Return the one organisation whose name is like `text`, with an office or a place around it or not.

        What stands in brackets behind a known name is not read as a part of the name: "Save the Children
        (Kurdistan)" is not for certain Kurdistan Save the Children.
        """
        parts = in_brackets(text)
        if parts and any(map(self._names.find, parts)):
            return {}
        found = self._likest_one(text)
        rest, kinds = self._words.without_branch(text)
        if not found.id and kinds:
            found = self._likest_one(rest)
            found = found if self._names.has_branches(found.id, kinds) else _UNKNOWN
        return {found.id: found} if found.id else {}

    def _likest_one(self, text: str) -> Found:
        scores = 100 * self._scores(text)[0]
        if not scores.any():
            return _UNKNOWN
        place = int(scores.argmax())
        score = float(scores[place])
        second = float(np.delete(scores, place).max(initial=0.0))
        if score < self._accept or score - second < self._lead:
            return _UNKNOWN
        method = "short_form" if score > _SAME_WORDS else "likeness"
        return Found(self._org_ids[place], method, round(score, 1))

    def _supported(self, name: str, called: Mapping[str, Found]) -> Found:
        """Accept an acronym beside an unknown name only if that name is like its organisation's, and liker
        to it than to any other's: "Dansk Refugee Council (NRC)" is not the Norwegian one."""
        scores = 100 * self._scores(name).max(axis=0)
        org_id = next(iter(called), "")
        if len(called) != 1 or org_id not in self._places:
            return _UNKNOWN
        score = float(scores[self._places[org_id]])
        is_likest = score >= self._alike and score > scores.max() - _AS_LIKE
        return Found(org_id, "acronym_and_name", round(score, 1)) if is_likest else _UNKNOWN

    def _several(self, name: str, acronym: str) -> Found | None:
        """Read "New name (formerly Old name)": those of the names that are known must be one's."""
        called = self._names.find(acronym)
        told = [known for part in several_names(name) if (known := self._named(part) or self._pair(part))]
        ids = {org_id for known in (*told, called) if known for org_id in known}
        if len(ids) > 1:
            return Found("", "conflict", 0.0)
        return Found(next(iter(ids)), "other_name") if told else None

    def _pair(self, text: str) -> dict[str, Found]:
        found = self._parts(text, "")
        return {found.id: found} if found else {}

    def _parts(self, name: str, acronym: str) -> Found | None:
        """Read "Name (ACR)" and "ACR - Name"; both parts must speak for the same organisation."""
        called = self._names.find(acronym)
        for outer, inner in splits(name):
            found = self._both(outer, inner, called)
            if found.id and (not called or found.id in called):
                return found
        return None

    def _both(self, outer: str, inner: str, called: Mapping[str, Found]) -> Found:
        named, beside = self._named(outer), self._names.find(inner)
        if not named or beside:
            return self._whole(outer, inner) if beside else _UNKNOWN
        is_told = (
            bool(named.keys() & called.keys())
            or self._is_acronym(inner, outer, named)
            or bool(self._supported(inner, named).id)
        )
        return _one(named, "ambiguous") if is_told else _UNKNOWN

    def _is_acronym(self, inner: str, outer: str, named: Mapping[str, Found]) -> bool:
        """Say whether what stands beside a known name is its initials, or only an office of it."""
        letters = plain(inner).replace(" ", "")
        if len(letters) > 1 and letters in self._words.initials(outer):
            return True
        kinds = self._words.without_branch(f"{outer} {inner}")[1]
        is_office = self._words.is_branch(inner)
        return is_office and all(self._names.has_branches(org_id, kinds) for org_id in named)

    def _suggested(self, name: str, acronym: str) -> list[str]:
        texts = [acronym, *(part for parts in splits(name) for part in parts), *several_names(name)]
        return sorted({org_id for text in texts for org_id in self._names.find(text)} & self._places.keys())


def _one(found: Mapping[str, Found], otherwise: str) -> Found:
    return next(iter(found.values())) if len(found) == 1 else Found("", otherwise, 0.0)
