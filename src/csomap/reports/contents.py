"""What a report holds: the sections in their order, made one after the other from the current filters."""

from collections.abc import Callable

from csomap import flow, geo
from csomap.errors import BadInput
from csomap.flow import names
from csomap.flow.names import Reader
from csomap.reports import (
    asked,
    section_areas,
    section_endings,
    section_gaps,
    section_notes,
    section_overlaps,
    section_overview,
    section_regions,
    section_unknown,
    section_who,
)
from csomap.reports.document import Document, Section
from csomap.reports.reading import Reading
from csomap.tables import taxonomy
from csomap.tables.query import Query

Progress = Callable[[int, int, str], None]

# The order of the pages, so that who knows the pages finds their way.
_MADE: dict[str, Callable[[Reading], Section]] = {
    "overview": section_overview.section,
    "areas": section_areas.section,
    "who": section_who.section,
    "undecided": section_overlaps.undecided,
    "decided": section_overlaps.decided,
    "gaps": section_gaps.section,
    "regions": section_regions.section,
    "ending": section_endings.ending,
    "stopped": section_endings.stopped,
    "unknown": section_unknown.section,
}
SECTIONS = tuple(_MADE)


def titles(view: Reader, *, by_sector: bool) -> list[str]:
    """Return the titles of SECTIONS; by_sector: as in `Reading`, only the sector of the work is known."""
    told = {name: view.t(f"reports.section.{name}") for name in SECTIONS}
    return list((told | {"undecided": section_overlaps.title(view, by_sector=by_sector)}).values())


def report(
    data: flow.Data,
    query: Query,
    lang: str,
    *,
    opened: Query | None = None,
    boundaries: geo.Boundaries | None = None,
    progress: Progress | None = None,
) -> Document:
    """Return the report of a query: SECTIONS, and on the last page sources, days and definitions.

    data: as everybody may see it (`flow.for_pages`), with the verdicts that hold; query: the filters, its
    window is added; opened: the query at the levels to compare at, by default those at which pages open;
    boundaries: the shapes of the map, by default the approximate ones. progress: is told how many of how
    many sections are made, and which comes next. Raises BadInput if no report has a date.
    """
    window = flow.window(data, query)
    levels = flow.opening(data, window) if opened is None else flow.window(data, opened)
    reading = Reading(data, window, levels, lang, boundaries or geo.Boundaries())
    made = []
    told = titles(reading, by_sector=reading.by_sector)
    for place, (title, make) in enumerate(zip(told, _MADE.values(), strict=True)):
        if progress:
            progress(place, len(_MADE), title)
        made.append(make(reading))
    return Document(
        title=_title(reading),
        subtitle=names.plain(asked.sentence(reading, window)),
        lang=lang,
        sections=tuple(made),
        notes=section_notes.notes(reading),
        banner=reading.t("frame.sample") if data.is_sample else "",
    )


def _title(reading: Reading) -> str:
    code = reading.query.finest_service
    is_health = bool(code) and taxonomy.load("services").at_level(code, "sector") == "health"
    return reading.t("reports.title.health" if is_health else "reports.title.any")


def file_name(data: flow.Data, lang: str, kind: str) -> str:
    """Return what the file of a report is called: csomap-<newest month of the data>-<language>.<kind>."""
    try:
        newest = f"{flow.day_asked(data, Query()):%Y-%m}"
    except BadInput:
        newest = "undated"
    return f"csomap-{newest}-{lang}.{kind}"
