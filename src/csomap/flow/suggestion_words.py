"""A suggestion in words: kind, concrete, and without saying which of the two."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from csomap.i18n import decimal, listing, t
from csomap.tables import taxonomy
from csomap.tables.places import area_name, level_of
from csomap.tables.query import PCODE_LENGTH

Shown = Callable[[str], str]


def suggestion_words(
    suggestion: "pd.Series[Any]", lang: str, organisations: Mapping[str, str], shown: Shown = str
) -> tuple[str, str]:
    """Return the title and the sentences of one row of `flow.suggestions`.

    organisations: the name of each org_id; `shown` makes a name ready for where it is written (pages set
    names apart from the words around them).
    """
    code = suggestion["suggestion"]
    names = _Names(lang, organisations, shown)
    values = {side: names.organisation(suggestion[side]) for side in ("org_a", "org_b")}
    makers = {
        "call": names.call,
        "report_once": names.report,
        "divide_area": names.areas,
        "divide_group": names.groups,
        "phases": names.phases,
        "move": names.gap,
    }
    key, told = makers[code](suggestion) if code in makers else ("text", {})
    return t(f"suggestion.{code}.title", lang), t(f"suggestion.{code}.{key}", lang, **values, **told)


class _Names:
    """What the codes of a suggestion are called in one language."""

    def __init__(self, lang: str, organisations: Mapping[str, str], shown: Shown) -> None:
        self.lang, self.organisations, self.shown = lang, organisations, shown

    def organisation(self, org_id: str) -> str:
        return self.shown(self.organisations.get(org_id, org_id))

    def place(self, pcode: str) -> str:
        return self.shown(area_name(pcode, self.lang))

    def term(self, tree: str, code: str) -> str:
        return self.shown(taxonomy.load(tree).label(code, self.lang))

    def all_of(self, names: list[str]) -> str:
        return listing(names, self.lang)

    def call(self, row: "pd.Series[Any]") -> tuple[str, dict[str, str]]:
        tree = taxonomy.load("services")
        sector = self.term("services", tree.at_level(row["service"], "sector"))
        governorate = self.place(row["pcode"][: PCODE_LENGTH["1"]])
        values = {"sector": sector, "governorate": governorate}
        roles = [t(f"suggestion.role.{role}", self.lang, **values) for role in row["other"].split(";")]
        return "text", {"roles": self.all_of(roles)}

    def report(self, row: "pd.Series[Any]") -> tuple[str, dict[str, str]]:
        return row["other"] or "text", {"page": t("page.review.title", self.lang)}

    def areas(self, row: "pd.Series[Any]") -> tuple[str, dict[str, str]]:
        named = [self.place(pcode) for pcode in row["other"].split(";")]
        return f"text.{level_of(row['pcode'])}", {
            "place": self.place(row["pcode"]),
            "areas": self.all_of(named),
        }

    def groups(self, row: "pd.Series[Any]") -> tuple[str, dict[str, str]]:
        codes = row["other"].split(";")
        known = taxonomy.load("population_groups").codes
        tree = "population_groups" if codes[0] in known else "characteristics"
        return "text", {"groups": self.all_of([self.term(tree, code) for code in codes])}

    def phases(self, row: "pd.Series[Any]") -> tuple[str, dict[str, str]]:
        parts = [part.partition("=") for part in row["other"].split(";")]
        steps = {"steps": self.all_of([self.term("services", step) for step, _, _ in parts])}
        taken = [self._taken(step, org) for step, _, org in parts if org]
        return ("told", steps | {"taken": self.all_of(taken)}) if taken else ("text", steps)

    def _taken(self, step: str, org: str) -> str:
        named = {"step": self.term("services", step), "organisation": self.organisation(org)}
        return t("suggestion.phases.taken", self.lang, **named)

    def gap(self, row: "pd.Series[Any]") -> tuple[str, dict[str, Any]]:
        km = decimal(row["km"], self.lang, 0 if row["km"] >= 10 else 1)
        values = {
            "place": self.place(row["pcode"]),
            "km": km,
            "service": self.term("services", row["service"]),
        }
        if pd.isna(row["people_in_need"]):
            return "unknown", values
        indicator = t(f"gap.need.indicator.{row['indicator']}", self.lang)
        return "text", {**values, "indicator": indicator, "people": int(row["people_in_need"])}
