"""What a person has to decide: texts that nobody could resolve, each once, with the rows they stand in."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import pandas as pd

from csomap.resolve.located import Place
from csomap.resolve.normalise import letters
from csomap.resolve.resolution import Resolution
from csomap.tables import taxonomy

COLUMNS = ["kind", "subject", "context", "reason", "effect", "candidates", "rows", "source_row"]
ABROAD = "abroad"


class Question(NamedTuple):
    """One text that waits: `kind` as in a decision, `reason` a problem code, `effect` as in PROBLEMS."""

    kind: str
    subject: str
    context: str
    reason: str
    effect: str
    candidates: str = ""


Open = Iterable[Sequence[Resolution]]
Asked = Iterable[tuple[int, Question]]  # with the position of the row


def grouped(
    rows: pd.DataFrame,
    terms: Mapping[tuple[str, str], Open],
    places: Iterable[Place],
    doing: Open,
    ask: Callable[[str], Sequence[Resolution]],
) -> pd.DataFrame:
    """Return COLUMNS: each question that the rows (RAW) ask once, how many ask it and the first of them.

    For each row: what is open of each field and effect (`terms`), of its place, and of who does the work;
    `ask` says what is open of the name of a programme organisation or a funder.
    """
    named = [_of_names(rows, name, ask) for name in ("programme_organisation", "funder")]
    told = [_of_terms(field, effect, found) for (field, effect), found in terms.items()]
    places_asked = _of_places(rows, places)
    asked = chain(*told, places_asked, _of_organisations(doing), *named)
    return _counted(asked, rows["source_row"].to_list())


def set_aside(rows: pd.DataFrame, places: Iterable[Place], abroad: Collection[str]) -> list[bool]:
    """Say of each row (RAW) whether it tells of a country, or of a place that nobody knows, that people
    set aside (`abroad`, as letters)."""
    told = zip(rows["country"], places, strict=True)
    named = [
        (place.problem, _country(country, place) if place.problem == "place_abroad" else place.text)
        for country, place in told
    ]
    return [
        problem in ("place_abroad", "place_unknown") and letters(text) in abroad for problem, text in named
    ]


def listed(candidates: Sequence[tuple[str, float]]) -> str:
    """Return candidates as id=score joined by ;, best first."""
    return ";".join(f"{code}={score:.0f}" for code, score in candidates)


def _of_terms(field: str, effect: str, found: Open) -> Asked:
    kind = f"term:{taxonomy.OF_FIELD[field]}"
    for row, cell in enumerate(found):
        for one in cell:
            yield row, Question(kind, one.text, "", f"{field}_unknown", effect, listed(one.candidates))


def _of_organisations(found: Open) -> Asked:
    for row, cell in enumerate(found):
        for one in cell:
            shown = listed(one.candidates)
            yield row, Question("organisation", one.text, "", "organisation_unknown", "note", shown)


def _of_names(rows: pd.DataFrame, column: str, ask: Callable[[str], Sequence[Resolution]]) -> Asked:
    known = {cell: [one for name in _parts(cell) for one in ask(name)] for cell in rows[column].unique()}
    return _of_organisations([known[cell] for cell in rows[column]])


def _of_places(rows: pd.DataFrame, places: Iterable[Place]) -> Asked:
    for row, (country, place) in enumerate(zip(rows["country"], places, strict=True)):
        if place.problem == "place_abroad":  # there is nothing to say about its places but that
            yield row, Question("place", _country(country, place), ABROAD, place.problem, "review")
        elif place.problem and place.problem != "place_point_differs":  # the text is known, its row is not
            shown = listed(place.candidates)
            yield row, Question("place", place.text, place.pcode, place.problem, place.effect, shown)


def _country(country: str, place: Place) -> str:
    return country or place.text or ABROAD  # coordinates alone have no text


def _counted(asked: Asked, source_rows: Sequence[int]) -> pd.DataFrame:
    rows: dict[Question, set[int]] = {}
    for position, question in asked:
        rows.setdefault(question, set()).add(position)
    told: list[tuple[Any, ...]] = [
        (*one, len(where), min(source_rows[position] for position in where)) for one, where in rows.items()
    ]
    return pd.DataFrame(told, columns=COLUMNS)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
