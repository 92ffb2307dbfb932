"""Each table of the contract by its name, for the command line and for what is taken away."""

import pandas as pd

from csomap.analysis.questions import ranked
from csomap.engine import run
from csomap.errors import BadInput
from csomap.flow.change import find_usual_change
from csomap.flow.endings import find_coming_gaps
from csomap.flow.evidence import find_evidence
from csomap.flow.fairness import find_inequality
from csomap.flow.live import Data
from csomap.flow.questions import find_coverage, find_overlaps, find_pairs, find_regions
from csomap.flow.unknown import find_reporting
from csomap.flow.where_next import find_where_next
from csomap.matching.levels import filtered
from csomap.tables.places import check_place
from csomap.tables.query import Query
from csomap.tables.wanted import wanted

TABLES = (
    *("reports", "activities", "overlaps", "pairs", "evidence", "coverage", "gaps", "regions"),
    *("organisations", "inequality", "reporting", "coming-gaps", "change", "where-next"),
)
# What the analysis carries and the tables of semantics 5 do not name.
_NOT_TOLD = {"final_id", "site_key", "review", "end_is_stated", "targeted_sum", "reached_sum"}


def analyse(data: Data, table: str, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return one of TABLES for a query; columns as in the schema of that name.

    Raises BadInput for a table, code or level that does not exist.
    """
    makers = {
        "reports": lambda: _listed(data.reports, query, _NOT_TOLD),
        "activities": lambda: _listed(data.activities, query, _NOT_TOLD - {"end_is_stated"}),
        "overlaps": lambda: find_overlaps(data, query),
        "pairs": lambda: find_pairs(data, query),
        "evidence": lambda: find_evidence(data, query, find_overlaps(data, query)).reasons,
        "coverage": lambda: find_coverage(data, query, lang),
        "gaps": lambda: ranked(find_coverage(data, query, lang)),
        "regions": lambda: find_regions(data, query, lang),
        "organisations": lambda: _organisations(data, query),
        "inequality": lambda: find_inequality(data, query),
        "reporting": lambda: find_reporting(data, query),
        "coming-gaps": lambda: find_coming_gaps(data, query),
        "change": lambda: find_usual_change(data, query, lang),
        "where-next": lambda: find_where_next(data, query, lang=lang),
    }
    if table not in makers:
        raise BadInput("table_unknown", value=table, known=", ".join(TABLES))
    check_place(query.place)
    query.checked()
    return makers[table]()


def _organisations(data: Data, query: Query) -> pd.DataFrame:
    """Return everybody, or those who do something that passes the filters."""
    if query == Query(
        service_level=query.service_level,
        area_level=query.area_level,
        min_days=query.min_days,
        near_km=query.near_km,
        as_of=query.as_of,
    ):
        return data.organisations
    seen = set(_listed(data.activities, query, set())["organisation"])
    return data.organisations[data.organisations["org_id"].isin(seen)].reset_index(drop=True)


def _listed(rows: pd.DataFrame, query: Query, hidden: set[str]) -> pd.DataFrame:
    """Return reports or activities that pass the filters and touch the query's days, without `hidden`."""
    kept = run(filtered, memo="listed", activities=rows, **wanted(query))
    if query.start:
        kept = kept[~(kept["end"] < pd.Timestamp(query.start))]
    if query.end:
        kept = kept[~(kept["start"] > pd.Timestamp(query.end))]
    shown = kept.drop(columns=list(hidden), errors="ignore")
    return shown.sort_values(["source_id", "source_row"], ignore_index=True)
