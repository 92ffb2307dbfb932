"""Who does what, where and for whom: a row for each organisation."""

from collections.abc import Callable, Iterable

import pandas as pd

from csomap.flow import names
from csomap.i18n import listing
from csomap.reports.document import Section
from csomap.reports.reading import Reading
from csomap.reports.worded import worded
from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH

_COLUMNS = ("organisation", "organisation_type", "services", "places", "groups", "months", "activities")


def section(reading: Reading) -> Section:
    """Return the section of the organisations that are active with the filters, in the order of names."""
    listed = organisations(reading)
    told = reading.t("map.listed", n=len(listed)) if len(listed) else reading.t("frame.empty")
    labels = {"places": reading.t("table.governorate")}
    table = worded(listed, _COLUMNS, reading, labels=labels)
    return Section(reading.t("reports.section.who"), (told,), table)


def organisations(reading: Reading) -> pd.DataFrame:
    """Return organisation, organisation_type and, in words, services, places (governorates), groups, months;
    and the number of activities."""
    grouped = reading.present.groupby("organisation")
    first, last = grouped["start"].min(), grouped["end"].max()
    span = pd.Series(list(zip(first, last, strict=True)), index=first.index, dtype=object)
    governorates = reading.present["pcode"].str[: PCODE_LENGTH["1"]]
    listed = pd.DataFrame(
        {
            "organisation_type": grouped["organisation_type"].first(),
            "services": grouped["service"].agg(
                lambda codes: _named(reading, map(_topic, codes), names.service)
            ),
            "places": governorates.groupby(reading.present["organisation"]).agg(
                lambda codes: _named(reading, codes, names.place)
            ),
            "groups": grouped["population_group"].agg(lambda codes: _named(reading, codes, names.group)),
            "months": span.map(lambda days: names.months(reading, *days)),
            "activities": grouped["activity_id"].nunique(),
        }
    ).rename_axis("organisation")
    order = listed.reset_index()
    named = order["organisation"].map(lambda code: names.organisation(reading, code))
    return order.iloc[named.argsort()].reset_index(drop=True)


def _topic(code: str) -> str:
    """Return the topic of a service; what is told only as a sector stays the sector."""
    return taxonomy.load("services").at_level(code, "topic") if code else ""


def _named(reading: Reading, cells: Iterable[str], name: Callable[[Reading, str], str]) -> str:
    codes = sorted({code for cell in cells for code in cell.split(";")})
    return listing([name(reading, code) for code in codes], reading.lang)
