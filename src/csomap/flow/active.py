"""What is active and passes the filters of a query."""

from functools import partial

import pandas as pd

from csomap.engine import run
from csomap.matching import levels
from csomap.tables.query import Query

_NO_MATTER = {"service_level": "topic", "area_level": "2", "min_days": 1, "near_km": None, "as_of": None}


def active(activities: pd.DataFrame, query: Query, *, coarser: bool = False) -> pd.DataFrame:
    """Return the activities that are active and pass the filters, their periods clipped to the query's.

    activities: ACTIVITIES, or as many of its columns as the filters need. With `coarser`, also what is known
    only above the filters and could be in them. Levels and distances of the query do not matter.
    """
    asked = query.but(**_NO_MATTER)
    return run(
        partial(levels.active, query=asked, coarser=coarser),
        memo=("active", asked, coarser),
        activities=activities,
    )
