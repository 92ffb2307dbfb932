"""Coverage as people read it: nobody knows is not a count of 0, and one service is told in sentences."""

from collections.abc import Callable, Iterable

import pandas as pd

from csomap import flow
from csomap.flow import names
from csomap.flow.names import Reader
from csomap.i18n import listing
from csomap.tables import taxonomy
from csomap.tables.query import Query

STATUSES = ("gap", "no_data", "unknown", "thin", "covered")
SILENT = ("no_data", "unknown")
_COUNTED = (
    "organisations",
    "cso_count",
    "activities",
    "months_active",
    "org_months",
    "organisations_per_100k",
    "presence_share",
    "gap_score",
)


def silenced(rows: pd.DataFrame) -> pd.DataFrame:
    """Return COVERAGE with empty fields where nobody knows: a silent row has no counts, not counts of 0."""
    silent = rows["status"].isin(SILENT)
    return rows.assign(**{name: rows[name].where(~silent) for name in _COUNTED})


def counted(view: Reader, rows: pd.DataFrame) -> dict[str, str]:
    """Return the header of the column of people: what was counted, not a need that nobody measured.

    Where services are measured against different figures, the column of the indicator says which.
    """
    told = [code for code in rows["indicator"].unique() if code]
    return {"people_in_need": view.t(f"gap.need.indicator.{told[0]}")} if len(told) == 1 else {}


def sentences(
    view: Reader, found: pd.DataFrame, service: str, population: str, shown: Callable[[str], str] = str
) -> list[str]:
    """Return which areas have which status for one service (COVERAGE), and why some are not called a gap.

    population: the group that was asked for; `shown` makes a name ready for where it is written.
    """
    rows = found[found["service"] == service]
    named, told = names.service(view, service), []
    for status in STATUSES:
        codes = rows.loc[rows["status"] == status, "pcode"]
        if len(codes):
            told.append(view.t(f"gap.one.{status}", service=named, places=places(view, codes, shown)))
    return [*told, *_not_known(view, rows[rows["status"] == "unknown"], service, population)]


def unnamed(view: Reader, data: flow.Data, query: Query) -> list[str]:
    """Return which sectors are left out where none is asked for (`flow.only_named`), as a sentence."""
    missing = () if query.finest_service else flow.unnamed_sectors(data)
    sectors = listing([names.service(view, code) for code in missing], view.lang)
    return [view.t("gap.unnamed", sectors=sectors)] if missing else []


def places(view: Reader, codes: Iterable[str], shown: Callable[[str], str] = str) -> str:
    """Return the names of places as one list, in the order of their names."""
    return listing(sorted(shown(names.place(view, code)) for code in codes), view.lang)


def _not_known(view: Reader, rows: pd.DataFrame, service: str, population: str) -> list[str]:
    parent = taxonomy.load("services").parent(service)
    vague = int((rows["unspecified"] > rows["unlocated"]).sum())
    coarse = bool(vague and parent and not population)
    why = []
    if coarse:
        words = {"service": names.service(view, service), "coarser": names.service(view, parent)}
        why.append(view.t("gap.one.coarse", n=vague, **words))
    if (rows["unlocated"] > 0).any() or (vague and not coarse):
        why.append(view.t("gap.one.coarse_area"))
    return why
