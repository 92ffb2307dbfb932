"""The rows behind a question: a few of them as the file says them."""

import pandas as pd
import streamlit as st

from csomap import flow, importers
from csomap.resolve import reference
from csomap.resolve.normalise import normalise
from csomap.settings import Settings, rules
from csomap.store import Store
from csomap.tables import schemas, taxonomy
from csomap.ui import tables
from csomap.ui.view import View

_SHOWN = 5
_PLACES = ["pcode", "adm1", "adm1_name", "adm2", "adm2_name", "adm3", "adm3_name", "country"]
_FIELDS = {
    "place": _PLACES,
    "organisation": ["organisation", "organisation_acronym", "programme_organisation", "funder"],
    "term:services": ["service", "sector"],
    "term:functions": ["function"],
    "term:population_groups": ["population_group"],
    "term:characteristics": ["characteristic"],
    "term:organisation_types": ["organisation_type"],
    "term:statuses": ["status"],
}
_COLUMNS = ["file", "source_row", "told_organisation", "told_service", "told_place", "start", "end"]


def show(view: View, question: "pd.Series[str]") -> None:
    """Draw a few rows that a question (a row of flow.waiting) stands in."""
    found = rows(view, question)
    if found.empty:
        return
    labels = {f"told_{name}": view.t(f"table.{name}") for name in ("organisation", "service", "place")}
    key = f"review_rows_{question['kind']}_{question['subject']}_{question['context']}"
    tables.table(found, _COLUMNS, view, key, labels=labels)


def rows(view: View, question: "pd.Series[str]") -> pd.DataFrame:
    """Return at most 5 rows: file, source_row, told_organisation, told_service, told_place, start, end."""
    parts: list[pd.DataFrame] = []
    for import_id in question["imports"].split(";"):
        if sum(map(len, parts)) < _SHOWN:
            raw = _raw(view.settings, import_id, is_sample=view.data.is_sample)
            kept = raw[_mentions(raw, question)].head(_SHOWN)
            parts.append(kept.assign(file=view.data.names.get(import_id, import_id)))
    found = pd.concat(parts).head(_SHOWN) if parts else pd.DataFrame(columns=_COLUMNS)
    if found.empty:
        return found
    told = [" / ".join(filter(None, row)) for row in found[_PLACES].itertuples(index=False, name=None)]
    if question["kind"] != "place":  # there it is the place itself that is asked for
        hidden = found["service"].map(_is_sensitive)
        told = ["" if hides else text for hides, text in zip(hidden, told, strict=True)]
    return found.assign(
        told_place=told, told_organisation=found["organisation"], told_service=found["service"]
    )[_COLUMNS]


def _is_sensitive(service: str) -> bool:
    """Say whether pages tell of a service no finer than by governorate."""
    code = reference.term_resolver("services").resolve(service).id
    return bool(code) and taxonomy.load("services").is_sensitive(code)


def _mentions(raw: pd.DataFrame, question: "pd.Series[str]") -> "pd.Series[bool]":
    """Say of each raw row whether one of the fields in question holds the text, alone or in a list."""
    wanted = _key(question["subject"])
    found = pd.Series(False, index=raw.index)
    for name in _FIELDS[question["kind"]]:
        texts = raw[name].unique()
        those = [text for text in texts if wanted in map(_key, [text, *text.split(";")])]
        found |= raw[name].isin(those)
    return found


def _key(text: str) -> str:
    return normalise(text).replace(" ", "") or text


@st.cache_resource(max_entries=4, show_spinner=False)
def _raw(_settings: Settings, import_id: str, *, is_sample: bool) -> pd.DataFrame:
    """Return the raw rows of an import; the sample that shows where nothing is stored is in no store."""
    store = Store(_settings)
    if import_id in set(store.imports()["import_id"]):
        return store.rows(import_id)
    if not is_sample:
        return schemas.none(schemas.RAW)
    return importers.read(flow.SAMPLE, limits=rules()["limits"]).rows
