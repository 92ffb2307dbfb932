"""Names of places without what varies from file to file: articles and words for a kind of place."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from csomap.resolve.normalise import normalise

LEVELS = frozenset({1, 2, 3})
_GOVERNORATE_WORDS = (
    "governorate gov province muhafazah muhafaza mohafaza muhafazat mohafazat "
    "محافظة پارێزگا پارێزگای parezga parezgay"
)
_CENTRE_WORDS = "markaz center centre مركز ناوەند ناوەندی"
_KIND_WORDS = {
    _GOVERNORATE_WORDS: {1},
    "district dist qadha qadhaa qada qadaa qaza caza قضاء قەزا قەزای": {2},
    "subdistrict nahiya nahiyah nahia nahya nahiyat ناحية ناحیە ناحیەی": {3},
    "city town madinat مدينة شار شاری شارۆچکە شارۆچکەی": {2, 3},
    _CENTRE_WORDS: {3},
}
_KINDS = {normalise(word): kinds for words, kinds in _KIND_WORDS.items() for word in words.split()}
_CENTRE = frozenset(normalise(_CENTRE_WORDS).split())
_FILLERS = frozenset({"of", "the"})
_ARTICLES = frozenset({"al", "el", "ul"})
_WRITTEN_ARTICLES = ("ال", normalise("ئەل"))  # in one word with the name, in Arabic and in Sorani
_SUN_ARTICLES = frozenset({"ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az"})


@dataclass(frozen=True, slots=True)
class BareName:
    """A name reduced to `key`, and what the words that were dropped said of it.

    `levels` it may belong to; whether it was `generic` (held a word for a kind of place); whether it named
    the `centre` of a district.
    """

    key: str
    levels: frozenset[int]
    generic: bool
    centre: bool


def bare_name(words: str) -> BareName:
    """Strip normalised words of articles and of words for a kind of place."""
    parts = words.replace("sub district", "subdistrict").split()
    kinds = [_KINDS[part] for part in parts if part in _KINDS]
    rest = [part for part in parts if part not in _KINDS and part not in _FILLERS]
    key = "".join(_without_article(part, after) for part, after in zip_longest(rest, rest[1:], fillvalue=""))
    centre = not _CENTRE.isdisjoint(parts)
    return BareName(key, frozenset({3}) if centre else LEVELS.intersection(*kinds), bool(kinds), centre)


def script_of(key: str) -> str:
    """Return latin or arabic, "" for a mixture or neither."""
    latin, arabic = re.search("[a-z]", key), re.search("[\u0600-\u06ff]", key)
    if latin and arabic:
        return ""
    return "latin" if latin else "arabic" if arabic else ""


def _without_article(word: str, after: str) -> str:
    if after and (word in _ARTICLES or (word in _SUN_ARTICLES and after.startswith(word[1:]))):
        return ""
    article = next((one for one in _WRITTEN_ARTICLES if word.startswith(one)), "")
    return word[len(article) :] if article and len(word) > len(article) + 2 else word
