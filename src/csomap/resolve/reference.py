"""The resolvers, built from the tables that experts edit under data/ and geo/."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from csomap.errors import BadInput
from csomap.resolve.answers import Resolvers
from csomap.resolve.decided import NOTHING, Decided, overlaid, overlaid_aliases
from csomap.resolve.organisations import OrganisationResolver
from csomap.resolve.places import PlaceResolver
from csomap.resolve.resolution import Resolution
from csomap.resolve.terms import TermResolver
from csomap.settings import DATA, GEO, rules
from csomap.tables import taxonomy
from csomap.tables.places import check_place, places

_CITY_LEVEL = 2
_KEPT = 4  # resolvers of as many states of the decisions


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@lru_cache(_KEPT)
def registry(*, sample: bool = False, decided: Decided = NOTHING) -> pd.DataFrame:
    """Return the registry of organisations; with `sample`, the fictional ones of the sample too.

    What people changed or added (`decided`) stands in it.
    """
    return overlaid(_both("organisations.csv", sample), decided.records)


@lru_cache(_KEPT)
def registry_aliases(*, sample: bool = False, decided: Decided = NOTHING) -> pd.DataFrame:
    """Return org_id, name, lang, kind, source: the other names of the organisations of `registry`."""
    return overlaid_aliases(_both("organisation_aliases.csv", sample), decided.records)


@cache
def _both(name: str, sample: bool) -> pd.DataFrame:
    real = _table(DATA / "registry" / name)
    return pd.concat([real, _table(DATA / "sample" / name)], ignore_index=True) if sample else real


@lru_cache(_KEPT)
def place_resolver(confirmed: tuple[tuple[str, str, str], ...] = ()) -> PlaceResolver:
    """Return the resolver of Iraqi places; `confirmed` are texts that people settled: text, within, pcode."""
    limits = rules()["resolve"]["places"]
    return PlaceResolver(
        places(),
        _table(GEO / "place_aliases.csv"),
        _table(GEO / "never_match.csv"),
        {(text, within) if within else text: pcode for text, within, pcode in confirmed},
        accept=limits["accept"],
        lead=limits["lead"],
    )


def organisation_resolver(*, sample: bool = False, decided: Decided = NOTHING) -> OrganisationResolver:
    """Return the resolver of organisations, with the sample's fictional ones if asked for."""
    return _organisations(sample, Decided(organisations=decided.organisations, records=decided.records))


@lru_cache(_KEPT)
def _organisations(sample: bool, decided: Decided) -> OrganisationResolver:
    limits = rules()["resolve"]["organisations"]
    known = registry(sample=sample, decided=decided)
    # A decision on an organisation that is no longer there is a question again.
    there = set(known["org_id"])
    confirmed = {text: org_id for text, org_id in decided.organisations if org_id in there}
    aliases = registry_aliases(sample=sample, decided=decided)
    return OrganisationResolver(
        known,
        aliases,
        confirmed,
        places=city_names(),
        alike=limits["acronym_name"],
        accept=limits["accept"],
        lead=limits["lead"],
    )


@cache
def city_names() -> dict[str, str]:
    """Return the names of governorates and districts with their p-codes, the larger first: the places that
    offices and directorates are named after."""
    known = places()
    large = known[known["level"] <= _CITY_LEVEL].set_index("pcode")
    spelt = _table(GEO / "place_aliases.csv").set_index("pcode")["alias"]
    named = [*(large[f"name_{lang}"] for lang in ("en", "ar", "ckb")), spelt[spelt.index.isin(large.index)]]
    by_size = pd.concat(named).sort_index(key=lambda codes: codes.str.len(), kind="stable")
    return {name: str(pcode) for pcode, name in reversed(list(by_size.items())) if name}


@lru_cache(_KEPT * len(taxonomy.NAMES))
def term_resolver(name: str, confirmed: tuple[tuple[str, str], ...] = ()) -> TermResolver:
    """Return the resolver of one taxonomy's terms; `confirmed` are texts that people settled: text, code."""
    limits = rules()["resolve"]["terms"]
    return TermResolver(
        taxonomy.load(name).frame,
        taxonomy.aliases(name),
        dict(confirmed),
        accept=limits["accept"],
        areas=limits["areas"].get(name, {}),
    )


def resolvers(*, sample: bool = False, decided: Decided = NOTHING) -> Resolvers:
    """Return everything that turns text into codes, with what people `decided` before all else."""
    known = registry(sample=sample, decided=Decided(records=decided.records))
    types = zip(known["org_id"], known["type"], strict=True)
    terms = {
        name: tuple((text, code) for of, text, code in decided.terms if of == name) for name in taxonomy.NAMES
    }
    return Resolvers(
        places=place_resolver(decided.places),
        organisations=organisation_resolver(sample=sample, decided=decided),
        types={org_id: kind for org_id, kind in types if kind},
        terms={name: term_resolver(name, confirmed) for name, confirmed in terms.items()},
        merged=decided.merged,
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
