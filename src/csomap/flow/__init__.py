"""The one line of data, readable aloud: sources, raw rows, reports, activities, tables."""

from csomap.flow.intake import SAMPLE, Data, Ingested, check, for_pages, ingest, load, state
from csomap.flow.questions import (
    TABLES,
    analyse,
    card,
    find_active,
    find_coverage,
    find_overlaps,
    find_pairs,
    find_possible,
    find_regions,
    opening,
    reports_of,
    window,
)

__all__ = [
    "SAMPLE",
    "TABLES",
    "Data",
    "Ingested",
    "analyse",
    "card",
    "check",
    "find_active",
    "find_coverage",
    "find_overlaps",
    "find_pairs",
    "find_possible",
    "find_regions",
    "for_pages",
    "ingest",
    "load",
    "opening",
    "reports_of",
    "state",
    "window",
]
