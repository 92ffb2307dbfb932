"""How alike two names of organisations are: word by word, rare words weighing most."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from csomap.resolve.organisation_words import Word, Words
from csomap.resolve.skeletons import is_arabic, skeleton
from csomap.settings import DATA

# One letter amiss in four, or two letters in eight; shorter words must be the same.
_SAME_WORD = 0.75
_SHORTEST_MISSPELT = 4
# Two consonants are shared by many words; three or more, across scripts, mostly by one.
_TELLING_SKELETON = 3
_TRANSLITERATED = {False: 0.8, True: 0.92}
# Tajdid and Tajdeed: the same consonants in one script, where half of the letters are the same too.
_RESPELT = 0.9
_RESPELT_FROM = 0.5
_SHORTEST_RESPELT = 5
_FORM_WEIGHT = 1.5
_LEAST_WEIGHT = 1.0
_OTHER_PLACE = 0.85
_MISSING = 2.0
Floats = npt.NDArray[np.float64]


class Likeness:
    """Compares a name with all known ones at once.

    The likeness of two names, 0 to 1, is the weight of the words that each has its like for in the other,
    over the weight of all their words. The like of a word is the same word, one with the same meaning in
    another language, one with a letter amiss, or one with the same consonants; the last two are worth less
    than 1. A word without its like counts twice, as it may make another organisation of the name, which a
    letter amiss does not, nor a legal form that is left out. A place that the known name does not have costs
    extra. The weight of a word is ln((names + 1) / (names with it + 1)) over the registry and the counted
    names, at least 1; a legal form weighs 1.5.
    """

    def __init__(
        self, names: Iterable[tuple[str, str]], words: Words, counts: Mapping[str, int], counted: int
    ) -> None:
        self._words = words
        read = [(org_id, told) for text, org_id in names if (told := words.read(text))]
        self.org_ids = sorted({org_id for org_id, _ in read})
        self._vocabulary = list(dict.fromkeys(word for _, told in read for word in told))
        self._frequencies(read, counts, counted)
        self._index()
        places = {word: place for place, word in enumerate(self._vocabulary)}
        self._flat = np.array([places[word] for _, told in read for word in told], dtype=np.intp)
        sizes = [len(told) for _, told in read]
        self._starts = np.cumsum([0, *sizes[:-1]], dtype=np.intp)
        self._owners = np.searchsorted(self.org_ids, [org_id for org_id, _ in read])
        self._weights = np.array([self._weight(word) for word in self._vocabulary])
        self._totals = self._added(self._weights[self._flat]) if read else np.zeros(0)

    def _frequencies(
        self, read: list[tuple[str, tuple[Word, ...]]], counts: Mapping[str, int], counted: int
    ) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        for org_id, told in read:
            for word in told:
                for sense in _senses(word):
                    owners[sense].add(org_id)
        self._seen = Counter({sense: len(ids) for sense, ids in owners.items()})
        for text, names in counts.items():
            for word in self._words.read(text):
                self._seen.update(dict.fromkeys(_senses(word), names))
        self._all = len(self.org_ids) + counted

    def _index(self) -> None:
        self._texts = [word.text for word in self._vocabulary]
        self._arabic = np.array([is_arabic(text) for text in self._texts], dtype=bool)
        self._sizes = [len(text) for text in self._texts]
        self._long = np.array(self._sizes) >= _SHORTEST_MISSPELT
        self._formal = np.array([word.kind == "form" for word in self._vocabulary], dtype=bool)
        self._meant = np.array([bool(word.concepts) for word in self._vocabulary], dtype=bool)
        self._by_concept: dict[str, list[int]] = defaultdict(list)
        self._by_skeleton: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._vocabulary):
            for concept in word.concepts:
                self._by_concept[concept].append(place)
            self._by_skeleton[skeleton(word.text)].append(place)

    def _weight(self, word: Word) -> float:
        if word.kind == "form":
            return _FORM_WEIGHT
        seen = max(self._seen[sense] for sense in _senses(word))
        return max(math.log((self._all + 1) / (seen + 1)), _LEAST_WEIGHT)

    def of_all(self, text: str) -> Floats:
        """Return two rows with a column for each organisation of `org_ids`, of its likest name: the
        likeness of `text`, and the share of the weight of `text` that it has the like for."""
        best = np.zeros((2, len(self.org_ids)))
        told = self._words.read(text)
        if told and self.org_ids:
            for row, likeness in zip(best, self._of_names(told), strict=True):
                np.maximum.at(row, self._owners, likeness)
        return best

    def _of_names(self, told: tuple[Word, ...]) -> tuple[Floats, Floats]:
        alike = self._of_words(told)
        weights = self._told_weights(told, alike)
        found = alike[:, self._flat]
        mine = np.maximum.reduceat(found, self._starts, axis=1)
        likest = found.max(axis=0)
        known = self._weights[self._flat]
        alone = weights @ (mine == 0) + self._added(known * (likest == 0) * ~self._formal[self._flat])
        shared = weights @ mine + self._added(likest * known)
        likeness = shared / (weights.sum() + self._totals + (_MISSING - 1) * alone)
        elsewhere = np.array([word.kind == "place" for word in told])
        likeness[(mine[elsewhere] < 1).any(axis=0)] *= _OTHER_PLACE
        return likeness, weights @ mine / weights.sum()

    def _added(self, values: Floats) -> Floats:
        return np.asarray(np.add.reduceat(values, self._starts), dtype=np.float64)

    def _told_weights(self, told: tuple[Word, ...], alike: Floats) -> Floats:
        """A misspelt word weighs what the word weighs that it is meant to be."""
        likest = alike.argmax(axis=1)
        return np.array(
            [
                self._weights[place] if alike[row, place] and not word.concepts else self._weight(word)
                for row, (word, place) in enumerate(zip(told, likest, strict=True))
            ]
        )

    def _of_words(self, told: tuple[Word, ...]) -> Floats:
        texts = [word.text for word in told]
        written = process.cdist(texts, self._texts, scorer=OSA.normalized_similarity, dtype=np.float64)
        alike = np.where(written >= _SAME_WORD, written, 0.0)
        for row, word in enumerate(told):
            if len(word.text) < _SHORTEST_MISSPELT:
                alike[row] = 0.0
            alike[row, ~self._long] = 0.0
            self._respelt(word, alike[row], written[row])
            if word.concepts:
                alike[row, self._meant] = 0.0
            alike[row, [place for sense in word.concepts for place in self._by_concept[sense]]] = 1.0
            alike[row, written[row] == 1.0] = 1.0
        return alike

    def _respelt(self, word: Word, alike: Floats, written: Floats) -> None:
        bones = skeleton(word.text)
        telling = len(bones) >= _TELLING_SKELETON
        for place in self._by_skeleton.get(bones, ()) if len(bones) > 1 else ():
            if self._arabic[place] != is_arabic(word.text):
                alike[place] = max(alike[place], _TRANSLITERATED[telling])
            elif (
                telling
                and written[place] >= _RESPELT_FROM
                and min(len(word.text), self._sizes[place]) >= _SHORTEST_RESPELT
            ):
                alike[place] = max(alike[place], _RESPELT)


@cache
def counted_words() -> tuple[Mapping[str, int], int]:
    """Return data/registry/word_counts.csv: in how many of the names counted there a word is, and how many
    names were counted (its row without a word)."""
    table = pd.read_csv(DATA / "registry/word_counts.csv", keep_default_na=False)
    counts = {str(word): int(names) for word, names in zip(table["word"], table["names"], strict=True)}
    return counts, counts.pop("")


def _senses(word: Word) -> Iterable[str]:
    return word.concepts or (word.text,)
