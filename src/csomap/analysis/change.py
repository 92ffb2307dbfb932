"""What became of who is where: coverage in one window beside coverage in another."""

from collections.abc import Iterable, Mapping
from typing import Any

import ibis.expr.types as ir
import pandas as pd
from ibis import _

from csomap.analysis.presence import located
from csomap.tables import schemas
from csomap.tables.query import AreaLevel

Cell = tuple[str, str]

CELL = ["pcode", "service"]
PRESENT = ("thin", "covered")
NOT_TOLD = ("no_data", "unknown")
_COUNTS = ["organisations", "cso_count", "org_months", "months"]
_ROUNDING = 1e-9  # what a share of decimals may be off


def present(
    window: ir.Table, services: ir.Table, *, area_level: AreaLevel, coarser: bool = False
) -> ir.Table:
    """Return pcode, service, organisation: who is counted in each cell of the coverage of a window.

    window: activities with first, last, meant and group_at (`presence.asked`);
    services: service, svc, svc_at. With `coarser`, also who is in a place known only above the level.
    """
    at = located(window, area_level, None)
    told = at.filter(_.meant & _.group_at & ((_.area != "") if coarser else _.area_at))
    steps = services.select("service", "svc", "svc_at")
    counted = told.inner_join(steps, "service").filter(_.svc_at)
    return counted.select(pcode="area", service="svc", organisation="organisation").distinct()


def change(
    before: pd.DataFrame,
    now: pd.DataFrame,
    there_before: pd.DataFrame,
    there_now: pd.DataFrame,
    least: float,
) -> pd.DataFrame:
    """Return CHANGE: a row for each area and service that both sides (COVERAGE) tell of.

    there_before, there_now: as `present`. presence = org_months / months (organisations at a time);
    `least` is the share of the earlier presence by which it has to differ to be grown or shrunk. Nobody is
    named as new or gone where a side is no_data or unknown.
    """
    sides = before[[*CELL, "area_name", *_COUNTS, "status"]].merge(
        now[[*CELL, *_COUNTS, "status"]], on=CELL, suffixes=("_before", "_now"), validate="1:1"
    )
    earlier, later = _giving(there_before), _giving(there_now)
    known = ~(sides["status_before"].isin(NOT_TOLD) | sides["status_now"].isin(NOT_TOLD))
    at = zip(sides["pcode"], sides["service"], known, strict=True)
    cells = [(pcode, service) if both else None for pcode, service, both in at]
    told = _with_presence(sides).assign(
        org_ids_new=pd.Series(_only(later, earlier, cells), dtype="str"),
        org_ids_gone=pd.Series(_only(earlier, later, cells), dtype="str"),
    )
    kinds = [_kind(row, least) for row in told.to_dict("records")]
    return schemas.valid(schemas.CHANGE, told.assign(change=pd.Series(kinds, dtype="str")))


def _with_presence(sides: pd.DataFrame) -> pd.DataFrame:
    return sides.assign(
        presence_before=sides["org_months_before"] / sides["months_before"],
        presence_now=sides["org_months_now"] / sides["months_now"],
    )


def _giving(there: pd.DataFrame) -> dict[Cell, set[str]]:
    cells = zip(there["pcode"], there["service"], strict=True)
    giving: dict[Cell, set[str]] = {}
    for cell, organisation in zip(cells, there["organisation"], strict=True):
        giving.setdefault(cell, set()).add(organisation)
    return giving


def _only(own: dict[Cell, set[str]], other: dict[Cell, set[str]], cells: Iterable[Cell | None]) -> list[str]:
    """Return for each cell (None: one that names nobody) who is in the one and not in the other."""
    there = [own.get(cell, set()) - other.get(cell, set()) if cell else set() for cell in cells]
    return [";".join(sorted(ids)) for ids in there]


def _kind(row: Mapping[Any, Any], least: float) -> str:
    """Return what became of one cell; silence is not zero, so nothing is new after it or gone with it."""
    before, now = row["status_before"], row["status_now"]
    if "unknown" in (before, now):
        return "unknown"
    if "no_data" in (before, now):
        return "silent" if before == now else f"silent_{'before' if before == 'no_data' else 'now'}"
    if before in PRESENT and now in PRESENT:
        return _grown(row["presence_before"], row["presence_now"], least)
    if before not in PRESENT and now not in PRESENT:
        return "none"
    return "new" if now in PRESENT else "gone"


def _grown(before: float, now: float, least: float) -> str:
    if abs(now - before) <= least * before + _ROUNDING:
        return "same"
    return "grown" if now > before else "shrunk"
