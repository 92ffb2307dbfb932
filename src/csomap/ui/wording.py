"""Words of others inside our own sentences: they show as they are and do nothing."""

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_OPEN, _CLOSE = "\u2068", "\u2069"


def quoted(text: str) -> str:
    """Return text of a file for a sentence in Markdown: nothing in it is a link, a picture or a style,
    and its direction does not spread to the words around it."""
    bare = " ".join(text.replace(_OPEN, "").replace(_CLOSE, "").split())
    return _OPEN + _PUNCTUATION.sub(r"\\\1", bare) + _CLOSE if bare else ""


def ranges(numbers: list[int]) -> list[tuple[int, int]]:
    """Return whole numbers as runs without holes: 3, 4, 5, 9 are (3, 5) and (9, 9)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
