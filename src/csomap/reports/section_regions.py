"""The regions side by side, and how evenly the presence is spread."""

import pandas as pd

from csomap import flow
from csomap.reports import areas, coverage_words, fairness_words
from csomap.reports.document import Section
from csomap.reports.reading import Reading
from csomap.reports.section_gaps import cited
from csomap.reports.worded import worded
from csomap.tables import taxonomy

_NEED = ("organisations_per_100k", "people_in_need", "need_share", "presence_share")
_COLUMNS = ("service", "region", "status", "organisations", "cso_count", "org_months", *_NEED)


def section(reading: Reading) -> Section:
    """Return the regions for every service, and one service in sentences.

    A filter on one place does not apply: regions and governorates are compared over the whole country.
    """
    query = areas.asked_service(reading.of_service.but(place=""))
    rows = fairness_words.in_order(flow.find_regions(reading.data, query, reading.lang))
    known = bool(rows["need_share"].notna().any())
    rates = [fairness_words.rates(reading, rows)] if known and rows["org_months"].sum() else []
    asked = fairness_words.national(reading.query, reading.service)
    covered = flow.find_coverage(reading.data, asked, reading.lang)
    row = flow.find_inequality(reading.data, asked, covered).iloc[0]
    spread = [*fairness_words.sentences(reading, row, covered), reading.t("fairness.limits")]
    return Section(
        reading.t("reports.section.regions"),
        (fairness_words.made_of(reading), *rates, *spread, cited(reading, covered, asked)),
        _table(reading),
    )


def _table(reading: Reading) -> pd.DataFrame:
    every = reading.gaps_asked.but(place="")
    rows = fairness_words.in_order(flow.find_regions(reading.data, every, reading.lang))
    order = taxonomy.load("services").codes
    told = rows.sort_values("service", key=lambda codes: codes.map(order.index), kind="stable")
    labels = coverage_words.counted(reading, rows)
    return worded(coverage_words.silenced(told), _COLUMNS, reading, labels=labels)
