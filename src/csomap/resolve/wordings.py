"""What is known of the words for one tree of terms: labels, aliases, phrases and DAC codes, by heading."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from csomap.i18n import LANGUAGES
from csomap.resolve.normalise import normalise

_ANY = "…"
_DAC = re.compile(r"\d{3}(\d{2})?")
_BETWEEN = re.compile(r"\s/\s|:")


def joined(text: str) -> str:
    """Return the letters alone: "psycho-social", "psycho social" and "psychosocial" are one wording."""
    return normalise(text).replace(" ", "")


@dataclass(frozen=True)
class _Phrase:
    """Words (with a space at both ends) that a text begins with, ends with or holds below `within`."""

    words: str
    code: str
    within: str
    begins: bool
    ends: bool

    def fits(self, padded: str) -> bool:
        if self.begins:
            return padded.startswith(self.words)
        return padded.endswith(self.words) if self.ends else self.words in padded


class Wordings:
    """The exact knowledge of one taxonomy.

    `taxonomy` has code, parent, label_en, label_ar, label_ckb and perhaps dac_code. `aliases` has code
    (several joined by ; where a wording names several groups), text and perhaps `within`, the heading below
    which alone the wording has this meaning. A text that begins or ends with "…" is a phrase: the rest may
    be anything. `areas` puts a sector beside its parent under one more heading (gbv under protection).
    """

    def __init__(self, taxonomy: pd.DataFrame, aliases: pd.DataFrame, areas: Mapping[str, str]) -> None:
        self.codes = frozenset(taxonomy["code"])
        self._above = dict(zip(taxonomy["code"], taxonomy["parent"], strict=True)) | {
            area: heading for area, heading in areas.items() if area in self.codes
        }
        self._lines: dict[str, tuple[str, ...]] = {}
        self._labels = self._of_labels(taxonomy)
        within = aliases["within"] if "within" in aliases else pd.Series("", index=aliases.index)
        rows = list(zip(aliases["text"], aliases["code"], within, strict=True))
        self._aliases = {(joined(text), under): code for text, code, under in rows}
        self._phrases: dict[str, list[_Phrase]] = {}
        for one in sorted((_phrase(*row) for row in rows if _ANY in row[0]), key=_longest):
            self._phrases.setdefault(one.within, []).append(one)
        self._dac = self._of_dac(taxonomy)
        self.known = dict(self._plain(taxonomy, rows))

    def line(self, code: str) -> tuple[str, ...]:
        """Return the code and all above it, nearest first; () for no code."""
        if code not in self._lines:
            self._lines[code] = (code, *self.line(self._above.get(code, ""))) if code else ()
        return self._lines[code]

    def exact(self, text: str, within: str = "") -> tuple[str, str] | None:
        """Return code and method of a whole wording; the nearest heading's meaning of it goes first."""
        key, code = joined(text), text.strip().casefold()
        below = next((self._aliases[key, up] for up in self.line(within) if (key, up) in self._aliases), None)
        if below is not None:
            return below, "alias"
        if code in self.codes:
            return code, "code"
        if key in self._labels:
            meant = self._labels[key]
            return next((each for each in meant if within in self.line(each)), meant[0]), "label"
        return (self._aliases[key, ""], "alias") if (key, "") in self._aliases else None

    def dac(self, text: str) -> str | None:
        """Return the node of an OECD DAC code that is no alias: five digits, else their group of three.

        A code that several nodes have stands for the lowest node above or among them all. "" is a code that
        is known to name no service (administrative costs), None anything that is no code.
        """
        code = text.strip()
        if not _DAC.fullmatch(code):
            return None
        return self._dac.get(code) or self._aliases.get((code[:3], ""))

    def parts(self, text: str, within: str = "") -> str:
        """Return the finest of the terms in "a: b" or "a / b", if all are known and on one line."""
        pieces = [piece for piece in _BETWEEN.split(text) if normalise(piece)]
        found = [self.exact(piece, within) for piece in pieces] if len(pieces) > 1 else []
        codes = [one[0] for one in found if one]
        if not codes or len(codes) < len(pieces):
            return ""
        finest = max(codes, key=lambda code: len(self.line(code)))
        return finest if set(codes) <= set(self.line(finest)) else ""

    def phrase(self, text: str, within: str) -> str:
        """Return the code of the longest phrase of the nearest heading that the text holds."""
        padded = f" {normalise(text)} "
        for heading in self.line(within):
            for phrase in self._phrases.get(heading, ()):
                if phrase.fits(padded):
                    return phrase.code
        return ""

    def _of_labels(self, taxonomy: pd.DataFrame) -> dict[str, list[str]]:
        """Return the codes of each label, the one nearest to the root first."""
        labels: dict[str, list[str]] = {}
        told = taxonomy[["code", *(f"label_{lang}" for lang in LANGUAGES)]]
        for code, *words in sorted(told.itertuples(index=False), key=lambda row: len(self.line(row[0]))):
            for key in map(joined, words):
                labels[key] = [*labels.get(key, []), code]
        labels.pop("", None)
        return labels

    def _of_dac(self, taxonomy: pd.DataFrame) -> dict[str, str]:
        if "dac_code" not in taxonomy:
            return {}
        having: dict[str, list[str]] = {}
        for dac, code in zip(taxonomy["dac_code"], taxonomy["code"], strict=True):
            having.setdefault(dac, []).append(code)
        return {dac: self._lowest_above(codes) for dac, codes in having.items() if dac}

    def _lowest_above(self, codes: list[str]) -> str:
        common = set.intersection(*(set(self.line(code)) for code in codes))
        return next((code for code in self.line(codes[0]) if code in common), "")

    def _plain(self, taxonomy: pd.DataFrame, rows: list[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
        """Give the wordings that a slip of the pen may be likened to."""
        for text, code, within in rows:
            if code in self.codes and not within and not text.isdecimal():
                yield normalise(text), code
        for codes, words in ((self._labels[joined(text)], text) for text in self._shown(taxonomy)):
            yield normalise(words), codes[0]

    def _shown(self, taxonomy: pd.DataFrame) -> Iterator[str]:
        for lang in LANGUAGES:
            yield from (text for text in taxonomy[f"label_{lang}"] if joined(text))


def _phrase(text: str, code: str, within: str) -> _Phrase:
    begins, ends = not text.startswith(_ANY), not text.endswith(_ANY)
    return _Phrase(f" {normalise(text)} ", code, within, begins, ends)


def _longest(phrase: _Phrase) -> tuple[int, str]:
    return -len(phrase.words), phrase.words
