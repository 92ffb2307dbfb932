"""From the name of a place to its p-code."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from csomap.resolve.bare_names import LEVELS, BareName, bare_name, script_of
from csomap.resolve.normalise import normalise
from csomap.resolve.resolution import Resolution

# Letters that a name must have to be fuzzy. Arabic omits vowels, so one letter more is another word; and
# where nothing narrows the search, names of quarters and villages would pass for districts.
_SHORTEST = {"latin": 5, "arabic": 7}
_SHORTEST_ANYWHERE = 8
_SHOWN = 5

Allowed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Table:
    """Keys of one script, grouped by place, to be scored all at once."""

    keys: list[str]
    starts: np.ndarray
    pcodes: list[str]


class PlaceResolver:
    """Resolves names of governorates, districts and sub-districts, and refuses rather than guesses.

    `places`: pcode, level, parent, name_en, name_ar, name_ckb. `aliases`: pcode, alias. `never_match`: text.
    `confirmed` maps texts that a person has settled to pcodes; it overrules all but valid codes.
    `accept` is the least likeness in percent of a fuzzy answer, `lead` its least distance, in percentage
    points, from the next place that is not on its line of ancestry.
    """

    def __init__(
        self,
        places: pd.DataFrame,
        aliases: pd.DataFrame,
        never_match: pd.DataFrame,
        confirmed: Mapping[str, str] | None = None,
        *,
        accept: float = 90.0,
        lead: float = 6.0,
    ) -> None:
        self._accept, self._lead = accept, lead
        self._level = {
            str(code): int(level) for code, level in zip(places["pcode"], places["level"], strict=True)
        }
        self._confirmed = {_squeeze(normalise(text)): code for text, code in (confirmed or {}).items()}
        never = [normalise(str(text)) for text in never_match["text"]]
        self._never = {_squeeze(text) for text in never}
        self._never_keys = [bare_name(text).key for text in never]
        self._centres: set[str] = set()
        self._names: dict[str, dict[str, str]] = {}
        self._bare: dict[str, dict[str, bool]] = {}
        self._index(places, aliases)
        self._tables = {
            (script, strict): self._table(script, strict) for script in _SHORTEST for strict in (0, 1)
        }

    def resolve(self, text: str, level: int | None = None, within: str | None = None) -> Resolution:
        """Resolve one text to a pcode.

        `level` (1 governorate, 2 district, 3 sub-district) and `within` (a pcode) say where the answer must
        lie. A name that several places bear goes to the coarsest of them, if there is only one so coarse.
        Methods: code, never, exact, alias, stripped (of article and generic words), fuzzy, none.
        """
        words = normalise(text)
        plain, bare = _squeeze(words), bare_name(words)
        levels = frozenset({level}) if level else LEVELS
        allowed = self._allowed(levels, within)
        if plain.upper() in self._level:
            return self._answer(text, {plain.upper(): "code"}, allowed, [])
        if self._confirmed.get(plain) in self._level and allowed(self._confirmed[plain]):
            return self._answer(text, {self._confirmed[plain]: "alias"}, allowed, [])
        if plain in self._never:
            return Resolution(text, "", "never", 0.0)
        return self._by_name(text, plain, replace(bare, levels=bare.levels & levels), allowed, within)

    def _by_name(
        self, text: str, plain: str, bare: BareName, allowed: Allowed, within: str | None
    ) -> Resolution:
        narrow = self._allowed(bare.levels, within, centre=bare.centre)
        named, stripped = self._names.get(plain, {}), self._stripped(bare)
        ranked = self._rank(bare, narrow)
        for holders, fits in ((named, allowed), (stripped, narrow)):
            if any(map(fits, holders)):
                return self._answer(text, holders, fits, ranked)
        if named or stripped:  # the name is known, only not where it was asked for
            return self._answer(text, named or stripped, narrow, ranked)
        shortest = 0 if within or bare.levels == {1} else _SHORTEST_ANYWHERE
        return self._fuzzy(text, bare.key, ranked, shortest)

    def _answer(
        self, text: str, holders: Mapping[str, str], fits: Allowed, ranked: list[tuple[str, float]]
    ) -> Resolution:
        fitting = [code for code in holders if fits(code)]
        answer = self._coarsest(fitting)
        best = dict.fromkeys(sorted(fitting or holders, key=self._order), 100.0)
        shown = (best | {code: score for code, score in ranked if code not in best}).items()
        return Resolution(text, answer, holders.get(answer, "none"), 100.0, tuple(shown)[:_SHOWN])

    def _fuzzy(self, text: str, key: str, ranked: list[tuple[str, float]], shortest: int) -> Resolution:
        best = ranked[0][1] if ranked else 0.0
        near = [code for code, score in ranked if score > best - self._lead]
        sure = len(key) >= shortest and self._fit_for_fuzzy(key, best) and _on_one_line(near)
        answer = self._coarsest([code for code, score in ranked if score >= self._accept]) if sure else ""
        score = dict(ranked).get(answer, best)
        return Resolution(text, answer, "fuzzy" if answer else "none", score, tuple(ranked))

    def _fit_for_fuzzy(self, key: str, best: float) -> bool:
        long_enough = len(key) >= _SHORTEST.get(script_of(key), len(key) + 1)
        if best < self._accept or not long_enough or any(map(str.isdigit, key)):
            return False
        rival = process.extractOne(key, self._never_keys, scorer=fuzz.ratio)
        return rival is None or rival[1] <= best - self._lead

    def _coarsest(self, codes: Iterable[str]) -> str:
        ordered = sorted(codes, key=self._order)
        alone = len(ordered) == 1 or (ordered and self._level[ordered[0]] < self._level[ordered[1]])
        return ordered[0] if alone else ""

    def _order(self, code: str) -> tuple[int, str]:
        return self._level[code], code

    def _allowed(self, levels: frozenset[int], within: str | None, centre: bool = False) -> Allowed:
        prefix = (within or "").upper()
        return lambda code: (
            self._level[code] in levels and code.startswith(prefix) and (not centre or code in self._centres)
        )

    def _stripped(self, bare: BareName) -> dict[str, str]:
        asked = bare.levels != LEVELS
        holders = self._bare.get(bare.key) or self._bare.get(bare.key.removeprefix("al"), {})
        return {code: "stripped" for code, generic in holders.items() if asked or not generic}

    def _rank(self, bare: BareName, allowed: Allowed) -> list[tuple[str, float]]:
        table = self._tables.get((script_of(bare.key), int(bare.levels != LEVELS)))
        if table is None or not table.keys:
            return []
        scores = process.cdist([bare.key], table.keys, scorer=fuzz.ratio, dtype=np.float32)[0]
        by_place = np.maximum.reduceat(scores, table.starts)
        best_first = np.argsort(-by_place, kind="stable").tolist()
        found = (i for i in best_first if allowed(table.pcodes[i]))
        return [(table.pcodes[i], round(float(by_place[i]), 1)) for i in islice(found, _SHOWN)]

    def _index(self, places: pd.DataFrame, aliases: pd.DataFrame) -> None:
        official = places.set_index("pcode")[["name_en", "name_ar", "name_ckb"]]
        spellings = [
            (str(code), str(name), "exact") for code, row in official.iterrows() for name in row if name
        ]
        spellings += [
            (str(code), str(name), "alias")
            for code, name in zip(aliases["pcode"], aliases["alias"], strict=True)
        ]
        for code, name, method in spellings:
            self._add(code, normalise(name), method)
        parents = zip(places["pcode"], places["parent"], strict=True)
        self._name_centres(
            {str(parent): str(code) for code, parent in parents if code in self._centres}, spellings
        )

    def _add(self, code: str, words: str, method: str) -> None:
        bare = bare_name(words)
        self._names.setdefault(_squeeze(words), {}).setdefault(code, method)
        self._add_bare(code, bare.key, bare.generic)
        if bare.centre and method == "exact":
            self._centres.add(code)

    def _name_centres(self, centre_of: Mapping[str, str], spellings: list[tuple[str, str, str]]) -> None:
        """A district's centre is known by every spelling of the district."""
        for code, name, _ in spellings:
            if code in centre_of:
                self._add_bare(centre_of[code], bare_name(normalise(name)).key, generic=True)

    def _add_bare(self, code: str, key: str, generic: bool) -> None:
        if key:
            holders = self._bare.setdefault(key, {})
            holders[code] = generic and holders.get(code, True)

    def _table(self, script: str, strict: int) -> _Table:
        pairs = sorted(
            (*self._order(code), key)
            for key, holders in self._bare.items()
            for code, generic in holders.items()
            if script_of(key) == script and (strict or not generic)
        )
        starts = [i for i, pair in enumerate(pairs) if i == 0 or pair[1] != pairs[i - 1][1]]
        return _Table(
            [key for *_, key in pairs], np.array(starts, dtype=np.intp), [pairs[i][1] for i in starts]
        )


def _squeeze(words: str) -> str:
    return words.replace(" ", "")


def _on_one_line(codes: list[str]) -> bool:
    ordered = sorted(codes, key=len)
    return all(finer.startswith(coarser) for coarser, finer in pairwise(ordered))
