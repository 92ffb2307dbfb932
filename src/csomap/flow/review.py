"""What waits for a person, and what people decide about it."""

import json
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from csomap.errors import BadInput
from csomap.flow.live import Data, load
from csomap.flow.memory import TERM, recall
from csomap.flow.registry import check_free, own_organisation
from csomap.resolve import reference
from csomap.resolve.answers import LISTS
from csomap.resolve.decided import last
from csomap.resolve.normalise import letters
from csomap.resolve.organisations import provisional_id
from csomap.resolve.waits import ABROAD
from csomap.settings import Settings
from csomap.store import Decision, Decisions
from csomap.tables import taxonomy
from csomap.tables.places import check_place, places

COLUMNS = ["kind", "subject", "context", "rows", "imports", "reason", "effect", "candidates", "example"]
_PROVISIONAL = re.compile(r"new-[0-9a-f]{10}")
NEW = "new"
_OF_LISTS = {taxonomy.OF_FIELD[name] for name in LISTS}


def waiting(source: Data | Settings) -> pd.DataFrame:
    """Return what a person has to decide, each question once, those of most rows first.

    Returns kind (place, organisation, term:<taxonomy>), subject (the text), context (the p-code of the area
    that the rows name, "abroad" for a country, else empty), rows, imports (ids joined by ;), reason (a
    problem code), effect (review: the rows wait; note: they are in the analysis), candidates (id=score
    joined by ;, best first), example (file:row). A decision on subject and context settles all its rows.
    """
    data = load(source) if isinstance(source, Settings) else source
    asked = data.waits[~_is_settled(data)]
    if asked.empty:
        return pd.DataFrame(columns=COLUMNS)
    names = asked["import_id"].map(data.names).fillna(asked["import_id"])
    told = asked.assign(
        key=asked["subject"].map(letters),
        example=names + ":" + asked["source_row"].astype(str),
        waits=asked["effect"] == "review",
    ).sort_values(["waits", "rows"], ascending=False, kind="stable")
    groups = told.groupby(["kind", "key", "context"], sort=False)
    first = groups[["subject", "reason", "effect", "candidates", "example"]].first()
    counted = groups.agg(rows=("rows", "sum"), imports=("import_id", _joined))
    found = first.join(counted).reset_index().sort_values("rows", ascending=False, kind="stable")
    return found[COLUMNS].reset_index(drop=True)


def _joined(texts: "pd.Series[str]") -> str:
    return ";".join(sorted(set(texts)))


def _is_settled(data: Data) -> "pd.Series[bool]":
    """Say of each question whether somebody merged the newcomer."""
    merged = data.merged
    gone = data.waits["subject"].map(lambda text: bool(merged) and provisional_id(text) in merged)
    return (data.waits["kind"] == "organisation") & gone.astype(bool)


def counts(data: Data) -> pd.DataFrame:
    """Return import_id, accepted, review, duplicate_rows and aside: what has become of the usable rows of
    each live import by now; what the catalogue says is as of the day of the import.

    aside: rows that people took out, by setting a country aside or by an edit. The four add up to the rows
    that were read and not rejected; of several imports the same row is accepted in each.
    """
    return data.counts


def decide(
    settings: Settings,
    kind: str,
    subject: str,
    answer: str | Mapping[str, str],
    context: str = "",
    note: str = "",
    who: str = "",
) -> int:
    """Remember what a text means, for all that is stored and all that will come; return the decision's id.

    kind place: `answer` is a p-code inside `context` (or one elsewhere that the text may name: then its rows
    err in their area), or "" for "not a place"; organisation: an org_id, "new"
    or the columns of a new one (name_en, name_ar, name_ckb, acronym, type); term:<taxonomy>: a code, or ""
    for "says nothing"; merge: as `merge`. Raises BadInput for a kind, place, organisation or code that does
    not exist.
    """
    if not subject.strip():
        raise BadInput("decision_empty")
    if kind == "merge":
        return merge(settings, subject, str(answer), note, who)
    if kind == "organisation":
        given = answer if isinstance(answer, Mapping) else answer.strip()
        return _decide_organisation(settings, subject, given, note, who)
    code = ";".join(sorted({one.strip() for one in str(answer).split(";")} - {""}))
    _check_code(kind, subject, code, context)
    return Decisions(settings).decide(kind, subject, code, context, note, who)


