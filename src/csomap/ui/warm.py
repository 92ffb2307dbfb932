"""What is made ready once a process: fonts and Leaflet to serve, heavy modules, the data."""

import gc
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import streamlit as st

from csomap import flow
from csomap.figures import vendor
from csomap.figures.assets import copied
from csomap.settings import ROOT, Settings

STATIC = ROOT / "static"
FONT = "NotoSansArabic.ttf"
FONT_URL = f"/app/static/fonts/{FONT}"
_HEAVY = ("folium", "geopandas", "plotly.graph_objects", "streamlit_folium")


@st.cache_resource(show_spinner=False)
def serve() -> None:
    """Copy what the browser asks for into static/: a fresh clone has neither fonts nor Leaflet."""
    vendor(STATIC)
    source = next((Path(str(files("fontpkg_noto_sans_arabic"))) / "files").glob("*.ttf"))
    copied(source, STATIC / "fonts" / FONT)


@st.cache_resource(show_spinner=False, max_entries=3)
def data(settings: Settings, state: str) -> flow.Data:
    """Return the data as pages may show it, for one state of the store."""
    loaded = flow.for_pages(flow.load(settings))
    _import_heavy()
    settled.settle()
    return loaded


def _import_heavy() -> None:
    for name in _HEAVY:
        import_module(name)


class Settled:
    """What is alive, out of the garbage collector's way.

    Streamlit collects after every run; on a full heap that costs 130 ms, for everybody. every: the number of
    runs after which what came since then is put aside as well, too seldom for one person to feel it.
    """

    def __init__(self, every: int) -> None:
        self._every = every
        self._runs = 0

    def settle(self) -> None:
        """Throw away what nobody holds any more, and put the rest aside."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def count_run(self) -> None:
        """Count a run, and settle again if it is time to."""
        self._runs += 1
        if self._runs % self._every == 0:
            self.settle()


settled = Settled(every=50)
