"""What a text may mean: places, organisations and terms by name, with what speaks for each."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from csomap.flow import Data
from csomap.i18n import LANGUAGES
from csomap.tables import taxonomy
from csomap.tables.places import area_name, places
from csomap.ui import names
from csomap.ui.view import View

ABROAD = "abroad"
_JOINT = " / "


def candidates(told: str) -> list[tuple[str, float]]:
    """Return pairs of code and score (percent) from id=score joined by ;, best first."""
    pairs = (one.rpartition("=") for one in told.split(";") if one)
    return [(code, float(score)) for code, _, score in pairs]


def subject(view: View, question: "pd.Series[str]") -> str:
    """Return the text of a question (a row of flow.waiting) as people read it: a country by its name."""
    if question["context"] != ABROAD:
        return str(question["subject"])
    is_text = question["subject"] != ABROAD
    return names.country(view, question["subject"]) if is_text else view.t("import.abroad.elsewhere")


def tree(kind: str) -> taxonomy.Taxonomy:
    """Return the taxonomy of a kind term:<taxonomy>."""
    return taxonomy.load(kind.partition(":")[2])


def name(view: View, kind: str, code: str) -> str:
    """Return the name of what a text may mean, in the reader's language."""
    if kind == "place":
        return names.place(view, code)
    if kind == "organisation":
        return names.organisation(view, code)
    return names.isolated(tree(kind).label(code, view.lang))


def evidence(view: View, kind: str, code: str) -> list[str]:
    """Return what tells one candidate from another, a sentence each."""
    if kind == "place":
        return _of_place(view, code)
    if kind == "organisation":
        return _of_organisation(view, code)
    return _of_term(view, kind, code)


def _of_place(view: View, code: str) -> list[str]:
    level = {5: 1, 8: 2, 11: 3}[len(code)]
    above = code[:-3] if level > 1 else ""
    where = view.t("review.lies_in", place=names.place_within(view, above)) if above else ""
    spelt = _others(view, [area_name(code, lang) for lang in LANGUAGES])
    return [text for text in (view.t(f"filter.place_{level}"), where, spelt, code) if text]


def _of_organisation(view: View, code: str) -> list[str]:
    found = view.data.organisations
    row = found[found["org_id"] == code]
    if row.empty:
        return []
    one = row.iloc[0]
    kind = names.organisation_type(view, one["type"]) if one["type"] else ""
    told = [kind, names.isolated(one["acronym"])]
    told.append(_others(view, [one[f"name_{lang}"] for lang in LANGUAGES]))
    told.append(view.t("review.activities", n=int(one["activities"])))
    return [text for text in told if text]


def _of_term(view: View, kind: str, code: str) -> list[str]:
    terms = tree(kind)
    above = [names.isolated(terms.label(one, view.lang)) for one in terms.ancestors(code)]
    told = [view.t("review.belongs_to", term=_JOINT.join(above))] if above else []
    if view.lang == "en":  # definitions are written in English only
        told.append(str(terms.frame.set_index("code").loc[code, "definition_en"]))
    return told


def _others(view: View, spelt: Sequence[str]) -> str:
    own = spelt[LANGUAGES.index(view.lang)]
    others = dict.fromkeys(text for text in spelt if text and text != own)
    return _JOINT.join(names.isolated(text) for text in others)


def everything(view: View, kind: str, context: str) -> dict[str, str]:
    """Return all that a text could mean, by code, each with its names in three scripts: to search in."""
    if kind == "place":
        return {code: told for code, told in _places(view.lang).items() if code.startswith(context)}
    if kind == "organisation":
        return _organisations(view.data, view.data.version, view.lang)
    return _terms(kind, view.lang)


@st.cache_resource(max_entries=3, show_spinner=False)
def _places(lang: str) -> dict[str, str]:
    return {code: _joined([area_name(code, one) for one in _order(lang)], code) for code in places()["pcode"]}


@st.cache_resource(max_entries=6, show_spinner=False)
def _organisations(_data: Data, version: str, lang: str) -> dict[str, str]:
    found = _data.organisations
    kept = found[found["status"] != "merged"]
    spelt = kept[[f"name_{one}" for one in _order(lang)] + ["acronym"]].itertuples(index=False, name=None)
    told = {code: _joined(list(words), "") for code, words in zip(kept["org_id"], spelt, strict=True)}
    return dict(sorted(told.items(), key=lambda one: one[1]))


@st.cache_resource(max_entries=24, show_spinner=False)
def _terms(kind: str, lang: str) -> dict[str, str]:
    terms = tree(kind)
    return {code: _joined([terms.label(code, one) for one in _order(lang)], "") for code in terms.codes}


def _order(lang: str) -> list[str]:
    return [lang, *(one for one in LANGUAGES if one != lang)]


def _joined(spelt: list[str], code: str) -> str:
    return " · ".join(dict.fromkeys(text for text in [*spelt, code] if text and not pd.isna(text)))
