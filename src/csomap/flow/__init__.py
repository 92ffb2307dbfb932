"""The one line of data, readable aloud: sources, raw rows, reports, activities, tables."""

from csomap.flow.book import problem_book
from csomap.flow.compared import find_changes
from csomap.flow.edited import BY_HAND
from csomap.flow.edits import add_activity, correct_activity, edits_of, end_activity
from csomap.flow.evidence import Evidence, evidence_of_pairs, find_evidence
from csomap.flow.history import decisions
from csomap.flow.intake import Ingested, check, ingest
from csomap.flow.judging import set_verdict
from csomap.flow.live import SAMPLE, Data, for_pages, load, state
from csomap.flow.near import find_near
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
from csomap.flow.suggestion_words import suggestion_words
from csomap.flow.suggestions import suggestions
from csomap.flow.verdict_form import verdict_book
from csomap.flow.verdict_past import verdict_history
from csomap.flow.verdict_reading import VerdictBook, keep_verdict_book, read_verdict_book
from csomap.flow.verdicts import counted, judged, standings, with_verdicts

__all__ = [
    "BY_HAND",
    "SAMPLE",
    "TABLES",
    "Data",
    "Evidence",
    "Ingested",
    "Registered",
    "VerdictBook",
    "add_activity",
    "analyse",
    "card",
    "check",
    "correct_activity",
    "counted",
    "counts",
    "decide",
    "decisions",
    "edits_of",
    "end_activity",
    "evidence_of_pairs",
    "find_active",
    "find_changes",
    "find_coverage",
    "find_evidence",
    "find_near",
    "find_overlaps",
    "find_pairs",
    "find_possible",
    "find_regions",
    "for_pages",
    "import_registry",
    "ingest",
    "judged",
    "keep_verdict_book",
    "load",
    "merge",
    "opening",
    "problem_book",
    "read_verdict_book",
    "reports_of",
    "restore_decision",
    "set_verdict",
    "standings",
    "state",
    "suggestion_words",
    "suggestions",
    "undo_decision",
    "verdict_book",
    "verdict_history",
    "waiting",
    "window",
    "with_verdicts",
]
