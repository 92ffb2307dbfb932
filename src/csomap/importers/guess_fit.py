"""Which column is which field: headers and values as witnesses, and one column for each field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from csomap.importers import header_words, value_kinds
from csomap.importers.header_words import MONTH, NO_FIELD, Likeness
from csomap.settings import rules

Evidence = tuple[str, dict[str, Any]]

_NAME = frozenset({"number", "date", "flag", "long"})
_MARKS = frozenset({"flag"})
_NAME_OR_CODE = frozenset({"flag", "date", "long"})
# Where no column says the first, the one that says the second says it as well as the file can: the only
# heading is the service, the only place the place, and who reports is who does it.
_ONLY = {"service": "sector", "organisation": "programme_organisation", "pcode": "site"}
PLACES = ("adm1", "adm1_name", "adm2", "adm2_name", "adm3", "adm3_name")
_NAMED = {"organisation": ("organisation", "organisation_acronym"), "pcode": ("pcode", *PLACES)}


@dataclass(frozen=True)
class _Kind:
    """What speaks for a field: kinds of value of which one must hold (`shape`), those that the field is
    likelier for (`told`), and those that it cannot be of (`never`). `terms`: its words are a list."""

    shape: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    never: frozenset[str] = _NAME
    terms: bool = False


_NUMBER = _Kind(shape=("number",), never=frozenset())
KINDS = {
    "organisation": _Kind(told=("organisation",)),
    "organisation_acronym": _Kind(shape=("short",), told=("organisation",)),
    "organisation_type": _Kind(told=("organisation_types",), terms=True),
    "service": _Kind(told=("service",), never=_NAME_OR_CODE, terms=True),
    "sector": _Kind(told=("sector",), never=_NAME_OR_CODE, terms=True),
    "adm1": _Kind(shape=("code", "number"), told=("code1",), never=frozenset()),
    "adm1_name": _Kind(told=("place1",)),
    "adm2": _Kind(shape=("code", "number"), told=("code2",), never=frozenset()),
    "adm2_name": _Kind(told=("place2",)),
    "adm3": _Kind(shape=("code", "number"), told=("code3",), never=frozenset()),
    "adm3_name": _Kind(told=("place3",)),
    "pcode": _Kind(told=("place", "code_iraq"), never=_NAME_OR_CODE),
    "start": _Kind(shape=("date", "month", "serial"), told=("date", "month"), never=frozenset()),
    "end": _Kind(shape=("date", "serial"), told=("date",), never=frozenset()),
    "start_year": _Kind(shape=("year",), told=("year",), never=frozenset()),
    "population_group": _Kind(told=("population_groups",), terms=True),
    "characteristic": _Kind(told=("characteristics",), terms=True),
    "function": _Kind(told=("functions",), terms=True),
    "status": _Kind(told=("statuses",), never=_NAME_OR_CODE, terms=True),
    "programme_organisation": _Kind(told=("organisation",)),
    "funder": _Kind(told=("organisation",), never=_NAME_OR_CODE),
    "project_id": _Kind(never=frozenset({"flag", "date"})),
    "activity_id": _Kind(never=_MARKS),
    "country": _Kind(told=("country",)),
    "site": _Kind(),
    "admin_level": _Kind(shape=("level",), never=frozenset()),
    "latitude": replace(_NUMBER, shape=("latitude",), told=("latitude",)),
    "longitude": replace(_NUMBER, shape=("longitude",), told=("longitude",)),
    "targeted": _NUMBER,
    "reached": _NUMBER,
    "value_usd": _NUMBER,
}


@dataclass(frozen=True)
class Seen:
    """One column of a file as it is looked at: its header, HXL tag and distinct values."""

    header: str
    tag: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Fit:
    """How well one column fits one field: confidence 0-100 and what speaks for and against it."""

    field: str
    confidence: int
    evidence: tuple[Evidence, ...] = ()
    is_month: bool = False


def fits(seen: Seen) -> list[Fit]:
    """Return the fields that a column may hold, best first; none for an empty column."""
    if not seen.values:
        return []
    told = header_words.likeness(seen.header, seen.tag)
    shares = value_kinds.shares(seen.values)
    found = [fit for name in KINDS for fit in _fit(name, told, shares, len(seen.values))]
    return sorted(found, key=lambda fit: (-fit.confidence, fit.is_month, list(KINDS).index(fit.field)))


def _fit(name: str, told: dict[str, Likeness], shares: dict[str, float], n: int) -> Iterator[Fit]:
    kind = KINDS[name]
    if not _possible(kind, shares):
        return
    words = [told.get(name), told.get(MONTH) if name == "start" else None]
    best = max((one for one in words if one), key=lambda one: one.score, default=None)
    if best is None and NO_FIELD in told and told[NO_FIELD].score == 1:
        return
    fitting, share = max(((shares.get(key, 0.0), key) for key in kind.told), default=(0.0, ""))[::-1]
    limits = rules()["guess"]
    header = limits["header"] * (best.score if best else 0.0)
    values = limits["values"].get(name, 0.0) * share * n / (n + 1)
    confidence = 100 * (1 - (1 - header) * (1 - values))
    strange = kind.terms and not share
    confidence *= limits["no_term"] if strange else 1
    if confidence >= 1:
        evidence = tuple(_evidence(best, fitting, share, n, strange))
        yield Fit(name, round(confidence), evidence, is_month=best is not None and best is told.get(MONTH))


def _possible(kind: _Kind, shares: dict[str, float]) -> bool:
    limit = rules()["guess"]["shape"]
    has_shape = not kind.shape or sum(shares.get(key, 0.0) for key in kind.shape) >= limit
    return has_shape and all(shares.get(key, 0.0) <= limit for key in kind.never)


def _evidence(best: Likeness | None, kind: str, share: float, n: int, strange: bool) -> Iterator[Evidence]:
    if best:
        yield f"header_{best.reason}", {"word": best.word}
    if share:
        yield f"values_{kind}", {"hits": round(share * n), "n": n}
    elif strange:
        yield "values_strange", {"n": n}


def assigned(columns: Sequence[Seen]) -> list[tuple[Fit | None, tuple[Evidence, ...]]]:
    """Return for each column the field it is taken for, or None, and further evidence.

    Best first, one column for each field, as long as the confidence is high enough; a column gives way to
    another if both together are surer so. Of equal fits the headers decide, never the order of columns.
    """
    possible = [fits(seen) for seen in columns]
    ranked = sorted(
        ((fit, index) for index, many in enumerate(possible) for fit in many if _is_sure(fit)),
        key=lambda pair: _rank(pair[0], columns[pair[1]]),
    )
    taken: dict[str, tuple[Fit, int]] = {}
    for fit, index in ranked:
        if index not in _indices(taken) and fit.field not in taken:
            taken[fit.field] = (fit, index)
    while any(_given_way(taken, fit, index, possible) for fit, index in ranked):
        pass
    _settle_headings(taken, ranked)
    _settle_only(taken)
    own = {index: fit for fit, index in taken.values()}
    return [
        (own.get(index), tuple(_further(seen, possible[index], own.get(index), taken, columns)))
        for index, seen in enumerate(columns)
    ]


def _is_sure(fit: Fit) -> bool:
    return fit.confidence >= int(rules()["guess"]["accept"])


def _rank(fit: Fit, seen: Seen) -> tuple[object, ...]:
    return -fit.confidence, fit.is_month, list(KINDS).index(fit.field), seen.header, seen.tag, seen.values


def _indices(taken: dict[str, tuple[Fit, int]]) -> set[int]:
    return {index for _, index in taken.values()}


def _given_way(taken: dict[str, tuple[Fit, int]], fit: Fit, index: int, possible: list[list[Fit]]) -> bool:
    """Let a column that has nothing take its field from one that has another choice, if both gain by it."""
    if index in _indices(taken) or fit.field not in taken:
        return False
    _, owner = taken[fit.field]
    other = next((one for one in possible[owner] if one.field not in taken and _is_sure(one)), None)
    if other is None:
        return False
    taken[fit.field], taken[other.field] = (fit, index), (other, owner)
    return True


def _settle_headings(taken: dict[str, tuple[Fit, int]], ranked: Sequence[tuple[Fit, int]]) -> None:
    """Of two columns with sectors take the second for the service: files with both go from wide to narrow."""
    spare = ((fit, index) for fit, index in ranked if index not in _indices(taken) and fit.field == "sector")
    second = None if "service" in taken else next(spare, None)
    if second:
        taken["service"] = (_as("service", second[0]), second[1])


def _as(name: str, fit: Fit) -> Fit:
    return replace(fit, field=name, evidence=(*fit.evidence, ("only", {"field": fit.field})))


def _settle_only(taken: dict[str, tuple[Fit, int]]) -> None:
    for field_name, spare in _ONLY.items():
        named = _NAMED.get(field_name, (field_name,))
        if spare in taken and not any(name in taken for name in named):
            fit, index = taken.pop(spare)
            taken[field_name] = (_as(field_name, fit), index)


def _further(
    seen: Seen,
    possible: list[Fit],
    own: Fit | None,
    taken: dict[str, tuple[Fit, int]],
    columns: Sequence[Seen],
) -> Iterator[Evidence]:
    if not seen.values:
        yield "empty", {}
    elif own is None and (not possible or possible[0].confidence < rules()["guess"]["tell"]):
        yield "nothing", {}
    elif own is None and possible[0].field in taken:
        best = possible[0]
        yield "twin", {"field": best.field, "header": columns[taken[best.field][1]].header}
    elif own is None:
        yield "maybe", {"field": possible[0].field, "confidence": possible[0].confidence}
