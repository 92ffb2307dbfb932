"""Charts, built once for what they show: most of the time of a change of filter went into building them."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from csomap import figures

_ENTRIES = 256


def draw(key: str, build: Callable[..., Any], *given: Any, height: int = 0, alt: str | None = None) -> None:
    """Draw the figure that a function makes of `given` (tables, mappings, texts).

    height: pixels, if not that of the figure; alt: the chart in words, where none stand beside it.
    """
    chart = _built(f"{build.__module__}.{build.__name__}", build, height, *given)
    st.plotly_chart(chart, config=figures.CONFIG, theme=None, key=key, alt=alt)


@st.cache_resource(show_spinner=False, max_entries=_ENTRIES)
def _built(name: str, _build: Callable[..., Any], height: int, *given: Any) -> Any:
    chart = _build(*given)
    return chart.update_layout(height=height) if height else chart
