"""The one line of data, readable aloud: sources, raw rows, reports, activities, tables."""

from csomap.flow.book import problem_book
from csomap.flow.compared import find_changes
from csomap.flow.edited import BY_HAND
from csomap.flow.edits import add_activity, correct_activity, edits_of, end_activity
from csomap.flow.history import decisions
from csomap.flow.intake import Ingested, check, ingest
from csomap.flow.live import SAMPLE, Data, for_pages, load, state
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
from csomap.flow.registry import Registered, import_registry
from csomap.flow.review import (
    counts,
    decide,
    merge,
    restore_decision,
    undo_decision,
    waiting,
)

__all__ = [
    "BY_HAND",
    "SAMPLE",
    "TABLES",
    "Data",
    "Ingested",
    "Registered",
    "add_activity",
    "analyse",
    "card",
    "check",
    "correct_activity",
    "counts",
    "decide",
    "decisions",
    "edits_of",
    "end_activity",
    "find_active",
    "find_changes",
    "find_coverage",
    "find_overlaps",
    "find_pairs",
    "find_possible",
    "find_regions",
    "for_pages",
    "import_registry",
    "ingest",
    "load",
    "merge",
    "opening",
    "problem_book",
    "reports_of",
    "restore_decision",
    "state",
    "undo_decision",
    "waiting",
    "window",
]
