"""For how many people something ends: the rows of what ends next beside the figures of need."""

import pandas as pd

from csomap.analysis.questions import asked_needs, finest
from csomap.flow.live import Data
from csomap.tables.query import Query


def with_need(data: Data, query: Query, rows: pd.DataFrame) -> pd.DataFrame:
    """Return COMING_GAPS with indicator and people_in_need (persons; missing = unknown), most people first.

    Each row is measured against the figure of its own population group (see `asked_needs`); rows without one
    come last. Figures of different indicators stand side by side, and are not the same kind of need.
    """
    if rows.empty:
        return rows.assign(indicator="", people_in_need=float("nan"))
    asked = finest(query.checked())
    parts = [
        asked_needs(data.needs, asked.but(population=group)).assign(population_group=group)
        for group in rows["population_group"].unique()
    ]
    known = pd.concat(parts).rename(columns={"area": "pcode", "svc": "service"})
    cell = ["pcode", "service", "population_group"]
    found = rows.merge(known[[*cell, "indicator", "people_in_need"]], on=cell, how="left")
    order = ["people_in_need", "ends", "pcode", "service", "population_group"]
    return found.sort_values(order, ascending=[False, True, True, True, True], ignore_index=True)
