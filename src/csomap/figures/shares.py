"""Regions side by side: their share of the presence beside their share of the need."""

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.layout import framed, told
from csomap.figures.palette import ACCENT, LINE, SECOND
from csomap.i18n import direction, percent, t

_SIDES = {"presence_share": (ACCENT, "circle"), "need_share": (SECOND, "diamond-open")}


def region_shares(shares: pd.DataFrame, lang: str = "en") -> go.Figure:
    """Return a line a region between two marks: share of organisation-months and share of people in need.

    shares: name, presence_share, need_share (0 to 1; a region without both is shown by what it has).
    """
    figure = go.Figure(_line(shares))
    for column, (colour, symbol) in _SIDES.items():
        figure.add_trace(_marks(shares, column, colour, symbol, lang))
    framed(figure, lang, len(shares) + 1)
    names = [told(name, lang, 26) for name in shares["name"]]
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names)
    side = {"x": 1, "xanchor": "right"} if direction(lang) == "rtl" else {"x": 0, "xanchor": "left"}
    figure.update_layout(
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", **side}, margin={"t": 30}
    )
    ticks = _ticks(float(shares[list(_SIDES)].max().max()))
    return figure.update_xaxes(
        rangemode="tozero", tickvals=ticks, ticktext=[percent(tick, lang) for tick in ticks]
    )


def _ticks(highest: float) -> list[float]:
    """Return round shares from 0 to just above the highest one, at most six."""
    step = next((step for step in (0.05, 0.1) if highest <= 5 * step), 0.2)
    return [count * step for count in range(6) if (count - 1) * step < highest or count == 0]


def _line(shares: pd.DataFrame) -> go.Scatter:
    ends = [[row.presence_share, row.need_share, None] for row in shares.itertuples()]
    rows = [[place, place, None] for place in range(len(shares))]
    return go.Scatter(
        x=[value for row in ends for value in row],
        y=[value for row in rows for value in row],
        mode="lines",
        line={"color": LINE, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(shares: pd.DataFrame, column: str, colour: str, symbol: str, lang: str) -> go.Scatter:
    named = t(f"figure.{column}", lang)
    pairs = zip(shares["name"], shares[column], strict=True)
    hover = [told(f"{name}: {percent(share, lang)}", lang) for name, share in pairs]
    return go.Scatter(
        x=shares[column].to_list(),
        y=list(range(len(shares))),
        mode="markers",
        name=told(named, lang),
        marker={"color": colour, "symbol": symbol, "size": 13, "line": {"width": 2, "color": colour}},
        hovertext=[f"{told(named, lang)}<br>{text}" for text in hover],
        hoverinfo="text",
    )
