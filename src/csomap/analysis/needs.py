"""How many people need something where: figures of others, with their source and date."""

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd

from csomap.settings import DATA


@cache
def needs() -> pd.DataFrame:
    """Return data/needs/needs.csv: indicator, pcode, population_group, service, value, date, source."""
    table = pd.read_csv(DATA / "needs" / "needs.csv", dtype=str, keep_default_na=False)
    return table.assign(value=pd.to_numeric(table["value"]), date=pd.to_datetime(table["date"]))


def people_in_need(
    table: pd.DataFrame,
    areas: Sequence[str],
    population: str,
    indicators: Mapping[str, str],
    members: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Return area, indicator, people_in_need (persons; missing = unknown) for each area.

    table: as `needs`; the newest figure of each place counts. `indicators` names the indicator of
    each population group; a group that is not named has none: a wider group's figure is never
    split. `members` lists the places of each area where the areas are regions: their figures are
    added up if all are known.
    """
    indicator = indicators.get(population, "")
    chosen = table[(table["indicator"] == indicator) & (table["service"] == "")]
    newest = chosen.sort_values("date").drop_duplicates("pcode", keep="last").set_index("pcode")["value"]
    parts = members or {area: [area] for area in areas}
    values = [newest.reindex(list(parts[area])).sum(skipna=False) for area in areas]
    return pd.DataFrame({"area": list(areas), "indicator": indicator, "people_in_need": values})


def cited(table: pd.DataFrame, indicator: str) -> tuple[str, str]:
    """Return the source and the newest date (YYYY-MM-DD) of an indicator's figures by place.

    The total of the country is not among them: no area is measured against it. "" if there are none.
    """
    by_place = (table["indicator"] == indicator) & (table["pcode"] != "IQ")
    chosen = table[by_place].sort_values("date")
    if chosen.empty:
        return "", ""
    newest = chosen.iloc[-1]
    return str(newest["source"]), newest["date"].date().isoformat()
