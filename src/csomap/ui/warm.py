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
    _settle()
    return loaded


def _settle() -> None:
    """Import what pages need, then take everything alive out of the garbage collector's way.

    Streamlit collects after every run; on a full heap that costs 130 ms a run, for everybody.
    """
    for name in _HEAVY:
        import_module(name)
    gc.collect()
    gc.freeze()
