"""Can it be trusted: definitions, sources with dates and licences, and what the data does not cover."""

from collections.abc import Iterable, Sequence
from html import escape
from importlib.metadata import version

import pandas as pd
import streamlit as st

from csomap import geo
from csomap.i18n import date
from csomap.reports import sources
from csomap.tables import taxonomy
from csomap.tables.places import places
from csomap.ui import frame, names
from csomap.ui.view import View

_STEPS = ("read", "resolve", "activities", "compare", "decide")
_LIMITS = ("humanitarian", "cluster", "silence", "people", "old_figures", "boundaries")


def show(view: View) -> None:
    """Draw the page."""
    _section(view, "method", [view.t(f"about.method.{step}") for step in _STEPS])
    st.subheader(view.t("about.terms.title"), anchor=False)
    st.html(
        _pairs((view.t(f"about.terms.{term}.name"), sources.definition(view, term)) for term in sources.TERMS)
    )
    _section(view, "limits", [view.t(f"about.limits.{limit}") for limit in _LIMITS])
    st.subheader(view.t("about.sources.title"), anchor=False)
    st.html(_grid([view.t(f"about.sources.{part}") for part in sources.PARTS], _sources(view)))
    _section(view, "sensitive", [view.t("about.sensitive.rule", services=sources.sensitive(view))])
    _section(view, "languages", _languages(view))
    _section(view, "licence", [view.t("about.licence.tool", version=names.isolated(version("csomap")))])


def _section(view: View, name: str, sentences: Sequence[str]) -> None:
    st.subheader(view.t(f"about.{name}.title"), anchor=False)
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    st.html(f'<div class="csomap-text">{told}</div>')


def _sources(view: View) -> list[tuple[str, ...]]:
    drawn = geo.boundaries(view.settings.boundaries).source
    return [*_files(view), *sources.fixed(view, drawn), *sources.figures(view, view.data.needs)]


def _files(view: View) -> list[tuple[str, ...]]:
    """Return a line for each import that is in the analysis; the sample says that it is one."""
    if view.data.is_sample:
        return [tuple(view.t(f"about.source.sample.{part}") for part in sources.PARTS)]
    return [
        (
            view.t("about.source.file.what", name=names.isolated(entry["name"])),
            view.t("about.source.file.who"),
            date(entry["imported_at"], view.lang),
            view.t("about.source.file.licence"),
        )
        for entry in frame.live_imports(view).to_dict("records")
    ]


def _languages(view: View) -> list[str]:
    """Return how far the wording was checked, counted in the tables of terms and places."""
    terms = pd.concat([taxonomy.load(name).frame["review"] for name in taxonomy.NAMES])
    marks = terms.str.split(";").explode().value_counts()
    unnamed = int((places()["name_ckb"] == "").sum())
    return [
        view.t(
            "about.languages.terms",
            total=len(terms),
            arabic=int(marks.get("ar", 0)),
            kurdish=int(marks.get("ckb", 0)),
        ),
        view.t("about.languages.places", n=unnamed, total=len(places())),
    ]


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(meaning)}</dd>" for name, meaning in pairs)
    return f'<dl class="csomap-terms">{lines}</dl>'


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    first = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    rest = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="csomap-scroll"><table class="csomap-grid"><tr>{first}</tr>{rest}</table></div>'
