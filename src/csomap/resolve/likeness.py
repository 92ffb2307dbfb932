"""Which places have a name like this one: all of one script scored at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
from rapidfuzz import fuzz, process

from csomap.resolve.bare_names import script_of

SHOWN = 5
SCRIPTS = ("latin", "arabic")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Keys of one script, grouped by place; `ranked` says which places are like a key."""

    keys: list[str]
    starts: np.ndarray
    pcodes: list[str]

    def ranked(self, key: str, allowed: Callable[[str], bool]) -> list[tuple[str, float]]:
        """Return up to SHOWN allowed places with the likeness of their likest name, in percent."""
        if not self.keys:
            return []
        scores = process.cdist([key], self.keys, scorer=fuzz.ratio, dtype=np.float32)[0]
        by_place = np.maximum.reduceat(scores, self.starts)
        best_first = np.argsort(-by_place, kind="stable").tolist()
        found = (i for i in best_first if allowed(self.pcodes[i]))
        return [(self.pcodes[i], round(float(by_place[i]), 1)) for i in islice(found, SHOWN)]


def likeness(
    names: Mapping[str, Mapping[str, bool]], order: Callable[[str], tuple[int, str]], script: str, strict: int
) -> Likeness:
    """Return the Likeness of `names` (key -> place -> only known with a word for a kind of place).

    `strict` 1 takes names that are known only with such a word too: the text asked for the kind.
    """
    pairs = sorted(_pairs(names, order, script, strict))
    starts = [i for i, pair in enumerate(pairs) if i == 0 or pair[1] != pairs[i - 1][1]]
    places = [pairs[i][1] for i in starts]
    return Likeness([key for *_, key in pairs], np.array(starts, dtype=np.intp), places)


def _pairs(
    names: Mapping[str, Mapping[str, bool]], order: Callable[[str], tuple[int, str]], script: str, strict: int
) -> Iterable[tuple[int, str, str]]:
    for key, holders in names.items():
        if script_of(key) == script:
            yield from ((*order(code), key) for code, generic in holders.items() if strict or not generic)
