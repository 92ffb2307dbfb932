"""What the cells of a file of figures of need mean, and what is amiss with them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from csomap.i18n import LANGUAGES, t
from csomap.importers import dates
from csomap.importers.cells import MAX_TEXT, has_no_value
from csomap.importers.numbers import read_amount
from csomap.resolve.answers import PLACE_COLUMNS, Resolvers
from csomap.resolve.located import locate
from csomap.resolve.normalise import normalise
from csomap.resolve.places import PlaceResolver
from csomap.resolve.resolution import Resolution
from csomap.resolve.terms import TermResolver
from csomap.tables.places import area_name, level_of

INDICATORS = ("population", "idp", "returnee", "people_in_need", "severity")
# Whom a figure counts, where its indicator says so already.
_OWN_GROUP = {"population": "", "idp": "idp", "returnee": "returnee"}
_MOST_SEVERE = 5
_SHOWN = 3

Line = Mapping[str, str]
Fault = tuple[str, str, str]  # column, problem code, hint


@dataclass
class Read:
    """One line as it was understood (COLUMNS; a place that may be two is in `several`), and its faults."""

    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    several: tuple[str, ...] = ()


class Cells:
    """Reads lines; each distinct text is resolved once.

    today: figures of a day more than a year after it are refused, for a slip of the pen would replace all
    others for years.
    """

    def __init__(self, resolvers: Resolvers, today: dt.date) -> None:
        self._places: PlaceResolver = resolvers.places
        self._services: TermResolver = resolvers.terms["services"]
        self._groups: TermResolver = resolvers.terms["population_groups"]
        self._latest = today + dt.timedelta(days=366)
        self._known: dict[tuple[str, str], Resolution] = {}

    def read(self, line: Line) -> Read:
        """Return what a line says, with everything that has to be mended in it."""
        found = Read({"method": line["method"], "note": line["note"], "source": line["source"]})
        indicator = _indicators().get(normalise(line["indicator"]), "")
        if not indicator:
            named = ", ".join(t(f"needs.indicator.{code}") for code in INDICATORS)
            found.faults.append(("indicator", "needs_indicator", named))
        found.values["indicator"] = indicator
        for take in (self._place, self._group, self._service, self._date):
            take(line, found)
        found.values["value"], faults = _value(line["value"], indicator)
        found.faults += [*faults, *_texts(line)]
        return found

    def _place(self, line: Line, found: Read) -> None:
        text = line["pcode"]
        answer = self._resolved("pcode", self._places, text)
        place = locate(dict.fromkeys(PLACE_COLUMNS, "") | {"pcode": text}, self._places)
        same = [code for code, score in answer.candidates if score == 100]
        found.several = tuple(same) if len(same) > 1 else ()
        found.values["pcode"] = "" if place.problem else place.pcode
        if not found.values["pcode"]:
            found.faults.append(("pcode", "needs_place" if text else "needs_place_missing", _places(answer)))

    def _group(self, line: Line, found: Read) -> None:
        text, own = line["population_group"], _OWN_GROUP.get(found.values["indicator"])
        answer = self._resolved("group", self._groups, text) if text else None
        told = "" if answer is None or answer.id == "all" else answer.id
        if answer is not None and (not answer.id or ";" in answer.id):
            hint = ", ".join(code for code, _ in answer.candidates[:_SHOWN])
            found.faults.append(("population_group", "needs_group", hint))
        elif own is not None and told not in ("", own):
            found.faults.append(("population_group", "needs_group_other", own))
        found.values["population_group"] = told if own is None else own

    def _service(self, line: Line, found: Read) -> None:
        text, indicator = line["service"], found.values["indicator"]
        answer = self._resolved("service", self._services, text) if text else None
        found.values["service"] = answer.id if answer else ""
        if answer is not None and not answer.id:
            hint = ", ".join(code for code, _ in answer.candidates[:_SHOWN])
            found.faults.append(("service", "needs_service", hint))
        elif text and indicator in _OWN_GROUP:
            found.faults.append(("service", "needs_service_none", ""))
        elif not text and indicator == "people_in_need":
            found.faults.append(("service", "needs_service_missing", ""))

    def _date(self, line: Line, found: Read) -> None:
        told = dates.read(line["date"])
        found.values["date"] = told.last
        if told.fault:
            found.faults.append(("date", told.fault, told.hint))
        elif told.last is None:
            found.faults.append(("date", "needs_date_missing", ""))
        elif told.last > self._latest:
            found.faults.append(("date", "needs_date_late", ""))

    def _resolved(self, kind: str, resolver: PlaceResolver | TermResolver, text: str) -> Resolution:
        if (kind, text) not in self._known:
            self._known[kind, text] = resolver.resolve(text)
        return self._known[kind, text]


def unclear(lines: Mapping[int, Read]) -> Iterator[tuple[int, Fault]]:
    """Find names that stand for a governorate and for a district in it, where the file does not say which.

    It does where every other place of the same indicator is a governorate.
    """
    for indicator in {one.values["indicator"] for one in lines.values()}:
        own = {row: one for row, one in lines.items() if one.values["indicator"] == indicator}
        sure = [one.values["pcode"] for one in own.values() if one.values["pcode"] and not one.several]
        if all(level_of(code) == "1" for code in sure):
            continue
        for row, one in own.items():
            if one.several:
                yield row, ("pcode", "needs_place_several", ", ".join(one.several))


def _value(text: str, indicator: str) -> tuple[float | None, list[Fault]]:
    told = read_amount(text)
    if has_no_value(text):
        return None, [("value", "needs_value", "")]
    if told.fault:
        code = "needs_value_negative" if told.fault == "number_negative" else "needs_value"
        return None, [("value", code, told.hint)]
    if told.value is None:
        return None, [("value", "needs_value_missing", "")]
    is_step = told.value in range(1, _MOST_SEVERE + 1)
    return told.value, [] if indicator != "severity" or is_step else [("value", "needs_severity", "")]


def _texts(line: Line) -> Iterator[Fault]:
    if not line["source"]:
        yield "source", "needs_source", ""
    for name in ("source", "method", "note"):
        if has_no_value(line[name]):
            yield name, "needs_formula", ""
        if len(line[name]) > MAX_TEXT:
            yield name, "needs_text_long", ""


def _places(answer: Resolution) -> str:
    return ", ".join(f"{area_name(code)} ({code})" for code, _ in answer.candidates[:_SHOWN])


@cache
def _indicators() -> dict[str, str]:
    told = {normalise(t(f"needs.indicator.{code}", lang)): code for code in INDICATORS for lang in LANGUAGES}
    return told | {normalise(code): code for code in INDICATORS}
