"""Raw rows to reports: every text gets its code, or the row waits for a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from csomap.resolve.located import Place, locate
from csomap.resolve.normalise import normalise
from csomap.resolve.organisations import OrganisationResolver, provisional_id
from csomap.resolve.places import PlaceResolver
from csomap.resolve.terms import TermResolver
from csomap.tables import schemas, taxonomy

_LISTS = ("population_group", "characteristic")
_WAITS = ("service", "function", "population_group", "characteristic", "status")
PLACE_COLUMNS = ["pcode", "adm1", "adm1_name", "adm2", "adm2_name", "adm3", "adm3_name", "admin_level"]


@dataclass(frozen=True)
class Resolvers:
    """Everything that turns text into codes: places, organisations with their types, terms by taxonomy."""

    places: PlaceResolver
    organisations: OrganisationResolver
    types: Mapping[str, str]
    terms: Mapping[str, TermResolver]


@dataclass(frozen=True)
class Coded:
    """One text with its codes (joined by ;), and what of it is not known."""

    codes: str
    unknown: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Resolved:
    """Reports (REPORTS columns, repeats included), PROBLEMS with their texts, and the organisations
    that no registry knows yet (org_id, name, acronym, type)."""

    reports: pd.DataFrame
    problems: pd.DataFrame
    newcomers: pd.DataFrame


def to_reports(
    raw: pd.DataFrame, source_id: str, resolvers: Resolvers, headers: Mapping[str, str] | None = None
) -> Resolved:
    """Return the reports of one import: its raw rows with codes in place of texts.

    raw: RAW columns; rows marked rejected are left out. `headers` maps our fields to the file's
    own column names, for the problems.
    """
    rows = raw[~raw["rejected"]].reset_index(drop=True)
    coded = {field: _coded(rows, field, resolvers) for field in taxonomy.OF_FIELD}
    places = _places(rows, resolvers.places)
    orgs = _organisations(rows, resolvers.organisations)
    reports = rows.assign(
        source_id=source_id,
        activity_id=rows["activity_id"].str.replace(";", ","),  # ids are listed, joined by ;
        **{field: _codes(values) for field, values in coded.items()},
        pcode=[place.pcode for place in places],
        organisation=_codes(orgs),
        programme_organisation=_names(rows["programme_organisation"], resolvers.organisations),
        funder=_names(rows["funder"], resolvers.organisations),
        site_key=rows["site"].map(_once(normalise)),
    )
    reports["organisation_type"] = (
        reports["organisation"].map(resolvers.types).fillna(reports["organisation_type"])
    )
    reports["review"] = _review(coded, places)
    problems = _problems(rows, coded, places, orgs, headers or {})
    return Resolved(
        schemas.valid(schemas.REPORTS, reports),
        schemas.valid(schemas.PROBLEMS, problems),
        _newcomers(rows, reports, resolvers.organisations),
    )


def _newcomers(rows: pd.DataFrame, reports: pd.DataFrame, resolver: OrganisationResolver) -> pd.DataFrame:
    """Return the organisations that are known only by the name a file gives them."""
    done = (
        pd.DataFrame(
            {
                "name": rows["organisation"].where(rows["organisation"] != "", rows["organisation_acronym"]),
                "acronym": rows["organisation_acronym"],
                "type": reports["organisation_type"],
            }
        )
        .value_counts(sort=False)
        .reset_index(name="told")
    )
    listed = pd.concat([rows["programme_organisation"], rows["funder"]]).drop_duplicates()
    named = pd.DataFrame({"name": listed.str.split(";").explode().str.strip().drop_duplicates()})
    everyone = pd.concat([done, named.assign(acronym="", type="", told=0)])
    found = [
        _organisation(name, acronym, resolver)
        for name, acronym in zip(everyone["name"], everyone["acronym"], strict=True)
    ]
    unknown = np.array([bool(one.unknown) for one in found], dtype=bool)
    new = everyone.assign(org_id=_codes(found))[unknown]
    best = new.assign(typed=new["type"] != "").sort_values(
        ["typed", "told", "type", "name"], ascending=[False, False, True, True]
    )
    return best.drop_duplicates("org_id")[["name", "acronym", "type", "org_id"]]


def _once(work: Callable[[str], str]) -> Callable[[str], str]:
    """Remember the answer for each distinct text of a column."""
    known: dict[str, str] = {}
    return lambda text: known[text] if text in known else known.setdefault(text, work(text))


def _codes(values: list[Coded]) -> list[str]:
    return [value.codes for value in values]


def _coded(rows: pd.DataFrame, field: str, resolvers: Resolvers) -> list[Coded]:
    resolver = resolvers.terms[taxonomy.OF_FIELD[field]]
    split = field in _LISTS
    known = {text: _code(text, resolver, split) for text in rows[field].unique()}
    return [known[text] for text in rows[field]]


def _code(text: str, resolver: TermResolver, split: bool) -> Coded:
    parts = [part.strip() for part in text.split(";")] if split else [text]
    found = [resolver.resolve(part) for part in parts if part]
    unknown = [one for one in found if not one.id and one.method != "vague"]
    hint = ", ".join(code for one in unknown for code, _ in one.candidates)
    codes = sorted({one.id for one in found if one.id})
    return Coded(";".join(codes), "; ".join(one.text for one in unknown), hint)


def _places(rows: pd.DataFrame, resolver: PlaceResolver) -> list[Place]:
    told = list(rows[PLACE_COLUMNS].itertuples(index=False, name=None))
    known = {texts: locate(dict(zip(PLACE_COLUMNS, texts, strict=True)), resolver) for texts in set(told)}
    return [known[texts] for texts in told]


def _organisations(rows: pd.DataFrame, resolver: OrganisationResolver) -> list[Coded]:
    told = list(zip(rows["organisation"], rows["organisation_acronym"], strict=True))
    known = {texts: _organisation(*texts, resolver) for texts in set(told)}
    return [known[texts] for texts in told]


def _organisation(name: str, acronym: str, resolver: OrganisationResolver) -> Coded:
    found = resolver.decide(name, acronym)
    if found.id:
        return Coded(found.id)
    hint = ", ".join(org_id for org_id, _ in found.candidates)
    return Coded(provisional_id(name or acronym), name or acronym, hint)


def _names(cells: pd.Series, resolver: OrganisationResolver) -> pd.Series:
    def ids(cell: str) -> str:
        names = [part.strip() for part in cell.split(";") if part.strip()]
        return ";".join(sorted({_organisation(name, "", resolver).codes for name in names}))

    return cells.map(_once(ids))


def _review(coded: Mapping[str, list[Coded]], places: list[Place]) -> list[str]:
    columns = {field: [bool(value.unknown) for value in coded[field]] for field in _WAITS}
    columns["pcode"] = [place.waits for place in places]
    names = list(columns)
    return [
        ";".join(sorted(name for name, waits in zip(names, row, strict=True) if waits))
        for row in zip(*columns.values(), strict=True)
    ]


def _problems(
    rows: pd.DataFrame,
    coded: Mapping[str, list[Coded]],
    places: list[Place],
    orgs: list[Coded],
    headers: Mapping[str, str],
) -> pd.DataFrame:
    found: list[tuple[int, str, str, str, str, str]] = []
    for field, values in (*coded.items(), ("organisation", orgs)):
        effect = "review" if field in _WAITS else "note"
        name = headers.get(field, field)
        found += [
            (row, name, value.unknown, f"{field}_unknown", value.hint, effect)
            for row, value in zip(rows["source_row"], values, strict=True)
            if value.unknown
        ]
    found += [
        (row, headers.get(place.field, place.field), place.text, place.problem, place.hint, place.effect)
        for row, place in zip(rows["source_row"], places, strict=True)
        if place.problem
    ]
    return pd.DataFrame(sorted(found), columns=schemas.columns(schemas.PROBLEMS))
