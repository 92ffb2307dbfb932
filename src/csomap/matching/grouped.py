"""What is only possible, gathered where it could be: pairs by the cell of the coarser activity."""

import pandas as pd

from csomap.tables.query import PCODE_LENGTH, Query

COLUMNS = ["service", "pcode", "org_count", "org_ids", "pair_count", "reasons"]
_RELATIONS = ("service", "population", "characteristic", "area", "time")


def possible_by_cell(pairs: pd.DataFrame, activities: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return service, pcode, org_count, org_ids, pair_count, reasons: the possible pairs by coarser cell.

    pairs: PAIRS columns; activities: ACTIVITIES columns. Only kind overlap and grade possible
    count. pcode is the coarser place of the two at the area level; reasons are the dimensions
    that are not the same, joined by ;.
    """
    possible = pairs[(pairs["grade"] == "possible") & (pairs["kind"] == "overlap")]
    if possible.empty:
        return pd.DataFrame(columns=COLUMNS)
    place = activities.set_index("activity_id")["pcode"].str[: PCODE_LENGTH.get(query.area_level, 11)]
    one, two = possible["activity_a"].map(place), possible["activity_b"].map(place)
    placed = possible.assign(pcode=one.where(one.str.len() <= two.str.len(), two))
    cells = [_cell(rows) for _, rows in placed.groupby(["service", "pcode"])]
    order = ["org_count", "pair_count", "service", "pcode"]
    found = pd.DataFrame(cells, columns=COLUMNS)
    return found.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def _cell(rows: pd.DataFrame) -> tuple[str, str, int, str, int, str]:
    service, pcode = str(rows["service"].iloc[0]), str(rows["pcode"].iloc[0])
    orgs = sorted({*rows["org_a"], *rows["org_b"]})
    reasons = [name for name in _RELATIONS if (rows[f"{name}_relation"] != "same").any()]
    return service, pcode, len(orgs), ";".join(orgs), len(rows), ";".join(reasons)
