"""Text made comparable across spellings, scripts and keyboards."""

import re
import unicodedata

_DROPPED = dict.fromkeys(
    map(ord, "\u0621\u0640")
)  # the bare hamza and the tatweel carry no sound of their own

# One letter, several keyboards: Arabic, Persian and Sorani write it with different code points.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("\u0671\u0672\u0673", "\u0627"),  # alef
        **dict.fromkeys("\u0649\u06cc\u06ce\u06d0\u06d2", "\u064a"),  # yeh
        **dict.fromkeys("\u06a9\u06aa", "\u0643"),  # kaf
        **dict.fromkeys("\u0629\u06be\u06c1\u06c3\u06d5", "\u0647"),  # heh and teh marbuta
        **dict.fromkeys("\u06c6\u06c7", "\u0648"),  # waw
        "\u0695": "\u0631",  # reh
        "\u06b5": "\u0644",  # lam
        "\u0131": "i",  # the Turkish dotless i
    }
)
_SEPARATORS = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Reduce a name to the form in which names are compared.

    Input is any text. Output is lower case, without accents, Arabic vowel signs, hamza seats and tatweel;
    yeh, kaf, heh and teh marbuta each in one form; digits 0-9; one space for anything else.
    Normalising twice changes nothing.
    """
    if text.isascii():  # nothing of all that is in it, and most texts are
        return _SEPARATORS.sub(" ", text.casefold()).strip()
    bare = "".join(map(_digit, _without_marks(text))).translate(_DROPPED).translate(_LETTERS)
    return _SEPARATORS.sub(" ", _without_marks(bare)).strip()


def letters(text: str) -> str:
    """Return a text normalised and without spaces; one that is signs alone is told apart by them."""
    return normalise(text).replace(" ", "") or text.strip()


def _without_marks(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in folded if not _is_mark(letter))


def _is_mark(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category.startswith("M") or category == "Cf"  # Cf: joiners and direction marks, invisible


def _digit(letter: str) -> str:
    return str(unicodedata.digit(letter, letter)) if letter.isdecimal() else letter
