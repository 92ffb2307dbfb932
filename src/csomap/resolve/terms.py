"""Words for services, groups, functions... as people write them, to the code of the taxonomy."""

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd
from rapidfuzz import fuzz, process

from csomap.resolve.normalise import normalise
from csomap.resolve.resolution import Resolution
from csomap.resolve.wordings import Wordings, joined

_WORD_ALIKE = 85.0
_LEAD = 5.0
_CANDIDATES = 3
# The likest wordings that are looked at: three codes have far fewer wordings than this at one likeness.
_LOOKED_AT = 60
# The phrase is sure, the rest of the text was not read.
_PHRASE_SCORE = 95.0


class TermResolver:
    """Finds the code that a text stands for, and refuses where it is not sure.

    `taxonomy` has the columns of a file of data/taxonomies/ (code, parent, label_en, label_ar, label_ckb);
    `aliases` has code, text and perhaps within (see Wordings), and an empty code is a wording that is known
    to say nothing. `areas` are sectors that stand under a second heading. `confirmed` maps texts that a
    person has decided on to their code ("" for "says nothing") and goes before all else.
    """

    def __init__(
        self,
        taxonomy: pd.DataFrame,
        aliases: pd.DataFrame,
        confirmed: Mapping[str, str] | None = None,
        *,
        accept: float = 92.0,
        areas: Mapping[str, str] | None = None,
    ) -> None:
        self._accept = accept
        self._words = Wordings(taxonomy, aliases, areas or {})
        # A decision on a code that the taxonomy no longer has is a question again.
        known = self._words.codes | {""}
        kept = {text: code for text, code in (confirmed or {}).items() if set(code.split(";")) <= known}
        self._confirmed = {joined(text) or text.strip(): code for text, code in kept.items()}

    def resolve(self, text: str, within: str = "") -> Resolution:
        """Return the code for `text`, which is one term: lists are split by the caller.

        `within` is the code of the heading that the text stands under: of several meanings the one below it
        is taken, but a wording that surely means something else keeps its own code. Methods, in this order:
        code, confirmed, label (in any language), alias, dac (a code of the OECD), parts ("Protection: Child
        protection", all on one line of the tree: the finest), phrase (below its heading only), fuzzy (a slip
        of the pen in a long wording), none. `vague` is a wording that is known to say nothing: `id` is empty
        and no person needs to look at it. Of a label that the tree has twice the coarser code is taken. `id`
        holds several codes, joined by ;, where one wording names several groups.
        """
        code, method = self._sure(text, within)
        if method:
            score = _PHRASE_SCORE if method == "phrase" else 100.0
            return Resolution(text, code, method, score, ((code, score),) if code else ())
        key = normalise(text)
        candidates = self._likest(key, within)
        if self._is_slip(key, candidates, within):
            code, score = candidates[0]
            return Resolution(text, code, "fuzzy", score, candidates)
        return Resolution(text, "", "none", max((score for _, score in candidates), default=0.0), candidates)

    def is_within(self, code: str, heading: str) -> bool:
        """Say whether `code` is `heading` or stands below it."""
        return heading in self._words.line(code)

    def _sure(self, text: str, within: str) -> tuple[str, str]:
        key = joined(text) or text.strip()
        if text in self._words.codes:  # whoever gives a code means it
            return text, "code"
        if key in self._confirmed:
            return _said(self._confirmed[key], "confirmed")
        if not joined(text):
            return "", ""
        known = self._words.exact(text, within)
        if known:
            return _said(*known)
        dac = self._words.dac(text)
        if dac is not None:
            return _said(dac, "dac")
        parts = self._words.parts(text, within)
        phrase = parts or self._words.phrase(text, within)
        return (phrase, "parts" if parts else "phrase") if phrase else ("", "")

    def _likest(self, key: str, within: str) -> tuple[tuple[str, float], ...]:
        if not key:
            return ()
        scores: dict[str, float] = defaultdict(float)
        known = self._words.known
        for wording, score, _ in process.extract(key, known.keys(), scorer=fuzz.ratio, limit=_LOOKED_AT):
            scores[known[wording]] = max(scores[known[wording]], round(score, 1))
        ranked = sorted(scores.items(), key=lambda pair: (-self._rank(pair[0], pair[1], within), pair[0]))
        return tuple(ranked[:_CANDIDATES])

    def _rank(self, code: str, score: float, within: str) -> float:
        """Between two codes that are about as like, the heading decides."""
        return score + _LEAD if within and self.is_within(code, within) else score

    def _is_slip(self, key: str, candidates: tuple[tuple[str, float], ...], within: str) -> bool:
        """Say whether the best candidate is the same wording with a letter or two amiss."""
        if not candidates:
            return False
        (best, score), *others = candidates
        rank = self._rank(best, score, within)
        clear = score >= self._accept and all(
            rank - self._rank(code, like, within) >= _LEAD for code, like in others
        )
        return clear and any(
            _same_words(key, known) for known, code in self._words.known.items() if code == best
        )


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
