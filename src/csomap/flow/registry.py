"""The registry of organisations as people change it: one new one, or an edited file of all."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from csomap.errors import BadInput
from csomap.flow.faults import Faults, listed
from csomap.flow.live import load
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

_EDITED = RECORD[1:]
Record = dict[str, str]
Fault = tuple[int, str, str, str, str]


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

    `told` may hold name_en, name_ar, name_ckb, acronym, type, aliases; without a name, `name` is the one of
    its script. Raises BadInput for another column and for a type that does not exist.
    """
    unknown = sorted(set(told) - set(_EDITED))
    if unknown:
        raise BadInput("registry_column", value=", ".join(unknown), known=", ".join(_EDITED))
    record = dict.fromkeys(RECORD, "") | {column: text.strip() for column, text in told.items()}
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
    faults = [fault for fault in _taken([dict(record)], [(0, dict(record))], owned) if ", " not in fault[-1]]
    if faults:
        raise Faults("registry_faults", listed(faults))


def own_id(name: str) -> str:
    """Return the org_id of an organisation that people added: of one name always the same."""
    return "own-" + hashlib.sha1(normalise(name).encode(), usedforsecurity=False).hexdigest()[:10]


def import_registry(
    path: Path, settings: Settings, note: str = "", who: str = "", *, only_look: bool = False
) -> Registered:
    """Bring an edited table of organisations back in: all of its changes or none.

    The file (CSV, XLSX) has the column org_id and any of name_en, name_ar, name_ckb, acronym, type, aliases
    (joined by ;); other columns of the table are not read. Without an org_id a row is a new organisation.
    With `only_look` nothing is stored. Raises BadFile if it cannot be read, BadInput without org_id, Faults
    with every cell to mend.
    """
    known = _directory(settings)
    told = _records(_rows(path), known)
    faults = [*_alone(told, known), *_taken([record for _, record in told], told, known)]
    if faults:
        raise Faults("registry_faults", listed(sorted(faults)))
    records = [record for _, record in told]
    added = [record for record in records if record["org_id"] not in known]
    changed = [one for one in records if one["org_id"] in known and one != known[one["org_id"]]]
    made = [_decision(one, known.get(one["org_id"])) for one in (*added, *changed)]
    done = Decisions(settings).decide_all(made, note, who) if made and not only_look else 0
    ids = [tuple(record["org_id"] for record in some) for some in (added, changed)]
    return Registered(ids[0], ids[1], len(records) - len(made), done, _cells([*added, *changed], known))


def _cells(records: list[Record], known: Mapping[str, Record]) -> tuple[tuple[str, str, str, str], ...]:
    nothing = dict.fromkeys(RECORD, "")
    return tuple(
        (one["org_id"], name, before[name], one[name])
        for one in records
        for before in [known.get(one["org_id"], nothing)]
        for name in _EDITED
        if one[name] != before[name]
    )


def _directory(settings: Settings) -> dict[str, Record]:
    """Return what is known of each organisation now (RECORD), by its org_id."""
    told = load(settings).organisations[list(RECORD)].itertuples(index=False, name=None)
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
        told = {name: row[name] for name in RECORD if name in row}
        record = before | told | {"aliases": _list(told.get("aliases", before["aliases"]))}
        name = next((record[name] for name in NAMES if record[name]), "")
        records.append((number, record | {"org_id": row["org_id"] or (own_id(name) if name else "")}))
    return records


def _list(cell: str) -> str:
    return ";".join(sorted({part.strip() for part in cell.split(";")} - {""}))


def _alone(told: list[tuple[int, Record]], known: Mapping[str, Record]) -> Iterable[Fault]:
    """Find what is wrong with a row, whatever the others say."""
    types = taxonomy.load("organisation_types").codes
    seen: set[str] = set()
    for number, one in told:
        org_id = one["org_id"]
        if org_id and org_id not in known and org_id not in _own_ids(one):
            yield number, "org_id", org_id, "registry_org_unknown", ""
        if org_id in seen:
            yield number, "org_id", org_id, "registry_twice", ""
        seen.add(org_id)
        if one["type"] not in types and (one["type"] or org_id not in known):
            yield number, "type", one["type"], "registry_type_unknown", ", ".join(types)
        if not any(one[name] for name in NAMES):
            yield number, "name_en", "", "registry_name_missing", ""


def _own_ids(one: Record) -> set[str]:
    return {own_id(one[name]) for name in NAMES}


def _taken(
    records: list[Record], told: list[tuple[int, Record]], known: Mapping[str, Record]
) -> Iterable[Fault]:
    """Find names that are new to an organisation and that another one is known by."""
    after = dict(known) | {one["org_id"]: one for one in records}
    owners: dict[str, set[str]] = defaultdict(set)
    for org_id, one in after.items():
        for _, text in _texts(one):
            owners[normalise(text)].add(org_id)
    for number, one in told:
        before = {normalise(text) for _, text in _texts(known.get(one["org_id"], {}))}
        for column, text in _texts(one):
            others = sorted(owners[normalise(text)] - {one["org_id"]})
            if others and normalise(text) not in before:
                yield number, column, text, "registry_name_taken", ", ".join(others)


def _texts(one: Mapping[str, str]) -> list[tuple[str, str]]:
    named = [(name, one[name]) for name in (*NAMES, "acronym") if one.get(name)]
    return named + [("aliases", text) for text in one.get("aliases", "").split(";") if text]


def _decision(one: Record, before: Record | None) -> Decision:
    """Keep the names by which a newcomer is known: files go on using them."""
    kept = dict(one)
    if before and one["org_id"].startswith("new-"):
        lost = {before[name] for name in (*NAMES, "acronym")} - {one[name] for name in (*NAMES, "acronym")}
        kept["aliases"] = _list(";".join([one["aliases"], *lost]))
    return Decision("registry", kept.pop("org_id"), kept)
