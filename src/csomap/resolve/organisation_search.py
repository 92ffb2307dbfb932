"""Organisations by what people type: in three scripts, a part of a name, a letter amiss."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from csomap.i18n import LANGUAGES
from csomap.resolve.normalise import normalise
from csomap.resolve.organisation_likeness import Floats, Likeness, counted_words
from csomap.resolve.organisation_words import Words, listed_words
from csomap.resolve.reference import city_names

# The share of the weight of what is typed that a name has the like for: one word of two is too little.
_LIKE = 0.7
_NEAR, _FEW = 0.3, 5
_WHOLE, _BEGUN, _WITHIN = 3.0, 2.0, 1.5
_SHORTEST_WITHIN = 3


class OrganisationSearch:
    """Finds organisations by any of their names.

    `known` has the columns of ORGANISATIONS: names in three languages, acronym, aliases. First come those of
    which a name is what is typed, then those of which a name has a word that begins so, then those in which
    it stands anywhere, then those whose words are like it (see Likeness): misspelt, in another script, or of
    the same meaning in another language.
    """

    def __init__(self, known: pd.DataFrame) -> None:
        spelt = list(_spellings(known))
        words = Words(listed_words(), city_names())
        self._likeness = Likeness(spelt, words, *counted_words())
        self._ids = [str(org_id) for org_id in known["org_id"]]
        self._keys = [(f" {key}", org_id) for text, org_id in spelt if (key := normalise(text))]

    def found(self, text: str) -> list[str]:
        """Return the org_ids that fit, best first; everybody in their own order for an empty text."""
        key = normalise(text)
        if not key:
            return self._ids
        scores = dict(zip(self._likeness.org_ids, self._like(text), strict=True))
        for known, org_id in self._keys:
            scores[org_id] = max(scores.get(org_id, 0.0), _as_written(key, known))
        return self._ranked(scores)

    def nearest(self, text: str) -> list[str]:
        """Return the few org_ids that fit some word of a text, best first: for a text that nobody fits."""
        shares = self._likeness.of_all(text)[1]
        scores = dict(zip(self._likeness.org_ids, shares, strict=True))
        for word in normalise(text).split():
            for known, org_id in self._keys if len(word) >= _SHORTEST_WITHIN else ():
                if known == f" {word}":
                    scores[org_id] = _WHOLE
        return self._ranked({one: score for one, score in scores.items() if score >= _NEAR})[:_FEW]

    def _ranked(self, scores: Mapping[str, float]) -> list[str]:
        return sorted((org_id for org_id in self._ids if scores.get(org_id)), key=lambda one: -scores[one])

    def _like(self, text: str) -> Floats:
        """Return the likeness, 0 to 1 with the share before it, of each organisation of the likeness."""
        likeness, share = self._likeness.of_all(text)
        return np.where(share >= _LIKE, (share + likeness) / 2, 0.0)


def _as_written(key: str, known: str) -> float:
    """Return how well a name, with a space before it, holds what is typed as it stands."""
    if known == f" {key}":
        return _WHOLE
    if f" {key}" in known:
        return _BEGUN
    joined, whole = key.replace(" ", ""), known.replace(" ", "")
    return _WITHIN if len(joined) >= _SHORTEST_WITHIN and joined in whole else 0.0


def _spellings(known: pd.DataFrame) -> list[tuple[str, str]]:
    columns = [*(f"name_{lang}" for lang in LANGUAGES), "acronym", "aliases"]
    cells = (
        (cell, str(org_id), column)
        for column in columns
        for cell, org_id in zip(known[column], known["org_id"], strict=True)
    )
    parts = (
        (part, org_id)
        for cell, org_id, name in cells
        for part in (cell.split(";") if name == "aliases" else [cell])
    )
    return [(part, org_id) for part, org_id in parts if part]
