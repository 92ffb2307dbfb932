"""Whether the names of two organisations may be names of one: an office, an earlier name, another script."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from csomap.resolve.organisation_likeness import Likeness, counted_words
from csomap.resolve.organisation_readings import several_names, splits
from csomap.resolve.organisation_words import Words, listed_words, plain
from csomap.resolve.reference import city_names

_REMEMBERED = 200_000
_KEPT = 8
_SHORTEST_JOINED = 6
_SHORTEST = 3  # initials of fewer letters are those of many
_LONGEST_ACRONYM = 8
_ABROAD = frozenset({"un", "ingo", "donor"})
_GOVERNMENT = "government"


class Named(NamedTuple):
    """An organisation with all its names: `texts` (names and aliases), `acronym`, its type, and whether the
    registry knows it."""

    texts: tuple[str, ...]
    acronym: str
    type: str
    registered: bool


class Names:
    """Compares the organisations of one data set by name.

    `accept` is the likeness (0 to 100, see Likeness) from which two names are taken for one.
    """

    def __init__(self, known: Mapping[str, Named], accept: float) -> None:
        self._known, self._accept = known, accept
        self._words = _words()
        told = tuple(sorted((text, org_id) for org_id, one in known.items() for text in one.texts))
        self._likeness = _likeness(told)
        self._places = {org_id: place for place, org_id in enumerate(self._likeness.org_ids)}
        self.compare = lru_cache(_REMEMBERED)(self._compare)
        self._all = lru_cache(_REMEMBERED)(self._all_like)

    def _compare(self, one: str, two: str) -> tuple[str, str]:
        """Return what the names of two org_ids say together, and their likeness (0 to 100) as text.

        same: one org_id. variant: likely one organisation. different; unknown: a name is not known. The
        registry keeps its organisations apart, so two of them are never variants.
        """
        if one == two:
            return "same", ""
        first, second = self._known.get(one), self._known.get(two)
        if not first or not second:
            return "unknown", ""
        if first.registered and second.registered:
            return "different", ""
        likeness = max(self._like(one, two), self._like(two, one))
        is_variant = likeness >= self._accept or self._called_alike(first, second)
        return ("variant" if is_variant else "different"), str(round(likeness))

    def _called_alike(self, first: Named, second: Named) -> bool:
        ones, twos = self._readings(first), self._readings(second)
        return bool(ones & twos or ones & self._initials(second) or twos & self._initials(first))

    def _initials(self, one: Named) -> set[str]:
        return {
            short for text in one.texts for short in self._words.initials(text) if len(short) >= _SHORTEST
        }

    def _like(self, one: str, two: str) -> float:
        return 100 * max((self._all(text)[self._places[two]] for text in self._known[one].texts), default=0.0)

    def _all_like(self, text: str) -> list[float]:
        return [float(value) for value in self._likeness.of_all(text)[0]]

    def _readings(self, one: Named) -> set[str]:
        """Return all that the organisation may be called, in the form in which it is compared."""
        texts = {reading for text in one.texts for reading in _parts(text)}
        found = {plain(text) for text in (*texts, one.acronym) if text}
        found |= {
            form for text in texts for form in self._words.joined(text) if len(form) >= _SHORTEST_JOINED
        }
        return (found | {rest for text in texts if (rest := self._office_of(text, one.type))}) - {""}

    def _office_of(self, text: str, kind: str) -> str:
        """Return a name without the words for an office, a country or a place, if it stays the same one's."""
        rest, around = self._words.without_branch(text)
        known = kind != _GOVERNMENT and ("branch" in around or (bool(around) and kind in _ABROAD))
        return rest if known else ""


def _parts(text: str) -> Iterator[str]:
    """Yield a name, its earlier names, and the name and the acronym in "Name (ACR)"."""
    yield text
    yield from several_names(text)
    for name, acronym in splits(text):
        if _is_acronym(acronym, name):
            yield from (name, acronym)


@lru_cache(_REMEMBERED)
def _is_acronym(short: str, name: str) -> bool:
    """Say whether a text beside a name is its initials, or capitals that stand in it in this order."""
    letters, words = plain(short).replace(" ", ""), _words()
    if letters in words.initials(name):
        return True
    if not short.isupper() or not 1 < len(letters) <= _LONGEST_ACRONYM or words.is_branch(short):
        return False
    rest = iter(plain(name))
    return plain(name)[:1] == letters[:1] and all(letter in rest for letter in letters)


@lru_cache(1)
def _words() -> Words:
    return Words(listed_words(), city_names())


@lru_cache(_KEPT)
def _likeness(names: Iterable[tuple[str, str]]) -> Likeness:
    return Likeness(names, _words(), *counted_words())
