"""The resolvers, built from the tables that experts edit under data/ and geo/."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from csomap.errors import BadInput
from csomap.resolve.organisations import OrganisationResolver
from csomap.resolve.places import PlaceResolver
from csomap.resolve.reports import Resolvers
from csomap.resolve.resolution import Resolution
from csomap.resolve.terms import TermResolver
from csomap.settings import DATA, GEO, rules
from csomap.tables import taxonomy
from csomap.tables.places import check_place, places


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@cache
def registry(*, sample: bool = False) -> pd.DataFrame:
    """Return the registry of organisations; with `sample`, the fictional ones of the sample too."""
    return _both("organisations.csv", sample)


@cache
def registry_aliases(*, sample: bool = False) -> pd.DataFrame:
    """Return org_id, name, lang, kind, source: the other names of the organisations of `registry`."""
    return _both("organisation_aliases.csv", sample)


def _both(name: str, sample: bool) -> pd.DataFrame:
    real = _table(DATA / "registry" / name)
    return pd.concat([real, _table(DATA / "sample" / name)], ignore_index=True) if sample else real


@cache
def place_resolver() -> PlaceResolver:
    """Return the resolver of Iraqi places."""
    limits = rules()["resolve"]["places"]
    return PlaceResolver(
        places(),
        _table(GEO / "place_aliases.csv"),
        _table(GEO / "never_match.csv"),
        accept=limits["accept"],
        lead=limits["lead"],
    )


@cache
def organisation_resolver(*, sample: bool = False) -> OrganisationResolver:
    """Return the resolver of organisations, with the sample's fictional ones if asked for."""
    alike = rules()["resolve"]["organisations"]["acronym_name"]
    return OrganisationResolver(registry(sample=sample), registry_aliases(sample=sample), alike=alike)


@cache
def term_resolver(name: str) -> TermResolver:
    """Return the resolver of one taxonomy's terms."""
    accept = rules()["resolve"]["terms"]["accept"]
    return TermResolver(taxonomy.load(name).frame, taxonomy.aliases(name), accept=accept)


def resolvers(*, sample: bool = False) -> Resolvers:
    """Return everything that turns text into codes."""
    known = registry(sample=sample)
    return Resolvers(
        places=place_resolver(),
        organisations=organisation_resolver(sample=sample),
        types=dict(zip(known["org_id"], known["type"], strict=True)),
        terms={name: term_resolver(name) for name in taxonomy.NAMES},
    )


def answers(kind: str, texts: Sequence[str], *, level: int | None, within: str | None) -> pd.DataFrame:
    """Return text, id, method, score, candidates (id=score joined by ;) for each text.

    `kind` is place, organisation or term. Raises BadInput for another one, and for an unknown `within`.
    """
    check_place(within or "")
    if kind == "place":
        found = [place_resolver().resolve(text, level=level, within=within) for text in texts]
    elif kind == "organisation":
        found = [organisation_resolver().resolve(text) for text in texts]
    elif kind == "term":
        found = [_term(text) for text in texts]
    else:
        raise BadInput("kind_unknown", value=kind)
    rows = [(one.text, one.id, one.method, one.score, _listed(one)) for one in found]
    return pd.DataFrame(rows, columns=["text", "id", "method", "score", "candidates"])


def _term(text: str) -> Resolution:
    """Resolve in the first taxonomy that knows the text; else show the likest of all."""
    found = [term_resolver(name).resolve(text) for name in taxonomy.NAMES]
    return next((one for one in found if one.id), max(found, key=lambda one: one.score))


def _listed(found: Resolution) -> str:
    return ";".join(f"{code}={score:.0f}" for code, score in found.candidates)
