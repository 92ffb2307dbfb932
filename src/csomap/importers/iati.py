"""Activities of the International Aid Transparency Initiative (XML 2.03) as a sheet."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from csomap.errors import BadFile
from csomap.importers.cells import clean
from csomap.importers.limits import Limits
from csomap.importers.sheets import Sheet, of_rows

_ROLES = {"1": "funding", "2": "accountable", "3": "extending", "4": "implementing"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DAC = ("1", "2")  # vocabularies: purpose codes of five digits, and their groups of three

ROOT = b"<iati-activities"
HEADERS = [
    "iati-identifier",
    "title",
    "reporting-org",
    *(f"participating-org {role}" for role in _ROLES.values()),
    "activity-status",
    "start",
    "end",
    "sector code",
    "sector",
    "recipient-country",
    "location",
    "latitude",
    "longitude",
]


def read(path: Path, limits: Limits) -> list[Sheet]:
    """Return the activities as one sheet: a row of headers, then one row an activity, sector and place.

    Where an activity gives its sectors in several vocabularies, which are so many tellings of the
    same work, those of the DAC are taken. Actual dates go before planned ones. An activity without
    places has one row for each of its countries.

    Raises BadFile.
    """
    rows = [HEADERS]
    try:
        for activity in _activities(path):
            rows.extend(_rows(activity))
            limits.refuse_size(len(rows), len(HEADERS), len(rows) * len(HEADERS))
    except DefusedXmlException as error:
        raise BadFile("file_unsafe") from error
    except ParseError as error:
        raise BadFile("file_xml_broken", row=error.position[0]) from error
    return [of_rows("", rows)]


def _activities(path: Path) -> Iterator[Element]:
    root: Element | None = None
    for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
        if root is None:
            root = element
            if element.tag != "iati-activities":
                raise BadFile("file_not_a_table")
        if event == "end" and element.tag == "iati-activity":
            yield element
            root.clear()


def _rows(activity: Element) -> Iterator[list[str]]:
    common = [
        _text(activity.find("iati-identifier")),
        _narrative(activity.find("title")),
        _organisation(activity.find("reporting-org")),
        *(_organisations(activity, code) for code in _ROLES),
        _attribute(activity.find("activity-status"), "code"),
        _day(activity, "2", "1"),
        _day(activity, "4", "3"),
    ]
    for sector in _sectors(activity):
        for place in _places(activity):
            yield [*common, *sector, *place]


def _text(element: Element | None) -> str:
    return clean("" if element is None else element.text or "")


def _attribute(element: Element | None, name: str) -> str:
    return clean("" if element is None else element.get(name, ""))


def _narrative(element: Element | None) -> str:
    """Return the text of an element in its own language or in English, whichever comes first."""
    told = [] if element is None else element.findall("narrative")
    best = [one for one in told if one.get(_LANG, "en") == "en"] or told
    return next(filter(None, map(_text, best)), "")


def _organisation(element: Element | None) -> str:
    return _narrative(element) or _attribute(element, "ref")


def _organisations(activity: Element, role: str) -> str:
    parts = [one for one in activity.findall("participating-org") if one.get("role") == role]
    # Names are listed, joined by ;.
    names = [_organisation(one).replace(";", ",") for one in parts]
    return ";".join(dict.fromkeys(filter(None, names)))


def _day(activity: Element, actual: str, planned: str) -> str:
    days = {one.get("type"): one.get("iso-date", "") for one in activity.findall("activity-date")}
    return clean(days.get(actual) or days.get(planned) or "")


def _sectors(activity: Element) -> list[list[str]]:
    given = activity.findall("sector")
    order = [*_DAC, *(one.get("vocabulary", "1") for one in given)]
    chosen = next((name for name in order if any(one.get("vocabulary", "1") == name for one in given)), "")
    told = [one for one in given if one.get("vocabulary", "1") == chosen]
    return [[_attribute(one, "code") if chosen in _DAC else "", _narrative(one)] for one in told] or [
        ["", ""]
    ]


def _places(activity: Element) -> list[list[str]]:
    countries = [_attribute(one, "code") for one in activity.findall("recipient-country")]
    only = countries[0] if len(countries) == 1 else ""
    places = [[only, *_place(one)] for one in activity.findall("location")]
    return places or [[country, "", "", ""] for country in countries] or [["", "", "", ""]]


def _place(location: Element) -> list[str]:
    position = _text(location.find("point/pos")).split()
    latitude, longitude = position if len(position) == 2 else ("", "")
    return [_narrative(location.find("name")), latitude, longitude]
