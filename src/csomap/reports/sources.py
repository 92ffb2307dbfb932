"""Where the facts come from, and what the words mean: sources with days and licences, definitions."""

import pandas as pd

from csomap.analysis.needs import cited
from csomap.flow import names
from csomap.flow.names import Reader
from csomap.i18n import date, decimal, listing, percent
from csomap.settings import rules
from csomap.tables import taxonomy

PARTS = ("what", "who", "day", "licence")
_FIXED = ("places", "services", "organisations")
_WORDS = (
    *("organisation", "report", "activity", "presence"),
    *("overlap", "possible", "same_sector", "duplicate"),
)
_STATUSES = ("gap", "no_data", "unknown", "thin", "covered")
TERMS = _WORDS + _STATUSES

Line = tuple[str, ...]


def fixed(view: Reader, boundaries: str) -> list[Line]:
    """Return PARTS of each source that comes with csomap; boundaries: "default" or "official"."""
    known = (*_FIXED, f"boundaries_{boundaries}")
    return [tuple(view.t(f"about.source.{name}.{part}") for part in PARTS) for name in known]


def figures(view: Reader, needs: pd.DataFrame) -> list[Line]:
    """Return a line for each indicator of the needs table that has figures by place."""
    by_place = needs.loc[lambda table: table["pcode"] != "IQ"]
    lines: list[Line] = []
    for indicator in by_place["indicator"].unique():
        source, day = cited(needs, indicator)
        licence = view.t("about.source.figures_licence")
        told = date(pd.Timestamp(day).date(), view.lang)
        lines.append(
            (
                view.t(f"about.indicator.{indicator}"),
                names.isolated(names.source(view, source)),
                told,
                licence,
            )
        )
    return lines


def sensitive(view: Reader) -> str:
    """Return the names of the services that are shown no finer than the governorate."""
    tree = taxonomy.load("services")
    marked = [code for code in tree.codes if tree.is_sensitive(code)]
    heads = [code for code in marked if tree.parent(code) not in marked]
    return listing([names.service(view, code) for code in heads], view.lang)


def definition(view: Reader, term: str) -> str:
    """Return what a word means, with the thresholds that hold (data/rules.yml)."""
    limits = rules()["coverage"]
    return view.t(
        f"about.terms.{term}.meaning",
        share=percent(limits["thin_continuity"], view.lang),
        rate=decimal(limits["thin_per_100k"]["population"]["1"], view.lang),
        known=percent(rules()["pages"]["known_share"], view.lang),
    )
