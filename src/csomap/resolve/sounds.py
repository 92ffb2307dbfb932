"""Names by how they sound: one key for the ways in which one Arabic or Kurdish name is written."""

import re

# One sound, several transliterations. What changes the meaning stays apart: s and sh, k and kh, h and none.
_LATIN = (
    (re.compile("dh|th"), "\u00f0"),
    (re.compile("x|kh"), "x"),
    (re.compile("dj"), "j"),
    (re.compile("gh|[qg]"), "k"),
    (re.compile("(?<=[aeiouyw])h$"), ""),
    (re.compile("[iey]+[ae]+$"), "Y"),  # -iya, -iyah, -ia are one ending, and not the ending -a
    (re.compile("[aeiouyw]+"), "a"),  # short vowels are not written in Arabic: every file guesses its own
    (re.compile(r"(.)\1+"), r"\1"),
)
_ARABIC = (
    (re.compile("[\u0642\u06af\u0643]"), "\u0643"),  # qaf is spoken as gaf, and written so or as kaf
    (re.compile("\u0686"), "\u062c"),
    (re.compile("\u067e"), "\u0628"),
    (re.compile("\u0698"), "\u0632"),
    (re.compile("\u06a4"), "\u0641"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=...)[\u0627\u0647\u064a]$"), ""),  # a last -a: alef, heh or yeh without dots
)


def sound(key: str) -> str:
    """Return the sound of a name without spaces (BareName.key), "" for an empty one.

    Latin: q, g and gh like k; th like dh; x like kh; dj like j; vowels, w and y alike; doubled letters
    once; no h at the end. Arabic and Sorani: qaf and gaf like kaf, the four Persian letters like the
    Arabic ones, doubled letters once, no -a at the end.
    """
    for pattern, letter in (*_LATIN, *_ARABIC):
        key = pattern.sub(letter, key)
    return key
