"""Overlaps: those that wait for an answer, and those that people answered, with the reasons in words."""

import pandas as pd

from csomap.flow import names
from csomap.flow.names import Reader
from csomap.matching.evidence import START
from csomap.reports.document import Section
from csomap.reports.evidence_words import sentences
from csomap.reports.reading import Reading
from csomap.reports.worded import Words, worded

_CELL = ["service", "pcode", "population_group"]
_COLUMNS = ["strength", *_CELL, "org_ids", "months", "cause", "why"]
_DECIDED = [*_CELL, "org_a", "org_b", "verdict", "note", "at"]
_MOST = 15  # rows on pages and slides, for each has its reasons beside it
_SAID = ("strength", "cause", "why")  # nobody can say them where only the sector is known


def title(view: Reader, *, by_sector: bool) -> str:
    """Return what the overlaps that wait are called; where only the sector is known they are none."""
    return view.t("overlap.tab.same_sector" if by_sector else "reports.section.undecided")


def undecided(reading: Reading) -> Section:
    """Return the overlaps of which two organisations wait for an answer, strongest first.

    Where only the sector is known, the places and groups where several organisations are in one sector.
    """
    rows = reading.overlaps if reading.by_sector else reading.overlaps[reading.overlaps["is_open"]]
    columns = [name for name in _COLUMNS if not reading.by_sector or name not in _SAID]
    told = rows.assign(months=_months(reading, rows), why=_why(reading, rows))
    return Section(
        title(reading, by_sector=reading.by_sector),
        (*_meaning(reading), _counted(reading, rows)),
        worded(told, columns, reading, _words(reading), _labels(reading)),
        most=_MOST,
    )


def decided(reading: Reading) -> Section:
    """Return what people answered: a row for each two organisations of an overlap."""
    said = reading.standings[reading.standings["verdict"] != "undecided"]
    cells = reading.overlaps[["overlap_id", *_CELL]]
    told = said[["overlap_id", "org_a", "org_b", "verdict", "note", "at"]].merge(cells, on="overlap_id")
    none = reading.t("reports.decided_sector" if reading.by_sector else "reports.decided_none")
    text = reading.t("reports.decided", n=len(told)) if len(told) else none
    days = told.assign(at=pd.to_datetime(told["at"]).dt.normalize())
    return Section(
        reading.t("reports.section.decided"),
        (text,),
        worded(days, _DECIDED, reading, _words(reading), _labels(reading)),
    )


def _meaning(reading: Reading) -> tuple[str, ...]:
    return (reading.t("overlap.sector_notice" if reading.by_sector else "overlap.meaning"),)


def _counted(reading: Reading, rows: pd.DataFrame) -> str:
    orgs = {org for cell in rows["org_ids"] for org in cell.split(";")}
    return reading.t(
        f"overlap.counts.{'same_sector' if reading.by_sector else 'overlaps'}",
        n=len(rows),
        places=reading.t("overlap.counts.places", n=rows["pcode"].nunique()),
        organisations=reading.t("overlap.counts.organisations", n=len(orgs)),
    )


def _months(reading: Reading, rows: pd.DataFrame) -> list[str]:
    return [names.months(reading, start, end) for start, end in zip(rows["start"], rows["end"], strict=True)]


def _why(reading: Reading, rows: pd.DataFrame) -> list[str]:
    """Return the reasons that speak for or against each row, those of its strongest two organisations.

    What every row begins with says nothing of this one and is left out.
    """
    if reading.evidence is None:
        return [""] * len(rows)
    pairs = reading.evidence.pairs
    ranked = pairs.assign(together=pairs["kind"] != "overlap").sort_values(
        ["together", "strength", "days"], ascending=[True, False, False], kind="stable"
    )
    key = ["overlap_id", "org_a", "org_b"]
    first = ranked.drop_duplicates("overlap_id")[key]
    reasons = reading.evidence.reasons
    speaking = reasons[(reasons["points"] != 0) & (reasons["reason"] != START)]
    told = speaking.merge(first[first["overlap_id"].isin(rows["overlap_id"])], on=key)
    lines = pd.Series(sentences(reading, told), index=told.index, dtype=object)
    joined = lines.groupby(told["overlap_id"]).agg(" ".join)
    return [str(joined.get(one, "")) for one in rows["overlap_id"]]


def _words(reading: Reading) -> Words:
    return {
        "verdict": lambda code: reading.t(f"overlap.verdict.{code}"),
        "cause": lambda code: reading.t(f"overlap.cause.{code}") if code else "",
        "pcode": lambda code: names.place_within(reading, code),
        "note": names.isolated,
    }


def _labels(reading: Reading) -> dict[str, str]:
    return {"why": reading.t("reports.column.why"), "org_ids": reading.t("table.organisations")}
