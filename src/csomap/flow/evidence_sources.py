"""What the evidence is judged by beside the activities: figures of need, names of organisations, rules."""

from functools import lru_cache
from typing import Any

import pandas as pd

from csomap.analysis.needs import people_in_need
from csomap.flow.live import Data
from csomap.matching.org_names import Named, Names
from csomap.settings import rules
from csomap.tables import taxonomy

_NAMES = ["name_en", "name_ar", "name_ckb", "aliases"]
_KEPT = 4  # data sets whose names are remembered

Known = tuple[tuple[str, Named], ...]


def weights() -> dict[str, Any]:
    """Return `evidence` of rules.yml with the distance that is near."""
    return {**rules()["evidence"], "near_km": rules()["near"]["km"]}


def figures(table: pd.DataFrame) -> pd.DataFrame:
    """Return pcode, population_group, indicator, people_in_need (persons) of each place and group that has a
    figure of its own in a table as `analysis.needs.needs`."""
    indicators = rules()["needs"]["indicator"]
    places = sorted(set(table["pcode"]))
    groups = [code for code in taxonomy.load("population_groups").codes if code in indicators]
    found = [people_in_need(table, places, code, indicators).assign(population_group=code) for code in groups]
    known = pd.concat(found).dropna(subset="people_in_need").rename(columns={"area": "pcode"})
    return known[["pcode", "population_group", "indicator", "people_in_need"]].reset_index(drop=True)


def names(data: Data) -> Names:
    """Return the comparison of the organisations of `data` by their names."""
    known = data.organisations
    told = zip(
        known["org_id"], *(known[name] for name in _NAMES), known["acronym"], known["type"], known["status"],
        strict=True,
    )  # fmt: skip
    return _compared(tuple((row[0], _named(row[1:-3], *row[-3:])) for row in told))


def _named(cells: tuple[str, ...], acronym: str, kind: str, status: str) -> Named:
    texts = {text for cell in cells for text in cell.split(";") if text}
    return Named(tuple(sorted(texts)), acronym, kind, status == "registered")


@lru_cache(_KEPT)
def _compared(known: Known) -> Names:
    return Names(dict(known), rules()["evidence"]["name_accept"])
