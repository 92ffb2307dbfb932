"""The history of what people decided, in words."""

import json
from typing import Any

import pandas as pd

from csomap.errors import BadInput
from csomap.flow import edited
from csomap.flow.live import sources
from csomap.flow.memory import TERM, in_force, recall
from csomap.flow.verdicts import KIND, cell_of
from csomap.i18n import t
from csomap.resolve import reference
from csomap.resolve.waits import ABROAD
from csomap.settings import Settings
from csomap.store import Decisions, exists
from csomap.store.meetings import ACTION, MEETING
from csomap.store.needs import KIND as NEEDS
from csomap.tables import taxonomy
from csomap.tables.places import area_name

Row = dict[str, Any]
COLUMNS = ["id", "at", "who", "kind", "subject", "context", "answer", "note", "status", "told", "batch"]


def decisions(settings: Settings, lang: str = "en") -> pd.DataFrame:
    """Return every decision and every undoing, newest first; nothing ever leaves the list.

    Returns id, at (UTC), who, kind, subject, context, answer (JSON), note, status (holds, undone, replaced by
    a later one, or of an edit of which no or not all rows are in the data now: sleeps, partly), told (a
    sentence in `lang`) and batch (the id by which all of one batch are undone).
    """
    if not exists(settings):
        return pd.DataFrame(columns=COLUMNS)
    store = Decisions(settings)
    rows = store.history()
    holding = {one.id for one in in_force(store.holding())}
    names = _names(settings, lang)
    asleep = _asleep(settings)
    told: list[Row] = [
        dict(zip(rows.columns.astype(str), row, strict=True))
        for row in rows.itertuples(index=False, name=None)
    ]
    return rows.assign(
        status=[asleep.get(int(row["id"])) or _status(row, holding) for row in told],
        told=[_told(row, names, lang) for row in told],
    )[COLUMNS]


def _status(row: Row, holding: set[int]) -> str:
    if not pd.isna(row["undone_at"]):
        return "undone"
    return "holds" if row["id"] in holding or row["kind"] == "undo" else "replaced"


def _asleep(settings: Settings) -> dict[int, str]:
    """Return the status of each edit of which some or all rows are not in the data now."""
    memory = recall(settings)
    if not memory.edits:
        return {}
    live = sources(settings, memory)
    raw = edited.applied(live.raw, edited.additions(memory.edits), sample=live.is_sample)
    told = {}
    for one in memory.edits:
        is_here = bool(one.answer["sample"]) == live.is_sample
        rows = list(edited.touched(raw, one).values())
        if not is_here or (rows and not any(rows)):
            told[one.id] = "sleeps"
        elif not all(rows):
            told[one.id] = "partly"
    return told


def _names(settings: Settings, lang: str) -> dict[str, str]:
    known = reference.registry(sample=True, decided=recall(settings).decided)
    shown = known[f"name_{lang}"].where(known[f"name_{lang}"] != "", known["name_en"])
    return dict(zip(known["org_id"], shown, strict=True))


def _told(row: Row, names: dict[str, str], lang: str) -> str:
    kind, subject, answer = row["kind"], row["subject"], json.loads(row["answer"])
    if kind == "place" and row["context"] == ABROAD:
        return t("decision.abroad", lang, subject=subject)
    if kind == "place" or kind.startswith(TERM):
        return _code_told(kind, subject, answer, lang)
    if kind == "edit":
        named = names.get(answer["organisation"], answer["organisation"])
        return t(f"decision.edit.{answer['what']}", lang, organisation=named, activity=answer["activity"])
    if kind in ("organisation", "merge"):
        shown, other = names.get(subject, subject), names.get(answer, answer)
        return t(f"decision.{kind}", lang, subject=shown, answer=other)
    if kind in ("mapping", NEEDS, MEETING, ACTION):
        return t(f"decision.{kind}", lang, subject=answer["title"])
    if kind == KIND:
        return _verdict_told(row, answer["verdict"], names, lang)
    return t(f"decision.{kind}", lang, subject=names.get(subject, subject))


def _verdict_told(row: Row, verdict: str, names: dict[str, str], lang: str) -> str:
    one, other = (names.get(org_id, org_id) for org_id in row["subject"].split(";"))
    service, group, trait, place = cell_of(row["context"])
    people = [_label(f"{TERM}population_groups", group, lang)]
    people += [_label(f"{TERM}characteristics", trait, lang)] if trait else []
    return t(
        "decision.verdict",
        lang,
        one=one,
        other=other,
        service=_label(f"{TERM}services", service, lang),
        group=", ".join(people),
        place=_label("place", place, lang),
        verdict=t(f"overlap.verdict.{verdict}", lang),
    )


def _code_told(kind: str, subject: str, code: str, lang: str) -> str:
    name = "place" if kind == "place" else "term"
    if not code:
        return t(f"decision.not_a_{name}", lang, subject=subject)
    return t(f"decision.{name}", lang, subject=subject, answer=_label(kind, code, lang))


def _label(kind: str, code: str, lang: str) -> str:
    if kind == "place":
        return f"{area_name(code, lang)} ({code})"
    tree = taxonomy.load(kind.removeprefix(TERM))
    try:
        return ", ".join(tree.label(one, lang) for one in code.split(";"))
    except BadInput:  # the taxonomy has changed since
        return code
