"""Trees as tables, for joins: codes rolled up to a level, and codes with all that lies above."""

from functools import cache

import pandas as pd

from csomap.tables import taxonomy
from csomap.tables.query import PCODE_LENGTH, ServiceLevel


@cache
def service_steps(level: ServiceLevel) -> pd.DataFrame:
    """Return every service code rolled up to `level`.

    service, svc (rolled up; a coarser code keeps itself), svc_at (at the level now), svc_chain
    (array of svc and all above it, "" included: an unknown service may be any).
    """
    tree = taxonomy.load("services")
    rows = []
    for code in tree.codes:
        rolled = tree.at_level(code, level)
        rows.append((code, rolled, tree.level(rolled) == level, ["", rolled, *tree.ancestors(rolled)]))
    return pd.DataFrame([*rows, ("", "", False, [""])], columns=["service", "svc", "svc_at", "svc_chain"])


@cache
def ancestors(name: str) -> pd.DataFrame:
    """Return code, above (array of strict ancestors, nearest first) of one taxonomy."""
    tree = taxonomy.load(name)
    return pd.DataFrame({"code": tree.codes, "above": [list(tree.ancestors(code)) for code in tree.codes]})


def area_chain(area: str) -> list[str]:
    """Return a p-code with all that lie above it, "" included."""
    return ["", *sorted({area[:length] for length in PCODE_LENGTH.values()})]
