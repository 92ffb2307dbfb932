"""Charts, built once for what they show: most of the time of a change of filter went into building them."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from csomap import figures
from csomap.ui.view import View

_ENTRIES = 256
_MEETING = 1.35  # times the size of a desk: letters are read from the back of a room


def draw(
    view: View, key: str, build: Callable[..., Any], *given: Any, height: int = 0, alt: str | None = None
) -> None:
    """Draw the figure that a function makes of `given` (tables, mappings, texts), larger in meeting mode.

    height: pixels, if not that of the figure; alt: the chart in words, where none stand beside it.
    """
    times = _MEETING if view.present else 1.0
    chart = _built(f"{build.__module__}.{build.__name__}", build, height, times, *given)
    st.plotly_chart(chart, config=figures.CONFIG, theme=None, key=key, alt=alt)


@st.cache_resource(show_spinner=False, max_entries=_ENTRIES)
def _built(name: str, _build: Callable[..., Any], height: int, times: float, *given: Any) -> Any:
    chart = _build(*given)
    sized = chart.update_layout(height=height) if height else chart
    return sized if times == 1 else figures.enlarged(sized, times)
