"""Who does what where: the map, and the same areas as a table."""

import pandas as pd

from csomap.figures import Scale, described_map
from csomap.flow import names
from csomap.reports import areas, picture
from csomap.reports.coverage_words import SILENT
from csomap.reports.document import Section
from csomap.reports.reading import Reading
from csomap.reports.worded import worded
from csomap.tables.places import area_name, areas_within

_COLUMNS = ("pcode", "organisations", "activities", "months_active", "people_in_need")
_RATE = "organisations_per_100k"
_MEASURE = "organisations"


def section(reading: Reading) -> Section:
    """Return the section of the map; an area without any report is hatched and named, never 0."""
    level, found = reading.map_level, reading.areas
    values = areas.values(found, _MEASURE)
    named = {code: area_name(code, reading.lang) for code in areas_within(level, reading.query.place)}
    scale = Scale.sequential(values["value"])
    title = reading.t(f"map.measure.{_MEASURE}")
    shown = picture.Picture(values, scale, named, title, level, reading.query.place)
    drawn = reading.boundaries.source if int(level) in reading.boundaries.levels else "points"
    return Section(
        reading.t("reports.section.areas"),
        (reading.t("unknown.why"), reading.t(f"figure.boundaries.{drawn}")),
        _table(reading, found),
        picture.drawn(shown, reading.boundaries, reading.lang),
        described_map(values, scale, named, reading.lang, title=title),
    )


def _table(reading: Reading, found: pd.DataFrame) -> pd.DataFrame:
    ranked = found.sort_values(["organisations", "pcode"], ascending=[False, True], ignore_index=True)
    told = _silenced(ranked)
    stated = ["status"] if reading.query.finest_service else []
    columns = [name for name in (*_COLUMNS, _RATE, *stated) if told[name].notna().any()]
    indicator = found["indicator"].iloc[0] or "none"
    labels = {"people_in_need": reading.t(f"frame.indicator.{indicator}")}
    return worded(told, columns, reading, {"pcode": lambda code: names.place(reading, code)}, labels)


def _silenced(found: pd.DataFrame) -> pd.DataFrame:
    known = ~found["status"].isin(SILENT)
    counts = ("organisations", "activities", "months_active", _RATE)
    return found.assign(**{name: found[name].where(known) for name in counts})
