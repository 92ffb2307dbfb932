"""The last page: what was asked of which data, sources with days and licences, and what the words mean."""

from csomap.flow import names
from csomap.i18n import date, listing, month
from csomap.reports import asked, sources
from csomap.reports.reading import Reading
from csomap.tables.known import newest_month

_LIMITS = ("humanitarian", "cluster", "silence", "people", "old_figures", "boundaries")


def notes(reading: Reading) -> tuple[str, ...]:
    """Return a paragraph for each: the filters, the levels, the data, its sources, words and limits."""
    drawn = reading.boundaries.source
    lines = [*sources.fixed(reading, drawn), *sources.figures(reading, reading.data.needs)]
    return (
        asked.sentence(reading, reading.query),
        _levels(reading),
        " ".join(_data(reading)),
        *(" · ".join(map(names.isolated, line)) for line in lines),
        *(_definition(reading, term) for term in sources.TERMS),
        *(reading.t(f"about.limits.{limit}") for limit in _LIMITS),
        reading.t("about.sensitive.rule", services=sources.sensitive(reading)),
    )


def _levels(reading: Reading) -> str:
    return reading.t(
        "reports.levels",
        service=reading.t(f"overlap.service_level.{reading.opened.service_level}"),
        area=reading.t(f"overlap.area_level.{reading.opened.area_level}"),
    )


def _data(reading: Reading) -> list[str]:
    data, newest = reading.data, newest_month(reading.data.reports, reading.data.as_of)
    age = [reading.t("frame.newest", month=month(newest, reading.lang))] if newest else []
    if data.is_sample:
        return [reading.t("frame.source_sample"), *age]
    files = listing([names.isolated(name) for name in sorted(set(data.names.values()))], reading.lang)
    return [reading.t("frame.source", files=files, day=date(data.as_of, reading.lang)), *age]


def _definition(reading: Reading, term: str) -> str:
    return f"{reading.t(f'about.terms.{term}.name')}: {sources.definition(reading, term)}"
