"""What is active and passes the filters of a query."""

import pandas as pd

from csomap.engine import run
from csomap.matching import levels
from csomap.tables.query import Query
from csomap.tables.wanted import days, wanted


def active(activities: pd.DataFrame, query: Query, *, coarser: bool = False) -> pd.DataFrame:
    """Return the activities that are active and pass the filters, their periods clipped to the query's.

    activities: ACTIVITIES, or as many of its columns as the filters need. With `coarser`, also what is known
    only above the filters and could be in them. Levels and distances of the query do not matter.
    """
    asked = wanted(query, coarser=coarser) | days(query)
    return run(levels.active, memo="active", activities=activities, **asked)
