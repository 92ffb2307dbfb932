"""The one line of data, readable aloud: sources, raw rows, reports, activities, tables."""

from csomap.flow.baselines import baselines, drop_baseline, keep_baseline, restore_baseline
from csomap.flow.book import problem_book
from csomap.flow.change import (
    Side,
    baseline_side,
    find_change,
    import_side,
    reported_side,
    usual_sides,
)
from csomap.flow.compared import find_changes
from csomap.flow.edited import BY_HAND
from csomap.flow.edits import add_activity, correct_activity, edits_of, end_activity
from csomap.flow.ending_needs import with_need
from csomap.flow.endings import find_coming_gaps, find_endings, find_handover
from csomap.flow.evidence import Evidence, evidence_of_pairs, find_evidence
from csomap.flow.fairness import find_inequality, find_lorenz, lorenz_of
from csomap.flow.history import decisions
from csomap.flow.intake import Ingested, check, ingest
from csomap.flow.judging import set_verdict
from csomap.flow.live import SAMPLE, Data, for_pages, load, state
from csomap.flow.near import find_near
from csomap.flow.needs import (
    NeedsFile,
    keep_needs,
    needs_history,
    read_needs,
    restore_needs,
    undo_needs,
)
from csomap.flow.needs_form import needs_template
from csomap.flow.outlook import day_asked
from csomap.flow.questions import (
    card,
    find_active,
    find_coverage,
    find_overlaps,
    find_pairs,
    find_possible,
    find_regions,
    find_severity,
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
from csomap.flow.tables import TABLES, analyse
from csomap.flow.unknown import find_reporting, find_unknown
from csomap.flow.verdict_form import verdict_book
from csomap.flow.verdict_past import verdict_history
from csomap.flow.verdict_reading import VerdictBook, keep_verdict_book, read_verdict_book
from csomap.flow.verdicts import counted, judged, standings, with_verdicts
from csomap.flow.where_next import find_where_next

__all__ = [
    "BY_HAND",
    "SAMPLE",
    "TABLES",
    "Data",
    "Evidence",
    "Ingested",
    "NeedsFile",
    "Registered",
    "Side",
    "VerdictBook",
    "add_activity",
    "analyse",
    "baseline_side",
    "baselines",
    "card",
    "check",
    "correct_activity",
    "counted",
    "counts",
    "day_asked",
    "decide",
    "decisions",
    "drop_baseline",
    "edits_of",
    "end_activity",
    "evidence_of_pairs",
    "find_active",
    "find_change",
    "find_changes",
    "find_coming_gaps",
    "find_coverage",
    "find_endings",
    "find_evidence",
    "find_handover",
    "find_inequality",
    "find_lorenz",
    "find_near",
    "find_overlaps",
    "find_pairs",
    "find_possible",
    "find_regions",
    "find_reporting",
    "find_severity",
    "find_unknown",
    "find_where_next",
    "for_pages",
    "import_registry",
    "import_side",
    "ingest",
    "judged",
    "keep_baseline",
    "keep_needs",
    "keep_verdict_book",
    "load",
    "lorenz_of",
    "merge",
    "needs_history",
    "needs_template",
    "opening",
    "problem_book",
    "read_needs",
    "read_verdict_book",
    "reported_side",
    "reports_of",
    "restore_baseline",
    "restore_decision",
    "restore_needs",
    "set_verdict",
    "standings",
    "state",
    "suggestion_words",
    "suggestions",
    "undo_decision",
    "undo_needs",
    "usual_sides",
    "verdict_book",
    "verdict_history",
    "waiting",
    "window",
    "with_need",
    "with_verdicts",
]
