"""Tables become maps and charts here: no Streamlit, no analysis, no sentences of our own."""

from csomap.figures.assets import vendor
from csomap.figures.change_map import ChangeScale, change_map, described_change
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
from csomap.figures.endings import described_ending_months, ending_months
from csomap.figures.layout import CONFIG, enlarged
from csomap.figures.legend import legend_html
from csomap.figures.lorenz import described_lorenz, lorenz_curve
from csomap.figures.maps import base_map, choropleth, ground, labels, outlines, symbols
from csomap.figures.network import Network, described_network, network
from csomap.figures.network_layout import largest, positions
from csomap.figures.periods import timeline
from csomap.figures.scale import Band, Scale
from csomap.figures.shares import region_shares
from csomap.figures.sites import sites, sites_legend_html
from csomap.figures.spots import spots
from csomap.figures.waterfall import signed, waterfall

__all__ = [
    "CONFIG",
    "Band",
    "ChangeScale",
    "Network",
    "Scale",
    "bars",
    "base_map",
    "change_map",
    "choropleth",
    "described_bars",
    "described_change",
    "described_ending_months",
    "described_heatmap",
    "described_lorenz",
    "described_map",
    "described_network",
    "described_regions",
    "described_spots",
    "described_timeline",
    "described_waterfall",
    "ending_months",
    "enlarged",
    "ground",
    "heatmap",
    "labels",
    "largest",
    "legend_html",
    "lorenz_curve",
    "network",
    "outlines",
    "positions",
    "region_shares",
    "signed",
    "sites",
    "sites_legend_html",
    "spots",
    "symbols",
    "timeline",
    "vendor",
    "waterfall",
]
