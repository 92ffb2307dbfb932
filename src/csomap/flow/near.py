"""Pairs of activities that no area has in common and that still work near each other."""

from functools import partial

import pandas as pd

from csomap import geo
from csomap.engine import run
from csomap.flow.active import active
from csomap.flow.live import Data
from csomap.matching.near import near_pairs, spots
from csomap.settings import rules
from csomap.tables import schemas
from csomap.tables.places import check_place
from csomap.tables.query import Query
from csomap.tables.steps import ancestors, service_steps

_OTHERS = [f"{name}_relation" for name in ("service", "population", "characteristic", "time")]


def find_near(data: Data, query: Query) -> pd.DataFrame:
    """Return the pairs that only a border parts: other areas, and coordinates within `query.near_km`.

    Returns NEAR columns (km in km): area_relation is near, grade possible. Those that are the same in all
    but the area come first, then the nearest. Without `near_km` the distance is that of rules.yml. Never
    counted as overlap. Raises BadInput for a code, level or distance that does not exist.
    """
    check_place(query.place)
    km = rules()["near"]["km"] if query.near_km is None else query.near_km
    asked = query.but(near_km=km).checked()
    seen = active(data.activities, asked)
    found = _placed(pairs_near(seen, asked), seen)
    alike = (found[_OTHERS] == "same").all(axis="columns")
    order = ["unlike", "km", "activity_a", "activity_b"]
    ranked = found.assign(unlike=~alike).sort_values(order, ignore_index=True)
    return schemas.valid(schemas.NEAR, ranked)


def pairs_near(activities: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return PAIRS columns and km: the pairs of active activities that only `query.near_km` makes."""
    if query.near_km is None:
        raise ValueError(query)
    tables = {"activities": activities, "steps": service_steps(query.service_level)}
    level = {"area_level": query.area_level}
    places = run(partial(spots, **level), memo=("spots", query.area_level), **tables)
    found = run(
        partial(near_pairs, **level, min_days=query.min_days),
        memo=("near", query.area_level, query.min_days),
        near=geo.near(places, query.near_km),
        groups=ancestors("population_groups"),
        **tables,
    )
    return schemas.valid(schemas.PAIRS, found).assign(km=found["km"])


def _placed(pairs: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """Add the place and the site of both activities."""
    told = activities.set_index("activity_id")[["pcode", "site"]]
    one = told.loc[pairs["activity_a"]].add_suffix("_a").set_axis(pairs.index)
    two = told.loc[pairs["activity_b"]].add_suffix("_b").set_axis(pairs.index)
    return pd.concat([pairs, one, two], axis="columns")
