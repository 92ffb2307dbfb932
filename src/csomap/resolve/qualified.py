"""Texts that name a place and what it lies in: "Mosul, Ninewa", "Sinjar (Ninewa)", "Baghdad Al-Karkh"."""

import re
from collections.abc import Iterator

_BETWEEN = re.compile(r"\s*[,/|>()،\n]\s*|\s+[-\u2013\u2014]\s+")
_AND = re.compile(r"[;&+؛]|\b(?:and|et|y)\b|(?<!\S)و")
_SEVERAL = re.compile(r"\s*[,;/|&+،؛\n]\s*|\s+(?:[-\u2013\u2014]|and|et|y|و)\s+|\s+و(?=\S)")


def readings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read a text as an area and a place in it; none for a single word.

    With a separator there are two parts, either of which may be the area; without, the area is a first
    or a last word or two.
    """
    parts = [] if _AND.search(text) else [part for part in _BETWEEN.split(text) if part]
    if len(parts) == 2:
        yield from ((parts[0], parts[1]), (parts[1], parts[0]))
    words = text.split() if len(parts) == 1 else []
    for end in sorted({1, 2, len(words) - 2, len(words) - 1}):
        if 0 < end < len(words):
            head, tail = " ".join(words[:end]), " ".join(words[end:])
            yield from ((head, tail), (tail, head))


def several(text: str) -> list[str]:
    """Return the parts of a text that may name several places, else nothing."""
    parts = [part for part in _SEVERAL.split(text) if part]
    return parts if len(parts) > 1 else []
