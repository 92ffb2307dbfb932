"""Words reduced to their consonants, so that one name looks the same in two scripts."""

import re

_LATIN_PAIRS = (
    ("tch", "tʃ"),
    ("sch", "ʃ"),
    ("sh", "ʃ"),
    ("ch", "tʃ"),
    ("kh", "χ"),
    ("gh", "ɣ"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("zh", "j"),
    ("ck", "k"),
)
_SOFT_C = re.compile("c(?=[eiy])")
_LATIN = str.maketrans(
    {"c": "k", "q": "k", "g": "k", "v": "f", "p": "b", "z": "s", **dict.fromkeys("aeiouwy", "")}
)
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("اعويى", ""),
        **dict(zip("بپتثجحخذرزژسصضطظغفڤقكگلمنه", "bbttjhχdrsjssdtsɣffkkklmnh", strict=True)),
        "د": "d",
        "ش": "ʃ",
        "چ": "tʃ",
    }
)
_TWICE = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """Return the consonants of one normalised word, Latin or Arabic, in one alphabet.

    Letters that the other script does not keep apart are one: p and b, v and f, z and s, g and k,
    emphatic letters and plain ones; long vowels, w, y, ain and a closing h are dropped.
    """
    return _TWICE.sub(r"\1", _consonants(word)).removesuffix("h")


def _consonants(word: str) -> str:
    if is_arabic(word):
        return word.translate(_ARABIC)
    for pair, sound in _LATIN_PAIRS:
        word = word.replace(pair, sound)
    return _SOFT_C.sub("s", word).replace("x", "ks").translate(_LATIN)


def is_arabic(word: str) -> bool:
    """Say whether a word is in the Arabic script."""
    return "\u0600" <= word[:1] <= "\u06ff"
