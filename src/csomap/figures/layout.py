"""What all charts share: type, quiet frame, direction of reading."""

import textwrap
from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.palette import GRID, MUTED, TEXT
from csomap.i18n import direction

FONT = '"Noto Sans Arabic","Source Sans","Source Sans Pro",system-ui,sans-serif'
# For st.plotly_chart: no bar of tools, and nothing to fetch.
CONFIG = {"displayModeBar": False, "showTips": False, "scrollZoom": False, "doubleClick": False}

_ROW, _FRAME = 30, 70  # pixels
_SIZES = ("size", "height", "standoff")  # what is given in pixels
_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"


def told(text: str, lang: str, width: int = 0) -> str:
    """Return text for a chart: escaped, wrapped at `width` letters, each line set in its direction."""
    lines = textwrap.wrap(text, width, break_on_hyphens=False) if width else [text]
    return "<br>".join(_isolated(escape(line, quote=False), lang) for line in lines or [""])


def framed(figure: go.Figure, lang: str, rows: int) -> go.Figure:
    """Set type, height for `rows` lines, and the side on which reading starts; return the figure."""
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": TEXT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        height=_FRAME + _ROW * max(rows, 1),
        hoverlabel={"font": {"family": FONT, "size": 14}, "align": "right" if _mirrored(lang) else "left"},
        dragmode=False,
    )
    axis = {"automargin": True, "fixedrange": True, "zeroline": False, "ticks": "", "ticklabelstandoff": 4}
    figure.update_xaxes(**axis, gridcolor=GRID, tickfont={"color": MUTED})
    figure.update_yaxes(**axis, showgrid=False, autorange="reversed")
    if _mirrored(lang):
        figure.update_xaxes(autorange="reversed")
        figure.update_yaxes(side="right")
    return figure


def enlarged(figure: go.Figure, times: float) -> go.Figure:
    """Return a figure with its letters, marks and height `times` as large."""
    return go.Figure(_enlarged(figure.to_plotly_json(), times))


def _enlarged(value: Any, times: float, name: str = "") -> Any:
    if isinstance(value, Mapping):
        return {key: _enlarged(each, times, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_enlarged(each, times, name) for each in value]
    return value * times if name in _SIZES and isinstance(value, int | float | np.ndarray) else value


def _mirrored(lang: str) -> bool:
    return direction(lang) == "rtl"


def _isolated(line: str, lang: str) -> str:
    return f"{_RIGHT_TO_LEFT}{line}{_END}" if _mirrored(lang) else line