def _check_code(kind: str, subject: str, code: str, context: str) -> None:
    if kind == "place":
        _check_area(subject, code, context)
        _check_text(subject, subject.strip().upper(), places()["pcode"])
    elif kind.startswith(TERM):
        _check_term(kind.removeprefix(TERM), code)
        _check_text(subject, subject.strip(), taxonomy.load(kind.removeprefix(TERM)).codes)
    else:
        known = ", ".join(["place", "organisation", *(TERM + name for name in taxonomy.NAMES), "merge"])
        raise BadInput("decision_kind", value=kind, known=known)


def merge(
    settings: Settings, org_id: str, into: str, note: str = "", who: str = "", data: Data | None = None
) -> int:
    """Count an organisation as another one from now on; return the decision's id, by which it is undone.

    `data` saves loading where a newcomer is named. Raises BadInput for an unknown organisation, and where
    the other one is merged into this one already.
    """
    merges = dict(recall(settings).decided.merges)
    for one in (org_id, into):
        _check_organisation(settings, one, data)
    _check_circle(org_id, into, merges)
    return Decisions(settings).decide("merge", org_id, into, note=note, who=who)


def undo_decision(settings: Settings, decision_id: int, note: str = "", who: str = "") -> int:
    """Take a decision back: everything is as if it had never been made, and it stays in the history.

    Undoing an undoing lets the decision hold again. Raises BadInput for an id that does not exist or is
    undone already.
    """
    return Decisions(settings).undo(decision_id, note, who)


def restore_decision(settings: Settings, decision_id: int, who: str = "") -> int:
    """Let a decision that was undone hold again; raises BadInput if it was not, and for a merge into an
    organisation that is merged the other way since."""
    _check_restored(settings, decision_id)
    return Decisions(settings).restore(decision_id, who)


def _decide_organisation(
    settings: Settings, subject: str, answer: str | Mapping[str, str], note: str, who: str
) -> int:
    if isinstance(answer, Mapping) or answer == NEW:
        record = own_organisation(subject, {} if isinstance(answer, str) else answer)
        check_free(record, recall(settings).decided)
        org_id = record.pop("org_id")
        made = [Decision("registry", org_id, record), Decision("organisation", subject, org_id)]
        return Decisions(settings).decide_all(made, note, who)
    if _PROVISIONAL.fullmatch(answer):
        return merge(settings, provisional_id(subject), answer, note, who)
    _check_organisation(settings, answer)
    known = reference.registry(sample=True, decided=recall(settings).decided)["org_id"]
    _check_text(subject, subject.strip(), known)
    return Decisions(settings).decide("organisation", subject, answer, "", note, who)


def _check_organisation(settings: Settings, org_id: str, data: Data | None = None) -> None:
    known = set(reference.registry(sample=True, decided=recall(settings).decided)["org_id"])
    if org_id not in known and _PROVISIONAL.fullmatch(org_id):
        known |= set((data or load(settings)).newcomers["org_id"])
    if org_id not in known:
        raise BadInput("organisation_unknown", value=org_id)


def _check_circle(org_id: str, into: str, merges: Mapping[str, str]) -> None:
    if last(into, {name: end for name, end in merges.items() if name != org_id}) == org_id:
        raise BadInput("merge_circle", org_id=org_id, into=into)


def _check_restored(settings: Settings, decision_id: int) -> None:
    history = Decisions(settings).history().set_index("id")
    if decision_id in history.index and history.loc[decision_id, "kind"] == "merge":
        org_id, into = (str(history.loc[decision_id, name]) for name in ("subject", "answer"))
        _check_circle(org_id, json.loads(into), dict(recall(settings).decided.merges))


def _check_text(subject: str, code: str, codes: Iterable[str]) -> None:
    """Raise BadInput for a text that is a code: it means what it says, whatever people decide."""
    if code in set(codes):
        raise BadInput("decision_code", value=subject.strip())


def _check_area(subject: str, pcode: str, context: str) -> None:
    check_place(pcode)
    if context == ABROAD:
        if pcode:
            raise BadInput("decision_abroad", value=pcode)
        return
    check_place(context)
    if pcode and not pcode.startswith(context) and pcode not in _named_so(subject):
        raise BadInput("decision_elsewhere", value=pcode, context=context)


def _named_so(text: str) -> set[str]:
    """Return the places that a text may name, wherever they lie: its rows may err in their area."""
    resolver = reference.place_resolver()
    asked = [resolver.resolve(text, level=level) for level in (None, 1, 2, 3)]
    return {code for one in asked for code, _ in one.candidates}


def _check_term(name: str, code: str) -> None:
    tree = taxonomy.load(name)
    codes = [one for one in code.split(";") if one]
    for one in codes:
        tree.label(one)
    if len(codes) > 1 and name not in _OF_LISTS:
        raise BadInput("decision_one", value=code)
