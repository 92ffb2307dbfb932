"""Codes as people read them, in the language of who reads: on pages, in reports, in minutes.

A name may run in the other direction than the words around it, so each is set apart by invisible marks.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Protocol

import pandas as pd

from csomap.i18n import country_name, date, keys, listing, period, t
from csomap.resolve import countries
from csomap.tables import taxonomy
from csomap.tables.places import area_name

_ISOLATE, _END = "\u2068", "\u2069"
_FROM = "needs.from."


class Reader(Protocol):
    """Who reads: the language, and what organisations are called in it (by org_id)."""

    @property
    def lang(self) -> str: ...

    @property
    def organisations(self) -> Mapping[str, str]: ...

    def t(self, key: str, **values: object) -> str:
        """Return the words of `key` in the reader's language."""


def organisations_in(known: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the name of each of ORGANISATIONS by its id, in the language, else in English."""
    own = known[f"name_{lang}"].where(known[f"name_{lang}"] != "", known["name_en"])
    return dict(zip(known["org_id"], own, strict=True))


def plain(text: str) -> str:
    """Return text without the invisible marks that set names apart."""
    return text.replace(_ISOLATE, "").replace(_END, "")


def isolated(text: str) -> str:
    """Return text that keeps its own direction inside any sentence; "" stays empty."""
    return f"{_ISOLATE}{text}{_END}" if text else ""


def service(view: Reader, code: str) -> str:
    """Return the name of a service, topic or sector; of nothing, that it is not stated."""
    return _term(view, "services", code)


def group(view: Reader, code: str) -> str:
    """Return the name of a population group; of nothing, that it is not stated."""
    return _term(view, "population_groups", code)


def groups(view: Reader, codes: str) -> str:
    """Return the names of groups joined by ; as one list."""
    return listing([group(view, code) for code in codes.split(";")], view.lang)


def characteristic(view: Reader, codes: str) -> str:
    """Return the names of characteristics joined by ; as one list; of none, everybody."""
    if not codes:
        return view.t("frame.everybody")
    return listing([_term(view, "characteristics", code) for code in codes.split(";")], view.lang)


def country(view: Reader, text: str) -> str:
    """Return the name of a country that a code or a name means; else the text as it stands."""
    return isolated(country_name(countries.country(text), view.lang) or text)


def function(view: Reader, code: str) -> str:
    """Return the name of a function; of nothing, that it is not stated."""
    return _term(view, "functions", code)


def organisation_type(view: Reader, code: str) -> str:
    """Return the name of a type of organisation."""
    return _term(view, "organisation_types", code)


def organisation(view: Reader, org_id: str) -> str:
    """Return the name of an organisation in the reader's language, else in English."""
    return isolated(view.organisations.get(org_id, org_id))


def organisations(view: Reader, org_ids: str) -> str:
    """Return the names of organisations joined by ; as one list in order of name."""
    named = sorted(organisation(view, org_id) for org_id in org_ids.split(";") if org_id)
    return listing(named, view.lang)


def place(view: Reader, pcode: str) -> str:
    """Return the name of a place or region; of nothing, that the place is not known."""
    return isolated(area_name(pcode, view.lang)) if pcode else view.t("frame.not_stated")


def place_within(view: Reader, pcode: str) -> str:
    """Return the name of a place with its governorate."""
    governorate = pcode[:5]
    if pcode == governorate:
        return place(view, pcode)
    return view.t("frame.place_within", place=place(view, pcode), governorate=place(view, governorate))


def status(view: Reader, code: str) -> str:
    """Return the name of a status, of coverage or of an activity."""
    if code in taxonomy.load("statuses").codes:
        return taxonomy.load("statuses").label(code, view.lang)
    return view.t(f"figure.status.{code}") if code else view.t("frame.not_stated")


def months(view: Reader, start: dt.date | None, end: dt.date | None) -> str:
    """Return the months from `start` to `end` in words; an open side says so."""
    unknown = view.t("frame.not_stated")
    if pd.isna(start) or pd.isna(end):
        sides = [unknown if pd.isna(day) else period(day, day, view.lang) for day in (start, end)]
        return " – ".join(sides) if len(set(sides)) > 1 else unknown
    return period(start, end, view.lang)


def source(view: Reader, text: str) -> str:
    """Return what a source that comes with csomap is called; the text as it stands of any other."""
    code = _sources().get(text)
    return view.t(f"needs.from.{code}") if code else text


def day(view: Reader, value: dt.date | None) -> str:
    """Return a day in words; of nothing, that it is not stated."""
    return view.t("frame.not_stated") if pd.isna(value) else date(value, view.lang)


@cache
def _sources() -> dict[str, str]:
    """Return the code of each source by its English name."""
    codes = (key.removeprefix(_FROM) for key in keys("en") if key.startswith(_FROM))
    return {t(_FROM + code): code for code in codes}


def _term(view: Reader, name: str, code: str) -> str:
    return taxonomy.load(name).label(code, view.lang) if code else t("frame.not_stated", view.lang)
