"""Raw rows to reports: every text gets its code, or the row waits for a person."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd

from csomap.resolve import newcomers, waits
from csomap.resolve.answers import Answered, Coded, Resolvers, hint
from csomap.resolve.decided import renamed
from csomap.resolve.located import Place
from csomap.tables import schemas
from csomap.tables.distinct import Answers, Positions

_WAITS = ("service", "function", "population_group", "characteristic", "status")

Issue = tuple[str, str, str, str, str]  # column, value, code, hint, effect


@dataclass(frozen=True)
class Resolved:
    """Reports (REPORTS columns, repeats included), PROBLEMS with their texts, and, where they are asked
    for, the organisations that no registry knows yet and what a person has to decide."""

    reports: pd.DataFrame
    problems: pd.DataFrame
    answers: Answered

    @cached_property
    def newcomers(self) -> pd.DataFrame:
        """The organisations that are known only by the name a file gives them (see `newcomers.told`)."""
        return newcomers.told(self._names)

    @cached_property
    def known_as(self) -> dict[str, str]:
        """The organisation of each known text, by the id that a newcomer of that name has."""
        return newcomers.known_as(self._names)

    @cached_property
    def _names(self) -> pd.DataFrame:
        rows = self.answers.rows.assign(organisation_type=self.reports["organisation_type"])
        return newcomers.named(rows, self._org_id)

    def _org_id(self, name: str, acronym: str) -> tuple[str, bool]:
        found = self.answers.organisation(name, acronym)
        return found.codes, bool(found.unknown)

    @cached_property
    def waits(self) -> pd.DataFrame:
        """What a person has to decide (waits.COLUMNS)."""
        told = self.answers
        coded = told.coded.items()
        terms = {(name, _effect(name)): found.each(lambda one: one.open) for name, found in coded}
        terms["service", "note"] = told.coded["service"].each(lambda one: one.coarser)
        doing = told.organisations.each(lambda one: one.open)
        return waits.grouped(told.rows, terms, told.places, doing, lambda name: told.organisation(name).open)


def to_reports(
    raw: pd.DataFrame,
    source_id: str,
    resolvers: Resolvers,
    headers: Mapping[str, str] | None = None,
    known: dict[str, Any] | None = None,
) -> Resolved:
    """Return the reports of one import, or of a block of it: its raw rows with codes in place of texts.

    raw: RAW columns; rows marked rejected are left out. `headers` maps our fields to the file's
    own column names, for the problems. `known` remembers answers from block to block of a file.
    """
    rows = (raw[~raw["rejected"]] if raw["rejected"].any() else raw).reset_index(drop=True)
    told = Answered(rows, resolvers, {} if known is None else known)
    reports = rows.assign(
        source_id=source_id,
        activity_id=rows["activity_id"].str.replace(";", ","),  # ids are listed, joined by ;
        **{field: found.texts(lambda one: one.codes) for field, found in told.coded.items()},
        pcode=told.places.texts(lambda one: one.pcode),
        organisation=told.organisations.texts(lambda one: one.codes),
        programme_organisation=told.listed("programme_organisation"),
        funder=told.listed("funder"),
        site_key=told.compared("site"),
        review=_review(told),
    )
    reports = renamed(reports, resolvers.merged)
    reports["organisation_type"] = (
        reports["organisation"].map(resolvers.types).fillna(reports["organisation_type"])
    )
    problems = _problems(told, headers or {})
    return Resolved(schemas.valid(schemas.REPORTS, reports), schemas.valid(schemas.PROBLEMS, problems), told)


def _effect(name: str) -> str:
    return "review" if name in _WAITS else "note"


def _review(told: Answered) -> "pd.Series[str]":
    """Return the columns of each row that wait, sorted and joined by ;."""
    columns = {field: told.coded[field].flags(lambda one: one.unknown) for field in _WAITS}
    columns["pcode"] = told.places.flags(lambda one: one.waits)
    names = sorted(columns)
    bits = np.left_shift(1, np.arange(len(names)))
    codes, sets = pd.factorize(np.column_stack([columns[name] for name in names]) @ bits)
    return Answers(list(sets), codes).texts(
        lambda mark: ";".join(name for bit, name in enumerate(names) if mark >> bit & 1)
    )


def _problems(told: Answered, headers: Mapping[str, str]) -> pd.DataFrame:
    """Return the problems of the rows as PROBLEMS, in the order of the rows."""
    asked: list[tuple[Answers[Any], Callable[[Any], list[Issue]]]] = [
        *((found, partial(_issues, field, headers)) for field, found in told.coded.items()),
        (told.organisations, partial(_issues, "organisation", headers)),
        (told.places, partial(_issues_of_place, headers)),
    ]
    lines: list[Issue] = []
    parts = [part for answers, tell in asked for part in _numbered(answers.each(tell), lines)]
    parts += _of_points(told, headers, lines)
    if not parts:
        return schemas.none(schemas.PROBLEMS)
    order = sorted(range(len(lines)), key=lines.__getitem__)
    rows = told.rows["source_row"].to_numpy()[np.concatenate([where for where, _ in parts])]
    ranks = np.argsort(order)[np.concatenate([which for _, which in parts])]
    in_order = np.lexsort((ranks, rows))
    table = pd.DataFrame([lines[place] for place in order], columns=schemas.columns(schemas.PROBLEMS)[1:])
    found: pd.DataFrame = table.iloc[ranks[in_order]].assign(source_row=rows[in_order])
    return found.reset_index(drop=True)


def _numbered(found: Answers[list[Issue]], lines: list[Issue]) -> Iterator[tuple[Positions, Positions]]:
    """Add the issues to `lines`; return the positions of the rows that have one, and which line it is."""
    for nth in range(max(map(len, found.distinct), default=0)):
        told = np.array([len(issues) > nth for issues in found.distinct], dtype=bool)
        places = len(lines) + np.cumsum(told) - 1
        lines += [issues[nth] for issues in found.distinct if len(issues) > nth]
        where = np.flatnonzero(told[found.codes])
        yield where, places[found.codes[where]]


def _issues(field: str, headers: Mapping[str, str], one: Coded) -> list[Issue]:
    name, service = (headers.get(column, column) for column in (one.column or field, "service"))
    lost = [(name, one.unknown, f"{field}_unknown", one.hint, _effect(field))] if one.unknown else []
    return lost + [(service, text.text, "service_coarser", hint(one.coarser), "note") for text in one.coarser]


def _issues_of_place(headers: Mapping[str, str], one: Place) -> list[Issue]:
    name = headers.get(one.field, one.field)
    return [(name, one.text, one.problem, one.hint, one.effect)] if one.problem else []


def _of_points(
    told: Answered, headers: Mapping[str, str], lines: list[Issue]
) -> list[tuple[Positions, Positions]]:
    """Tell one note for all rows of the file whose place their coordinates told: with the first of them."""
    first = told.first_from_point()
    if first is None:
        return []
    lines.append((headers.get("latitude", "latitude"), "", "place_from_point", "", "note"))
    return [(np.array([first]), np.array([len(lines) - 1]))]
