"""How one publisher lays out its files: data/profiles/*.yml, one file a layout."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import yaml

from csomap.errors import BadInput
from csomap.i18n import LANGUAGES, keys, t
from csomap.importers.hxl import normalised, without_language
from csomap.resolve.normalise import normalise
from csomap.settings import DATA

FOLDER = DATA / "profiles"

_REMEMBERED = 20_000
_INSTRUCTION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True)
class Column:
    """Where a profile finds one field: its headers and HXL tags (best first), and how it is read.

    `separators` part the items of a list, `words` are the items where nothing but a space parts
    them, or `terms` is the taxonomy that has them. `otherwise` are the headers of a column that
    speaks where this one is empty. `values` are the words for codes that only this layout uses.
    """

    headers: tuple[str, ...]
    tags: tuple[str, ...]
    kind: str = "text"
    separators: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    terms: str = ""
    otherwise: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    @property
    def header(self) -> str:
        return next(iter((*self.headers, *self.tags)), "")


@dataclass(frozen=True)
class Wide:
    """Columns that are values: their headers become the field `into`, their cells the field `value`.

    They are those whose header fits a pattern of `headers` (its first group is the text) and none
    of `but`, or names something of `are` (months, or a taxonomy), and whose cells are `cells`
    (marks, numbers, or figures, which are numbers that are not all 0 and 1; "" = anything).
    """

    into: str
    value: str = ""
    headers: tuple[re.Pattern[str], ...] = ()
    but: tuple[re.Pattern[str], ...] = ()
    are: str = ""
    cells: str = ""


@dataclass(frozen=True)
class Profile:
    """A file layout. `month_is_report`: its month is the period reported on, and no end is stated.

    `constants` are texts for fields that the layout leaves out. `markers` are headers of which one
    must be there, lest the profile take the files of others. `melt` are the matrices it may hold
    (the first that is there is used), `flags` the groups of yes/no columns, `split` the patterns
    that part several values of a field, one row each. `end_is_report`: its end is that of the
    period reported on. `grouped`: headers may have the names of groups before them, parted by /.
    `one_of`: fields of which one must be there, whichever it is.
    """

    name: str
    title: str
    columns: Mapping[str, Column]
    required: tuple[str, ...]
    constants: Mapping[str, str]
    month_is_report: bool
    end_is_report: bool = False
    grouped: bool = False
    markers: tuple[str, ...] = ()
    melt: tuple[Wide, ...] = ()
    flags: tuple[Wide, ...] = ()
    split: Mapping[str, str] | None = None
    one_of: tuple[str, ...] = ()

    def find(self, headers: Sequence[str], tags: Sequence[str]) -> dict[str, int]:
        """Return the column index of each field that is found by its header or else by its tag."""
        headers = _ungrouped(headers) if self.grouped else headers
        names, bare = [compared(header) for header in headers], [_bare(header) for header in headers]
        plain_tags = [without_language(tag) for tag in tags]
        found: dict[str, int] = {}
        for field, column in self.columns.items():
            wanted = [compared(header) for header in column.headers]
            places = [names.index(name) for name in wanted if name in names]
            places += [bare.index(name) for name in wanted if name in bare]
            places += [tags.index(tag) for tag in column.tags if tag in tags]
            places += [plain_tags.index(tag) for tag in column.tags if tag in plain_tags]
            free = [place for place in places if place not in found.values()]
            if free:
                found[field] = free[0]
        return found

    def twice(self, headers: Sequence[str]) -> list[str]:
        """Return the headers that fields are found by and that more than one column has."""
        names = [compared(header) for header in headers]
        return [headers[i] for i, name in enumerate(names) if name in self.known and name in names[:i]]

    def header_hits(self, headers: Sequence[str]) -> int:
        """Return how many of the headers are ones that the profile knows."""
        return sum(self.knows(header) for header in headers)

    def knows(self, header: str) -> bool:
        """Tell whether a header is one that a field is found by, with its instructions or without."""
        return not self.known.isdisjoint(_forms(header))

    def is_marked(self, headers: Sequence[str]) -> bool:
        """Tell whether the headers hold a marker of this layout, if it has any."""
        names = {compared(header) for header in headers}
        return not self.markers or any(compared(marker) in names for marker in self.markers)

    @cached_property
    def known(self) -> frozenset[str]:
        return _known(tuple(column.headers for column in self.columns.values()))


def _ungrouped(headers: Sequence[str]) -> list[str]:
    """Return headers without the groups they stand in; choices of a question (question/choice) stay whole."""
    questions = set(headers)
    return [
        header if header.rpartition("/")[0] in questions else header.rpartition("/")[2] for header in headers
    ]


@cache
def _known(headers: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(compared(header) for many in headers for header in many) - {""}


@lru_cache(_REMEMBERED)
def _forms(header: str) -> tuple[str, str]:
    return compared(header), _bare(header)


@lru_cache(_REMEMBERED)
def compared(header: str) -> str:
    """Return a header as it is compared: as names are, a tag in its normal form."""
    return normalised(header) or normalise(header)


def _bare(header: str) -> str:
    """Return a header as it is compared, without the instructions that it has in brackets."""
    return compared(_INSTRUCTION.sub(" ", header))


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
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    return parse(name, yaml.load(text, Loader=yaml.CSafeLoader))


def parse(name: str, content: Mapping[str, Any]) -> Profile:
    """Return the profile that `content` describes, with the keys of a file of data/profiles/."""
    labelled = bool(content.get("labels_are_headers"))
    return Profile(
        name=name,
        title=content.get("title", name),
        columns={field: _column(field, given, labelled) for field, given in content["columns"].items()},
        required=tuple(content.get("required") or ()),
        constants=content.get("constants") or {},
        month_is_report=bool(content.get("month_is_report")),
        end_is_report=bool(content.get("end_is_report")),
        grouped=bool(content.get("grouped")),
        markers=tuple(content.get("markers") or ()),
        melt=tuple(_wide(given) for given in content.get("melt") or ()),
        flags=tuple(_wide(given) for given in content.get("flags") or ()),
        split=content.get("split") or {},
        one_of=tuple(content.get("one_of") or ()),
    )


def _column(field: str, given: Mapping[str, Any], labelled: bool) -> Column:
    return Column(
        headers=(*given.get("headers", []), *(_labels(field) if labelled else [])),
        tags=tuple(normalised(tag) for tag in given.get("tags", [])),
        kind=given.get("as", "text"),
        separators=tuple(given.get("separators", ())),
        words=tuple(given.get("words", ())),
        terms=given.get("terms", ""),
        otherwise=tuple(given.get("otherwise", ())),
        values=tuple((str(code), word) for code, word in given.get("values", {}).items()),
    )


def _labels(field: str) -> list[str]:
    key = f"field.{field}"
    return [t(key, lang) for lang in LANGUAGES if key in keys(lang)]


def _wide(given: Mapping[str, Any]) -> Wide:
    return Wide(
        into=given["into"],
        value=given.get("value", ""),
        headers=tuple(re.compile(pattern, re.IGNORECASE) for pattern in given.get("headers", ())),
        but=tuple(re.compile(pattern, re.IGNORECASE) for pattern in given.get("but", ())),
        are=given.get("are", ""),
        cells=given.get("cells", ""),
    )
