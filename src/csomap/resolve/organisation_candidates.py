"""The organisations that a person is offered for a name that nobody is sure of."""

from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from csomap.resolve.organisation_likeness import Floats
from csomap.resolve.organisation_words import Words, plain
from csomap.resolve.skeletons import is_arabic, skeleton

_CANDIDATES = 3
# A name of which the text is a part, and one with the same letters, say less than words in common.
_SHARE_ALONE = 0.8
_LETTERS_ALONE = 0.7


class Candidates:
    """Ranks organisations by likeness of words, or else of letters, or across scripts of consonants.

    `org_ids` in the order of the columns that Likeness gives; `spellings` are all known ones, normalised.
    """

    def __init__(self, org_ids: Sequence[str], spellings: Iterable[tuple[str, str]], words: Words) -> None:
        self._words = words
        self._org_ids = org_ids
        self._columns = {org_id: column for column, org_id in enumerate(org_ids)}
        owned = [(key, self._columns[org_id]) for key, org_id in spellings if org_id in self._columns]
        self._owners = np.array([column for _, column in owned], dtype=np.intp)
        self._written = [_sorted(key) for key, _ in owned]
        self._spoken = [self._consonants(key) for key, _ in owned]

    def ranked(self, text: str, scores: Floats, suggested: Iterable[str]) -> tuple[tuple[str, float], ...]:
        """Return the three likest organisations with their likeness, 0 to 100, best first.

        `scores` are the two rows of Likeness for the text; `suggested` are among the three in any case.
        """
        key = plain(text)
        if not key or not self._written:
            return ()
        likeness, share = 100 * scores
        best = np.maximum(likeness, _SHARE_ALONE * share)
        np.maximum.at(best, self._owners, _LETTERS_ALONE * self._letters(key))
        order = [int(column) for column in np.argsort(-best, kind="stable")[:_CANDIDATES]]
        first = [self._columns[org_id] for org_id in suggested if org_id in self._columns]
        chosen = list(dict.fromkeys([*first, *order]))[:_CANDIDATES]
        by_score = sorted(chosen, key=lambda column: -best[column])
        return tuple((self._org_ids[column], round(float(best[column]), 1)) for column in by_score)

    def _letters(self, key: str) -> Floats:
        written = _ratios(_sorted(key), self._written)
        bones = self._consonants(key) if is_arabic(key) else ""
        return np.maximum(written, _ratios(bones, self._spoken)) if bones else written

    def _consonants(self, text: str) -> str:
        told = (word for word in self._words.read(text) if word.kind != "form")
        return _sorted(" ".join(skeleton(word.text) for word in told))


def _ratios(text: str, known: Sequence[str]) -> Floats:
    return np.asarray(process.cdist([text], known, scorer=fuzz.ratio)[0], dtype=np.float64)


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))
