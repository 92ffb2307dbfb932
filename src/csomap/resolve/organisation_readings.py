"""The ways in which one cell holds more than a name: an acronym beside it, an earlier or another name."""

import re
from collections.abc import Iterator

_BRACKETS = re.compile(r"\s*(.+?)\s*[(\[（]([^()\[\]（）]+)[)\]）]\s*")
_DASH = re.compile(r"\s[-–—/|:]+\s|(?<=\w)\s*/\s*(?=\w)")
_ACRONYM_FIRST = re.compile(r"\s*([A-Z]{2,})\s*[-–—:,]\s*(\S.+)")
_ACRONYM_LAST = re.compile(r"\s*(.+\S)\s*[-–—:,]\s*([A-Z]{2,})\s*")
_OTHER_NAME = re.compile(
    r"""[\s,;(\[–—-]+
    (?:formerly\ known\ as|formerly|former|previously\ known\ as|previously|now|ex|
       (?:also\ )?known\ as|also\ called|a\.?\s?k\.?\s?a\.?|
       anciennement|antes|anteriormente|früher|ehemals|vormals|
       già|precedentemente|
       المعروفة?\ سابقا[ً]?\ باسم|المعروفة?\ باسم|سابقا[ً]?\ باسم|المعروفة?\ أيضا[ً]?\ باسم|پێشتر|پێشووتر)
    [\s:.-]+(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)
_EARLIER = re.compile(r"[\s(\[,–—-]*(?:سابقا[ً]?|formerly|previously)[\s)\]]*$", re.IGNORECASE)
_EDGES = " ,;()[]–—-."


def splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield (name, acronym) for the ways in which one text may hold both."""
    if match := _BRACKETS.fullmatch(name):
        yield match[1], match[2]
        yield match[2], match[1]
    left, dash, right = _DASH.sub("\0", name, count=1).partition("\0")
    if dash:
        yield right, left
        yield left, right
    if match := _ACRONYM_FIRST.fullmatch(name):
        yield match[2], match[1]
    if match := _ACRONYM_LAST.fullmatch(name):
        yield match[1], match[2]


def in_brackets(name: str) -> tuple[str, str] | None:
    """Return what stands before closing brackets and what in them; None without brackets."""
    match = _BRACKETS.fullmatch(name)
    return (match[1], match[2]) if match else None


def several_names(name: str) -> list[str]:
    """Return the names in "New name (formerly Old name)", "Name, also known as Other" and the like; one
    name alone is returned only if the text says that it is an earlier one."""
    once = _EARLIER.sub("", name)
    parts = [part.strip(_EDGES) for part in _OTHER_NAME.split(once)]
    named = [part for part in parts if part]
    return named if len(named) > 1 or once != name else []
