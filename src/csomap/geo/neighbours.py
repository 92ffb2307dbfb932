"""Which places border on each other, from their shapes."""

from pathlib import Path

import geopandas as gpd  # type: ignore[import-untyped]
import numpy as np
import pandas as pd
import shapely  # type: ignore[import-untyped]

from csomap.geo.boundaries import boundaries

_COLUMNS = ["pcode", "neighbour"]


def neighbours(shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return which places share a line of border, both ways round; columns pcode, neighbour.

    Two places that meet in a point only are no neighbours. Without shapes nobody knows who borders on whom:
    an empty level gives an empty table.
    """
    geometry, codes = shapes.geometry.to_numpy(), shapes["pcode"].to_numpy()
    one, other = shapely.STRtree(geometry).query(geometry, predicate="touches")
    borders = shapely.boundary(geometry)
    met = shapely.length(shapely.intersection(borders[one], borders[other])) > 0
    pairs = np.column_stack([codes[one[met]], codes[other[met]]])
    return pd.DataFrame(pairs, columns=_COLUMNS).sort_values(_COLUMNS, ignore_index=True)


def derived(folder: Path) -> pd.DataFrame:
    """Return geo/neighbours.csv anew, from the boundaries installed in `folder`, all their levels."""
    at_hand = boundaries(folder)
    return pd.concat([neighbours(at_hand.shapes(level)) for level in at_hand.levels], ignore_index=True)
