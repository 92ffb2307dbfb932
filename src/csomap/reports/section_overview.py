"""The figures of the overview, each with what it counts."""

import pandas as pd

from csomap.reports.document import Section
from csomap.reports.overview_figures import figures
from csomap.reports.reading import Reading


def section(reading: Reading) -> Section:
    """Return the section of the overview."""
    told = figures(reading, reading.opened, reading.present, reading.overlaps, reading.covered)
    headers = [reading.t(f"reports.column.{name}") for name in ("figure", "value", "counts")]
    rows = pd.DataFrame([(name, value, counts) for value, name, counts in told], columns=headers)
    empty = (reading.t("frame.empty"),) if reading.present.empty else ()
    limits = reading.t("gap.limits.partners")
    return Section(reading.t("reports.section.overview"), (*empty, limits), rows)
