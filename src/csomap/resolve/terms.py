"""Words for services, groups, functions... as people write them, to the code of the taxonomy."""

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd
from rapidfuzz import fuzz, process

from csomap.i18n import LANGUAGES
from csomap.resolve.normalise import normalise
from csomap.resolve.resolution import Resolution

_WORD_ALIKE = 85.0
_LEAD = 5.0
_CANDIDATES = 3


class TermResolver:
    """Finds the code that a text stands for, and refuses where it is not sure.

    `taxonomy` has the columns of a file of data/taxonomies/ (code, parent, label_en, label_ar, label_ckb);
    `aliases` has code and text, and an empty code is a wording that is known to say nothing. `confirmed`
    maps texts that a person has decided on to their code ("" for "says nothing") and goes before all else.
    """

    def __init__(
        self,
        taxonomy: pd.DataFrame,
        aliases: pd.DataFrame,
        confirmed: Mapping[str, str] | None = None,
        *,
        accept: float = 92.0,
    ) -> None:
        self._accept = accept
        self._codes = frozenset(taxonomy["code"])
        # A decision on a code that the taxonomy no longer has is a question again.
        kept = {text: code for text, code in (confirmed or {}).items() if code in self._codes | {""}}
        self._confirmed = {_joined(text): code for text, code in kept.items()}
        labels = _labels(taxonomy)
        wordings = dict(zip(aliases["text"], aliases["code"], strict=True))
        self._labels = {_joined(text): code for text, code in labels.items()}
        self._aliases = {_joined(text): code for text, code in wordings.items()}
        self._known = {normalise(text): code for text, code in (wordings | labels).items() if code}

    def resolve(self, text: str) -> Resolution:
        """Return the code for `text`, which is one term: lists are split by the caller.

        Methods, in this order: confirmed, code, label (in any language), alias, fuzzy (a slip of the pen in
        a long wording), none. `vague` is a wording that is known to say nothing: `id` is empty and no
        person needs to look at it. Of a label that the tree has twice the coarser code is taken.
        """
        code, method = self._exact(text)
        if method:
            return Resolution(text, code, method, 100.0, ((code, 100.0),) if code else ())
        key = normalise(text)
        candidates = self._likest(key)
        if self._is_slip(key, candidates):
            code, score = candidates[0]
            return Resolution(text, code, "fuzzy", score, candidates)
        return Resolution(text, "", "none", max((score for _, score in candidates), default=0.0), candidates)

    def _exact(self, text: str) -> tuple[str, str]:
        key, code = _joined(text), text.strip().casefold()
        if not key:
            return "", ""
        if key in self._confirmed:
            return _said(self._confirmed[key], "confirmed")
        if code in self._codes:
            return code, "code"
        if key in self._labels:
            return self._labels[key], "label"
        return _said(self._aliases[key], "alias") if key in self._aliases else ("", "")

    def _likest(self, key: str) -> tuple[tuple[str, float], ...]:
        if not key:
            return ()
        scores: dict[str, float] = defaultdict(float)
        for wording, score, _ in process.extract(key, self._known.keys(), scorer=fuzz.ratio, limit=None):
            code = self._known[wording]
            scores[code] = max(scores[code], round(score, 1))
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(ranked[:_CANDIDATES])

    def _is_slip(self, key: str, candidates: tuple[tuple[str, float], ...]) -> bool:
        """Say whether the best candidate is the same wording with a letter or two amiss."""
        if not candidates:
            return False
        (best, score), *others = candidates
        clear = score >= self._accept and all(score - other >= _LEAD for _, other in others)
        return clear and any(_same_words(key, known) for known, code in self._known.items() if code == best)


def _labels(taxonomy: pd.DataFrame) -> dict[str, str]:
    """Return the code of each label; where several have it, the one nearest to the root."""
    parents = dict(zip(taxonomy["code"], taxonomy["parent"], strict=True))
    told = taxonomy.set_index("code")[[f"label_{lang}" for lang in LANGUAGES]]
    labels: dict[str, str] = {}
    for code in sorted(parents, key=lambda each: _depth(each, parents), reverse=True):
        labels |= dict.fromkeys(told.loc[code], code)
    return labels


def _joined(text: str) -> str:
    """Return the letters alone: "psycho-social", "psycho social" and "psychosocial" are one wording."""
    return normalise(text).replace(" ", "")


def _depth(code: str, parents: Mapping[str, str]) -> int:
    parent = parents.get(code, "")
    return 1 + _depth(parent, parents) if parent else 0


def _said(code: str, method: str) -> tuple[str, str]:
    return (code, method) if code else ("", "vague")


def _same_words(text: str, known: str) -> bool:
    """Compare word by word: "people without disabilities" is 94 % like "people with disabilities", and
    "unplanned surgery" like "planned surgery", but neither is a slip of the pen."""
    words, others = text.split(), known.split()
    return len(words) == len(others) and all(
        word[0] == other[0] and fuzz.ratio(word, other) >= _WORD_ALIKE
        for word, other in zip(words, others, strict=True)
    )
