"""Codes in trees: services, population groups, functions and places."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Activity = dict[str, Any]
Ancestors = Callable[[str], list[str]]

SERVICE_LEVELS = ("sector", "topic", "service")
PCODE_LENGTH: dict[int | str, int] = {1: 5, 2: 8, 3: 11}


@dataclass(frozen=True)
class Trees:
    """The trees as `code -> parent`, with "" for the parent of a root."""

    services: dict[str, str]
    levels: dict[str, str]
    groups: dict[str, str]
    functions: dict[str, str]
    characteristics: dict[str, str] = field(default_factory=dict)


def split(cell: str) -> set[str]:
    """Return the codes of a cell that joins them by `;`."""
    return {code.strip() for code in cell.split(";") if code.strip()}


def join(codes: set[str]) -> str:
    """Return the codes as a cell, sorted."""
    return ";".join(sorted(codes))


def ancestors(code: str, parents: dict[str, str]) -> list[str]:
    """Return the strict ancestors of a code, nearest first."""
    found = []
    parent = parents.get(code, "")
    while parent:
        found.append(parent)
        parent = parents.get(parent, "")
    return found


def normal_site(site: str) -> str:
    """Return a site name without regard to case, width and spaces."""
    return " ".join(unicodedata.normalize("NFKC", site).casefold().split())


def place_code(activity: Activity, level: int | str) -> str:
    """Return the p-code, or `pcode|site` where sites count and both are known."""
    pcode, site = activity["pcode"], normal_site(activity["site"])
    return f"{pcode}|{site}" if level == "site" and pcode and site else pcode


def place_ancestors(code: str) -> list[str]:
    """Return the strict ancestors of a place, nearest first: a parent is a prefix."""
    pcode, _, site = code.partition("|")
    above = [pcode[:length] for length in (8, 5) if len(pcode) > length]
    return [pcode, *above] if site else above


def rolled_place(activity: Activity, level: int | str) -> str:
    """Return the place at the level, or as it is where it is coarser."""
    code = place_code(activity, level)
    return code if level == "site" else code[: PCODE_LENGTH[level]]


def place_is_at(code: str, level: int | str) -> bool:
    """Tell whether a rolled place has reached the level."""
    return "|" in code if level == "site" else len(code) == PCODE_LENGTH[level]


def rolled_service(code: str, level: str, trees: Trees) -> str:
    """Return the service at the level, or as it is where it is coarser."""
    for candidate in [code, *ancestors(code, trees.services)]:
        if candidate and SERVICE_LEVELS.index(trees.levels[candidate]) <= SERVICE_LEVELS.index(level):
            return candidate
    return ""


def service_is_at(code: str, level: str, trees: Trees) -> bool:
    """Tell whether a rolled service has reached the level."""
    return bool(code) and trees.levels[code] == level


def position(code: str, target: str, above: Ancestors) -> str:
    """Say where a code stands to a target: inside, coarser (also if missing) or outside."""
    if not code or code in above(target):
        return "coarser"
    return "inside" if code == target or target in above(code) else "outside"
