"""Where nobody is: what is not covered, ranked, beside the figures of people with source and date."""

import pandas as pd

from csomap import flow
from csomap.reports import coverage_words, need_cited
from csomap.reports.document import Section
from csomap.reports.reading import Reading
from csomap.reports.worded import worded
from csomap.tables.query import Query

_NEED = ("people_in_need", "gap_score", "organisations_per_100k")
_COLUMNS = (
    *("pcode", "service", "status", "people_in_need", "indicator", "organisations", "cso_count"),
    *("organisations_per_100k", "months_active", "gap_score", "unspecified"),
)
_MOST = 25  # rows on pages and slides
_LIMITS = ("levels", "silence", "people")


def section(reading: Reading) -> Section:
    """Return the ranked gaps as the page of gaps opens; what is not known is counted, never called a gap."""
    ranked = flow.analyse(reading.data, "gaps", reading.gaps_asked, reading.lang)
    rows = flow.only_named(reading.data, reading.gaps_asked, ranked)
    certain = rows[rows["status"] != "unknown"]
    shown = rows if certain.empty else certain
    return Section(
        reading.t("reports.section.gaps"),
        tuple(_told(reading, rows, shown)),
        _table(reading, shown),
        most=_MOST,
    )


def _told(reading: Reading, rows: pd.DataFrame, shown: pd.DataFrame) -> list[str]:
    meaning = reading.t("gap.meaning")
    if rows.empty:
        return [meaning, reading.t("gap.list.none")]
    known = bool(rows["people_in_need"].notna().any())
    left = len(rows) - len(shown)
    return [
        meaning,
        reading.t("gap.list.caption" if known else "gap.list.caption_no_need"),
        cited(reading, rows, reading.gaps_asked),
        *([reading.t("reports.unknown_left_out", n=left)] if left else []),
        *coverage_words.unnamed(reading, reading.data, reading.gaps_asked),
        *(reading.t(f"gap.limits.{limit}") for limit in _LIMITS),
    ]


def cited(reading: Reading, rows: pd.DataFrame, query: Query) -> str:
    """Return which figure of people rows of COVERAGE are measured against, with its source and date."""
    needs, known = reading.data.needs, rows[rows["people_in_need"].notna()]
    figures = need_cited.figures(reading, needs, known, query.population)
    return need_cited.sentence(reading, needs, rows, figures, query)


def _table(reading: Reading, rows: pd.DataFrame) -> pd.DataFrame:
    known = bool(rows["people_in_need"].notna().any())
    several = rows["indicator"].nunique() > 1
    columns = [
        name
        for name in _COLUMNS
        if (known or name not in _NEED) and (name != "indicator" or (known and several))
    ]
    words = {"indicator": lambda code: reading.t(f"gap.need.indicator.{code}") if code else ""}
    labels = coverage_words.counted(reading, rows)
    return worded(coverage_words.silenced(rows), columns, reading, words, labels)
