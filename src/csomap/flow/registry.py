"""The registry of organisations as people change it: one new one, or an edited file of all."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from csomap.errors import BadInput
from csomap.flow.faults import Faults, listed
from csomap.flow.live import Data, load
from csomap.flow.registry_checks import EDITED, Record, alone, own_id, taken, tidy
from csomap.importers import Limits, tabular
from csomap.importers.cells import clean
from csomap.resolve import reference
from csomap.resolve.bare_names import script_of
from csomap.resolve.decided import NAMES, RECORD, Decided
from csomap.resolve.normalise import normalise
from csomap.settings import Settings, rules
from csomap.store import Decision, Decisions
from csomap.tables import taxonomy
from csomap.tables.export import plain


@dataclass(frozen=True)
class Registered:
    """What an edited registry changed: org_ids that are new, org_ids that changed, how many did not.

    `decision_id` undoes all of it at once; 0 where nothing changed or was only looked at. `cells` are
    org_id, column, what it said before ("" for a new organisation) and what it says now.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    decision_id: int = 0
    cells: tuple[tuple[str, str, str, str], ...] = ()


def own_organisation(name: str, told: Mapping[str, str]) -> Record:
    """Return a record (RECORD) for an organisation that files call `name` and no registry knows.

    `told` may hold the columns of RECORD but org_id; without a name, `name` is the one of its script. Raises
    BadInput for another column and for a type that does not exist.
    """
    unknown = sorted(set(told) - set(EDITED))
    if unknown:
        raise BadInput("registry_column", value=", ".join(unknown), known=", ".join(EDITED))
    record = dict.fromkeys(RECORD, "") | {column: tidy(column, text) for column, text in told.items()}
    if not any(record[column] for column in NAMES):
        record["name_ar" if script_of(normalise(name)) == "arabic" else "name_en"] = name.strip()
    if record["type"]:
        taxonomy.load("organisation_types").label(record["type"])
    return record | {"org_id": own_id(name)}


def check_free(record: Mapping[str, str], decided: Decided) -> None:
    """Raise Faults if a new organisation takes a name that stands for another one: it would for neither."""
    aliases = reference.registry_aliases(sample=True, decided=decided).groupby("org_id")["name"].agg(";".join)
    known = reference.registry(sample=True, decided=decided).join(aliases.rename("aliases"), on="org_id")
    told = known[list(RECORD)].fillna("").to_dict("records")
    owned = {one["org_id"]: {str(name): text for name, text in one.items()} for one in told}
    faults = [fault for fault in taken([dict(record)], [(0, dict(record))], owned) if ", " not in fault[-1]]
    if faults:
        raise Faults("registry_faults", listed(faults))


def import_registry(
    path: Path, settings: Settings, note: str = "", who: str = "", *, only_look: bool = False
) -> Registered:
    """Bring an edited table of organisations back in: all of its changes or none.

    The file (CSV, XLSX) has the column org_id and any other of RECORD (lists joined by ;); other columns of
    the table are not read. Without an org_id a row is a new organisation.
    With `only_look` nothing is stored. Raises BadFile if it cannot be read, BadInput without org_id, Faults
    with every cell to mend.
    """
    known = recorded(load(settings))
    told = _records(_rows(path), known)
    faults = [*alone(told, known, dt.date.today().year), *taken([record for _, record in told], told, known)]
    if faults:
        raise Faults("registry_faults", listed(sorted(faults)))
    records = [record for _, record in told]
    added = [record for record in records if record["org_id"] not in known]
    changed = [one for one in records if one["org_id"] in known and one != known[one["org_id"]]]
    made = [decision(one, known.get(one["org_id"])) for one in (*added, *changed)]
    done = Decisions(settings).decide_all(made, note, who) if made and not only_look else 0
    ids = [tuple(record["org_id"] for record in some) for some in (added, changed)]
    return Registered(ids[0], ids[1], len(records) - len(made), done, _cells([*added, *changed], known))


def _cells(records: list[Record], known: Mapping[str, Record]) -> tuple[tuple[str, str, str, str], ...]:
    nothing = dict.fromkeys(RECORD, "")
    return tuple(
        (one["org_id"], name, before[name], one[name])
        for one in records
        for before in [known.get(one["org_id"], nothing)]
        for name in EDITED
        if one[name] != before[name]
    )


def recorded(data: Data) -> dict[str, Record]:
    """Return what is known of each organisation now (RECORD), by its org_id."""
    told = data.organisations[list(RECORD)].itertuples(index=False, name=None)
    return {row[0]: dict(zip(RECORD, row, strict=True)) for row in told}


def _rows(path: Path) -> list[tuple[int, Record]]:
    """Return the filled rows with their numbers, by the names of the first filled row."""
    sheet = tabular.opened(path, Limits(**rules()["limits"])).sheets[0]
    cells = [(int(row[0]), list(row[1:])) for block in sheet.blocks() for row in block.itertuples(name=None)]
    filled = [(number, row) for number, row in cells if any(text.strip() for text in row)]
    headers = [clean(text).casefold() for text in filled[0][1]] if filled else []
    if "org_id" not in headers:
        raise BadInput("registry_no_id")
    twice = sorted({name for name in headers if name in RECORD and headers.count(name) > 1})
    if twice:
        raise BadInput("registry_column_twice", value=", ".join(twice))
    return [(number, dict(zip(headers, map(_cell, row), strict=False))) for number, row in filled[1:]]


def _cell(text: str) -> str:
    return plain(clean(text))


def _records(rows: Iterable[tuple[int, Record]], known: Mapping[str, Record]) -> list[tuple[int, Record]]:
    """Return what each row makes of its organisation: a column that the file lacks stays as it is."""
    records = []
    for number, row in rows:
        before = known.get(row["org_id"], dict.fromkeys(RECORD, ""))
        record = before | {name: tidy(name, row[name]) for name in RECORD if name in row}
        name = next((record[name] for name in NAMES if record[name]), "")
        records.append((number, record | {"org_id": row["org_id"] or (own_id(name) if name else "")}))
    return records


def decision(one: Record, before: Record | None) -> Decision:
    """Return the decision that a record holds; it keeps the names of a newcomer, which files go on using."""
    kept = dict(one)
    if before and one["org_id"].startswith("new-"):
        lost = {before[name] for name in (*NAMES, "acronym")} - {one[name] for name in (*NAMES, "acronym")}
        kept["aliases"] = tidy("aliases", ";".join([one["aliases"], *lost]))
    return Decision("registry", kept.pop("org_id"), kept)
