"""What stands out, as sentences, and the figures of the overview, each with what it counts."""

import pandas as pd

from csomap.reports.document import Section
from csomap.reports.findings import Asked, Finding, findings
from csomap.reports.overview_figures import figures
from csomap.reports.reading import Reading


def section(reading: Reading) -> Section:
    """Return the section of the overview."""
    told = figures(reading, reading.opened, reading.present, reading.overlaps, reading.covered)
    headers = [reading.t(f"reports.column.{name}") for name in ("figure", "value", "counts")]
    rows = pd.DataFrame([(name, value, counts) for value, name, counts in told], columns=headers)
    empty = (reading.t("frame.empty"),) if reading.present.empty else ()
    limits = reading.t("gap.limits.partners")
    text = (*empty, *(one.text for one in _found(reading)), limits)
    return Section(reading.t("reports.section.overview"), text, rows)


def _found(reading: Reading) -> list[Finding]:
    coverage, regions = reading.coverage, reading.regions
    asked = Asked(reading.query, reading.opened, reading.marked, coverage, regions, reading.data.needs)
    return findings(reading, asked)
