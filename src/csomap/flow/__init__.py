"""The one line of data, readable aloud: sources, raw rows, reports, activities, tables."""

from csomap.flow.actions import (
    Action,
    Agreed,
    action_history,
    actions,
    agree,
    correct,
    set_status,
)
from csomap.flow.agenda import biggest_gaps, coming_query, gap_query, next_endings, silent_areas
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
from csomap.flow.directory import find_directory, find_same_service, organisation_now
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
from csomap.flow.marked import marked, ranked
from csomap.flow.meeting_record import MeetingRecord, meeting_record, of_today, open_actions
from csomap.flow.meetings import (
    Meeting,
    end_meeting,
    go_on,
    iraqi_day,
    iraqi_time,
    meeting_of,
    meetings,
    now,
    start_meeting,
)
from csomap.flow.named import only_named, unnamed_sectors
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
from csomap.flow.network import find_crowds, find_links
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
from csomap.flow.registry_edit import correct_organisation, registry_seen
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
    "Action",
    "Agreed",
    "Data",
    "Evidence",
    "Ingested",
    "Meeting",
    "MeetingRecord",
    "NeedsFile",
    "Registered",
    "Side",
    "VerdictBook",
    "action_history",
    "actions",
    "add_activity",
    "agree",
    "analyse",
    "baseline_side",
    "baselines",
    "biggest_gaps",
    "card",
    "check",
    "coming_query",
    "correct",
    "correct_activity",
    "correct_organisation",
    "counted",
    "counts",
    "day_asked",
    "decide",
    "decisions",
    "drop_baseline",
    "edits_of",
    "end_activity",
    "end_meeting",
    "evidence_of_pairs",
    "find_active",
    "find_change",
    "find_changes",
    "find_coming_gaps",
    "find_coverage",
    "find_crowds",
    "find_directory",
    "find_endings",
    "find_evidence",
    "find_handover",
    "find_inequality",
    "find_links",
    "find_lorenz",
    "find_near",
    "find_overlaps",
    "find_pairs",
    "find_possible",
    "find_regions",
    "find_reporting",
    "find_same_service",
    "find_severity",
    "find_unknown",
    "find_where_next",
    "for_pages",
    "gap_query",
    "go_on",
    "import_registry",
    "import_side",
    "ingest",
    "iraqi_day",
    "iraqi_time",
    "judged",
    "keep_baseline",
    "keep_needs",
    "keep_verdict_book",
    "load",
    "lorenz_of",
    "marked",
    "meeting_of",
    "meeting_record",
    "meetings",
    "merge",
    "needs_history",
    "needs_template",
    "next_endings",
    "now",
    "of_today",
    "only_named",
    "open_actions",
    "opening",
    "organisation_now",
    "problem_book",
    "ranked",
    "read_needs",
    "read_verdict_book",
    "registry_seen",
    "reported_side",
    "reports_of",
    "restore_baseline",
    "restore_decision",
    "restore_needs",
    "set_status",
    "set_verdict",
    "silent_areas",
    "standings",
    "start_meeting",
    "state",
    "suggestion_words",
    "suggestions",
    "undo_decision",
    "undo_needs",
    "unnamed_sectors",
    "usual_sides",
    "verdict_book",
    "verdict_history",
    "waiting",
    "window",
    "with_need",
    "with_verdicts",
]
