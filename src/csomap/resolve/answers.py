"""Every text of a block of rows with its answer: each is asked once, and once in a whole file."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from csomap.resolve.located import Place, locate
from csomap.resolve.normalise import normalise
from csomap.resolve.organisations import OrganisationResolver, provisional_id
from csomap.resolve.places import PlaceResolver
from csomap.resolve.resolution import Resolution
from csomap.resolve.services import service_of
from csomap.resolve.terms import TermResolver
from csomap.tables import taxonomy
from csomap.tables.distinct import Answers, answered

LISTS = ("population_group", "characteristic")
PLACE_COLUMNS = [
    *("country", "pcode", "adm1", "adm1_name", "adm2", "adm2_name", "adm3", "adm3_name", "admin_level")
]

T = TypeVar("T")
Places = npt.NDArray[np.object_] | Sequence[str]


@dataclass(frozen=True)
class Resolvers:
    """Everything that turns text into codes: places, organisations with their types, terms by taxonomy.

    `merged` maps the org_id of an organisation that a person has merged to the one that it is now.
    `point` maps longitudes and latitudes (degrees) to the places they lie in: p-codes, "abroad" or "".
    """

    places: PlaceResolver
    organisations: OrganisationResolver
    types: Mapping[str, str]
    terms: Mapping[str, TermResolver]
    merged: Mapping[str, str] = field(default_factory=dict)
    point: Callable[["pd.Series[float]", "pd.Series[float]"], Places] | None = None


@dataclass(frozen=True)
class Coded:
    """One text with its codes (joined by ;), and what of it is not known: as text, and as resolved.

    `coarser` is what the code of a wider heading stands for; `column` is the field that the text is in.
    """

    codes: str
    unknown: str = ""
    hint: str = ""
    open: tuple[Resolution, ...] = ()
    coarser: tuple[Resolution, ...] = ()
    column: str = ""


class Answered:
    """What every row of a block says, each distinct text resolved once.

    `known` remembers answers from block to block of a file: give the same dict to each.
    """

    def __init__(self, rows: pd.DataFrame, resolvers: Resolvers, known: dict[str, Any]) -> None:
        self.rows, self._resolvers, self._known = rows, resolvers, known
        self.coded = {name: self._coded(name) for name in taxonomy.OF_FIELD}
        self.places = self._places()
        self.organisations = self._ask("doing", ["organisation", "organisation_acronym"], self.organisation)

    def organisation(self, name: str, acronym: str = "") -> Coded:
        """Return the organisation of a name and an acronym."""
        return _organisation(name, acronym, self._resolvers.organisations)

    def listed(self, column: str) -> "pd.Series[str]":
        """Return the org_ids of the names that a column lists, joined by ;."""
        return self._ask("names", [column], self._ids).texts(str)

    def compared(self, column: str) -> "pd.Series[str]":
        """Return the texts of a column as they are compared."""
        return self._ask(column, [column], normalise).texts(str)

    def _ask(self, kind: str, columns: list[str], work: Callable[..., T]) -> Answers[T]:
        known: dict[Hashable, T] = self._known.setdefault(kind, {})
        return answered([self.rows[name] for name in columns], work, known)

    def _coded(self, name: str) -> Answers[Coded]:
        resolver = self._resolvers.terms[taxonomy.OF_FIELD[name]]
        if name == "service":
            return self._ask(name, ["service", "sector"], lambda one, above: _service(one, above, resolver))
        return self._ask(name, [name], lambda text: _code(text, resolver, name in LISTS))

    def _places(self) -> Answers[Place]:
        known: dict[Hashable, Place] = self._known.setdefault("place", {})
        return answered([*(self.rows[name] for name in PLACE_COLUMNS), self._points()], self._place, known)

    def _points(self) -> "pd.Series[str]":
        longitude, latitude = self.rows["longitude"], self.rows["latitude"]
        told = self._resolvers.point if (longitude.notna() & latitude.notna()).any() else None
        places = told(longitude, latitude) if told else [""] * len(self.rows)
        return pd.Series(places, dtype="str")

    def _place(self, *asked: str) -> Place:
        *texts, point = asked
        return locate(dict(zip(PLACE_COLUMNS, texts, strict=True)), self._resolvers.places, point)

    def first_from_point(self) -> int | None:
        """Return the position of the first row of a file whose place its coordinates told; None if there
        is none, or if it was in an earlier block."""
        rows = self.places.where(lambda one: one.from_point)
        if not len(rows) or self._known.get("from_point"):
            return None
        self._known["from_point"] = True
        return int(rows[0])

    def _ids(self, cell: str) -> str:
        names = [part.strip() for part in cell.split(";") if part.strip()]
        return ";".join(sorted({self.organisation(name).codes for name in names}))


def _service(service: str, sector: str, resolver: TermResolver) -> Coded:
    found = service_of(service, sector, resolver)
    return replace(_open(found.code, found.unknown), coarser=found.coarser, column=found.column)


def _code(text: str, resolver: TermResolver, split: bool) -> Coded:
    parts = [part.strip() for part in text.split(";")] if split else [text]
    found = [resolver.resolve(part) for part in parts if part]
    unknown = tuple(one for one in found if not one.id and one.method != "vague")
    codes = sorted({code for one in found if one.id for code in one.id.split(";")})
    return _open(";".join(codes), unknown)


def _open(codes: str, unknown: tuple[Resolution, ...]) -> Coded:
    return Coded(codes, "; ".join(one.text for one in unknown), hint(unknown), unknown)


def hint(unknown: tuple[Resolution, ...]) -> str:
    """Return the codes that come nearest, as a problem tells them."""
    return ", ".join(code for one in unknown for code, _ in one.candidates)


def _organisation(name: str, acronym: str, resolver: OrganisationResolver) -> Coded:
    found = resolver.decide(name, acronym)
    if found.id:
        return Coded(found.id)
    nearest = ", ".join(org_id for org_id, _ in found.candidates)
    return Coded(provisional_id(name or acronym), name or acronym, nearest, (found,))
