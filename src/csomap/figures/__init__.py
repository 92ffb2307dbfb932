"""Tables become maps and charts here: no Streamlit, no analysis, no sentences of our own."""

from csomap.figures.assets import vendor
from csomap.figures.charts import bars, heatmap
from csomap.figures.described import (
    described_bars,
    described_heatmap,
    described_map,
    described_regions,
    described_spots,
    described_timeline,
    described_waterfall,
)
from csomap.figures.layout import CONFIG
from csomap.figures.legend import legend_html
from csomap.figures.maps import base_map, choropleth, labels, outlines, symbols
from csomap.figures.periods import timeline
from csomap.figures.scale import Band, Scale
from csomap.figures.shares import region_shares
from csomap.figures.spots import spots
from csomap.figures.waterfall import signed, waterfall

__all__ = [
    "CONFIG",
    "Band",
    "Scale",
    "bars",
    "base_map",
    "choropleth",
    "described_bars",
    "described_heatmap",
    "described_map",
    "described_regions",
    "described_spots",
    "described_timeline",
    "described_waterfall",
    "heatmap",
    "labels",
    "legend_html",
    "outlines",
    "region_shares",
    "signed",
    "spots",
    "symbols",
    "timeline",
    "vendor",
    "waterfall",
]
