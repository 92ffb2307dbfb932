"""From the name of a place to its p-code."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

import pandas as pd
from rapidfuzz import fuzz, process

from csomap.resolve.bare_names import LEVELS, BareName, bare_name, script_of
from csomap.resolve.likeness import SCRIPTS, SHOWN, likeness
from csomap.resolve.normalise import normalise
from csomap.resolve.qualified import readings
from csomap.resolve.resolution import Resolution
from csomap.resolve.settled import Confirmed, Settled
from csomap.resolve.sounds import sound

# Letters that a name must have to be fuzzy. Arabic omits vowels, so one letter more is another word; and
# where nothing narrows the search, names of quarters and villages would pass for districts.
_SHORTEST = {"latin": 5, "arabic": 7}
_SHORTEST_ANYWHERE = 8
# Letters of a sound, where an area narrows the search, where only governorates are meant, where nothing does.
# A Latin sound has lost its vowels: without an area, towns of other countries would pass for districts.
_SHORTEST_SOUND, _SHORTEST_SOUND_GOVERNORATE, _SHORTEST_SOUND_ANYWHERE = 3, 5, {"latin": 8, "arabic": 6}

Allowed = Callable[[str], bool]


class PlaceResolver:
    """Resolves names of governorates, districts and sub-districts, and refuses rather than guesses.

    `places`: pcode, level, parent, name_en, name_ar, name_ckb. `aliases`: pcode, alias. `never_match`: text.
    `confirmed` maps texts that a person has settled to pcodes, or to "" where the text is not a place; a
    key (text, pcode) holds inside that place, whatever the level; it overrules all but valid codes.
    `accept` is the least likeness in percent of a fuzzy answer, `lead` its least distance, in percentage
    points, from the next place that is not on its line of ancestry.
    """

    def __init__(
        self,
        places: pd.DataFrame,
        aliases: pd.DataFrame,
        never_match: pd.DataFrame,
        confirmed: Confirmed | None = None,
        *,
        accept: float = 92.0,
        lead: float = 16.0,
    ) -> None:
        self._accept, self._lead = accept, lead
        self._level = dict(zip(places["pcode"].astype(str), places["level"].astype(int), strict=True))
        self._settled = Settled(confirmed or {})
        self._rule_out(never_match["text"])
        self._centres: set[str] = set()
        self._names: dict[str, dict[str, str]] = {}
        self._bare: dict[str, dict[str, bool]] = {}
        self._index(places, aliases)
        self._sounds: dict[str, dict[str, bool]] = {}
        self._listen()
        self._likeness = {
            (script, strict): likeness(self._bare, self._order, script, strict)
            for script in SCRIPTS
            for strict in (0, 1)
        }

    def resolve(self, text: str, level: int | None = None, within: str | None = None) -> Resolution:
        """Resolve one text to a pcode.

        `level` (1 governorate, 2 district, 3 sub-district) and `within` (a pcode) say where the answer must
        lie. A name that several places bear goes to the coarsest of them, if there is only one so coarse.
        Methods: code, confirmed, not_a_place (a person said so), never, exact, alias, stripped (of article
        and generic words), sound (the only place in reach that sounds so), fuzzy, parts ("Mosul, Ninewa"),
        none.
        """
        words = normalise(text)
        plain, bare = _squeeze(words), bare_name(words)
        levels = frozenset({level}) if level else LEVELS
        allowed = self._allowed(levels, within)
        if plain.upper() in self._level:
            return self._answer(text, {plain.upper(): "code"}, allowed, [])
        within = (within or "").upper()
        settled, said_of_area = self._settled.find(plain or text.strip(), within)
        if settled == "":
            return Resolution(text, "", "not_a_place", 100.0)
        if settled in self._level and (said_of_area or allowed(settled)):
            return _confirmed_as(text, settled)
        if plain in self._never and not settled:
            return Resolution(text, "", "never", 0.0)
        found = self._by_name(text, plain, replace(bare, levels=bare.levels & levels), allowed, within)
        if not found.id and settled in self._level and settled.startswith(within):
            return _confirmed_as(text, settled)
        return found if found.id else self._by_parts(found, levels, within)

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
        heard = self._heard(bare, narrow, within)
        if heard:
            return self._answer(text, heard, narrow, ranked)
        shortest = 0 if within or bare.levels == {1} else _SHORTEST_ANYWHERE
        return self._fuzzy(text, bare.key, ranked, shortest)

    def _heard(self, bare: BareName, narrow: Allowed, within: str | None) -> dict[str, str]:
        """Return the place that sounds like the text, if there is one only in reach."""
        heard, asked = sound(bare.key), bare.levels != LEVELS
        shortest = _SHORTEST_SOUND_ANYWHERE.get(script_of(bare.key), len(heard) + 1)
        if within or bare.levels == {1}:
            shortest = _SHORTEST_SOUND if within else _SHORTEST_SOUND_GOVERNORATE
        if len(heard) < shortest or heard in self._never_sounds or any(map(str.isdigit, heard)):
            return {}
        holders = self._sounds.get(heard, {})
        fitting = [code for code, generic in holders.items() if (asked or not generic) and narrow(code)]
        return dict.fromkeys(fitting, "sound") if _on_one_line(fitting) else {}

    def _by_parts(self, found: Resolution, levels: frozenset[int], within: str) -> Resolution:
        """Return the place of a text that also names what it lies in, else `found`."""
        for area, rest in readings(found.text):
            around = self._known(area, LEVELS, within)
            inner = self._known(rest, levels, around) if around else ""
            if inner in ("", around):
                continue
            # Two names of one level are a list of two places.
            rivals = {
                self._known(area, frozenset({self._level[inner]}), within),
                self._known(rest, frozenset({self._level[around]}), within),
            }
            if rivals <= {"", inner, around}:
                return Resolution(found.text, inner, "parts", 100.0, ((inner, 100.0),))
        return found

    def _known(self, text: str, levels: frozenset[int], within: str) -> str:
        """Return the place that surely bears a name, "" = none or several."""
        words = normalise(text)
        plain, bare = _squeeze(words), bare_name(words)
        narrow = self._allowed(bare.levels & levels, within, centre=bare.centre)
        for holders, fits in (
            (self._names.get(plain, {}), self._allowed(levels, within)),
            (self._stripped(bare), narrow),
        ):
            fitting = [code for code in holders if fits(code)]
            if fitting and plain not in self._never:
                return self._coarsest(fitting)
        return ""

    def _answer(
        self, text: str, holders: Mapping[str, str], fits: Allowed, ranked: list[tuple[str, float]]
    ) -> Resolution:
        fitting = [code for code in holders if fits(code)]
        answer = self._coarsest(fitting)
        best = dict.fromkeys(sorted(fitting or holders, key=self._order), 100.0)
        shown = (best | {code: score for code, score in ranked if code not in best}).items()
        return Resolution(text, answer, holders.get(answer, "none"), 100.0, tuple(shown)[:SHOWN])

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
        table = self._likeness.get((script_of(bare.key), int(bare.levels != LEVELS)))
        return table.ranked(bare.key, allowed) if table else []

    def _listen(self) -> None:
        for key, holders in self._bare.items():
            for code, generic in holders.items():
                _add(self._sounds, sound(key), code, generic)

    def _rule_out(self, texts: Iterable[str]) -> None:
        never = [normalise(str(text)) for text in texts]
        self._never = {_squeeze(text) for text in never}
        self._never_keys = [bare_name(text).key for text in never]
        self._never_sounds = {sound(key) for key in self._never_keys}

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
            bare = bare_name(normalise(name))
            self._names.setdefault(_squeeze(normalise(name)), {}).setdefault(code, method)
            _add(self._bare, bare.key, code, bare.generic)
            self._centres |= {code} if bare.centre and method == "exact" else set()
        parents = zip(places["pcode"], places["parent"], strict=True)
        centre_of = {str(parent): str(code) for code, parent in parents if code in self._centres}
        for code, name, _ in spellings:  # a district's centre is known by every spelling of the district
            if code in centre_of:
                _add(self._bare, bare_name(normalise(name)).key, centre_of[code], generic=True)


def _add(index: dict[str, dict[str, bool]], key: str, code: str, generic: bool) -> None:
    if key:
        holders = index.setdefault(key, {})
        holders[code] = generic and holders.get(code, True)


def _confirmed_as(text: str, code: str) -> Resolution:
    return Resolution(text, code, "confirmed", 100.0, ((code, 100.0),))


def _squeeze(words: str) -> str:
    return words.replace(" ", "")


def _on_one_line(codes: list[str]) -> bool:
    ordered = sorted(codes, key=len)
    return all(finer.startswith(coarser) for coarser, finer in pairwise(ordered))
