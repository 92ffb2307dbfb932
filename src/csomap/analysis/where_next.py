"""Where one more provider of a service would relieve most people of sharing one."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from csomap.tables import schemas
from csomap.tables.query import PCODE_LENGTH

CELL = ["pcode", "service"]
REACH = ("", "same_governorate", "beside", "far")
Beside = Callable[[str], Sequence[str]]


def relieved(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of COVERAGE with a known need, with providers, people_now, people_after, relief.

    providers = org_months / months (organisations present at a time, on average); people_now =
    people_in_need / (providers + 1), people_after = people_in_need / (providers + 2), relief = people_now -
    people_after (persons). The 1 stands for all who give the service and report nothing, so that an area
    without a report still has people to share. It is an ordering of areas, not a forecast of people helped.
    """
    known = coverage[coverage["people_in_need"] > 0]
    providers = known["org_months"] / known["months"]
    now, after = known["people_in_need"] / (providers + 1), known["people_in_need"] / (providers + 2)
    return known.assign(providers=providers, people_now=now, people_after=after, relief=now - after)


def where_next(
    relief: pd.DataFrame,
    there: pd.DataFrame,
    severity: pd.DataFrame,
    beside: Beside,
    reach: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return WHERE_NEXT, most relief first, then what is nearer, then by code.

    relief: as `relieved`; there: pcode, service, organisation (who gives it where); severity: pcode, service,
    severity (1 to 5); beside: the areas that share a border with one; reach: REACH by area for an
    organisation.
    """
    near = [(reach or {}).get(code, "") for code in relief["pcode"]]
    told = relief.assign(reach=pd.Series(near, index=relief.index, dtype="str")).merge(
        severity[[*CELL, "severity"]], on=CELL, how="left", validate="m:1"
    )
    order = told.assign(far=told["reach"].map(REACH.index), least=-told["relief"])
    rows = order.sort_values(["least", "far", *CELL], ignore_index=True)
    return schemas.valid(
        schemas.WHERE_NEXT, rows.assign(rank=rows.index + 1, beside=_beside(rows, there, beside))
    )


def reach_of(areas: Sequence[str], worked: Sequence[str], beside: Beside) -> dict[str, str]:
    """Return REACH by area for an organisation that works in `worked` (p-codes of any level)."""
    governorates = {code[: PCODE_LENGTH["1"]] for code in worked}
    return {area: _reach(area, worked, governorates, beside) for area in areas}


def _reach(area: str, worked: Sequence[str], governorates: set[str], beside: Beside) -> str:
    if area[: PCODE_LENGTH["1"]] in governorates:
        return "same_governorate"
    around = tuple(beside(area))
    return "beside" if around and any(code.startswith(around) for code in worked) else "far"


def _beside(rows: pd.DataFrame, there: pd.DataFrame, beside: Beside) -> list[str]:
    giving = {cell: set(ids) for cell, ids in there.groupby(CELL)["organisation"]}
    return [
        ";".join(sorted(set().union(*(giving.get((area, service), set()) for area in beside(code)))))
        for code, service in zip(rows["pcode"], rows["service"], strict=True)
    ]
