"""How one publisher lays out its files: data/profiles/*.yml, one file a layout."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from csomap.errors import BadInput
from csomap.i18n import LANGUAGES, keys, t
from csomap.importers.cells import clean
from csomap.importers.hxl import normalised
from csomap.settings import DATA

FOLDER = DATA / "profiles"


@dataclass(frozen=True)
class Column:
    """Where a profile finds one field: its headers and HXL tags (best first), and how it is read."""

    headers: tuple[str, ...]
    tags: tuple[str, ...]
    kind: str = "text"

    @property
    def header(self) -> str:
        return self.headers[0]


@dataclass(frozen=True)
class Profile:
    """A file layout. `month_is_report`: its month is the period reported on, and no end is stated.

    `constants` are texts for fields that the layout leaves out.
    """

    name: str
    title: str
    columns: Mapping[str, Column]
    required: tuple[str, ...]
    constants: Mapping[str, str]
    month_is_report: bool

    def find(self, headers: Sequence[str], tags: Sequence[str]) -> dict[str, int]:
        """Return the column index of each field that is found by its header or else by its tag."""
        names = [compared(header) for header in headers]
        found: dict[str, int] = {}
        for field, column in self.columns.items():
            wanted = [compared(header) for header in column.headers]
            places = [names.index(name) for name in wanted if name in names]
            places += [tags.index(tag) for tag in column.tags if tag in tags]
            free = [place for place in places if place not in found.values()]
            if free:
                found[field] = free[0]
        return found

    def twice(self, headers: Sequence[str]) -> list[str]:
        """Return the headers that fields are found by and that more than one column has."""
        known = {compared(header) for column in self.columns.values() for header in column.headers}
        names = [compared(header) for header in headers]
        return [headers[i] for i, name in enumerate(names) if name in known and name in names[:i]]

    def header_hits(self, headers: Sequence[str]) -> int:
        """Return how many of the headers are ones that the profile knows."""
        known = {compared(header) for column in self.columns.values() for header in column.headers}
        return sum(compared(header) in known for header in headers)


def compared(header: str) -> str:
    """Return a header as it is compared: without case, asterisks, underscores, spare spaces and colons."""
    return " ".join(re.sub(r"[*_]", " ", clean(header)).casefold().split()).rstrip(" :")


def names() -> list[str]:
    """Return the names of all profiles."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


@cache
def load(name: str) -> Profile:
    """Return one profile.

    Raises BadInput if there is none of that name.
    """
    if name not in names():
        raise BadInput("profile_unknown", profile=name, known=", ".join(names()))
    content = yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    labelled = bool(content.get("labels_are_headers"))
    return Profile(
        name=name,
        title=content["title"],
        columns={field: _column(field, given, labelled) for field, given in content["columns"].items()},
        required=tuple(content["required"]),
        constants=content.get("constants") or {},
        month_is_report=bool(content.get("month_is_report")),
    )


def _column(field: str, given: Mapping[str, Any], labelled: bool) -> Column:
    headers = [*given.get("headers", []), *(_labels(field) if labelled else [])]
    tags = tuple(normalised(tag) for tag in given.get("tags", []))
    return Column(tuple(headers), tags, given.get("as", "text"))


def _labels(field: str) -> list[str]:
    key = f"field.{field}"
    return [t(key, lang) for lang in LANGUAGES if key in keys(lang)]
