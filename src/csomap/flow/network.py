"""Who works with whom: organisations joined by projects, programmes and funders."""

import pandas as pd

from csomap.analysis import links
from csomap.flow.live import Data
from csomap.flow.questions import find_active, window
from csomap.tables.query import Query


def find_links(data: Data, query: Query) -> pd.DataFrame:
    """Return LINKS: who is named together by what is active in the window and passes the filters.

    Projects that more than `analysis.links.CROWD` organisations share join nobody; `find_crowds` counts
    them. Raises BadInput if no report has a date.
    """
    return links.links(find_active(data, window(data, query)))


def find_crowds(data: Data, query: Query) -> int:
    """Count the projects of the query that too many organisations share to join any two of them."""
    return links.crowds(find_active(data, window(data, query)))
