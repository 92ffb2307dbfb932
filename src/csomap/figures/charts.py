"""Heat tables and ranked bars."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.layout import framed, told
from csomap.figures.palette import ACCENT, STATUSES
from csomap.figures.scale import Scale
from csomap.i18n import decimal, direction, number

_LABEL = 26  # letters a line
_COLUMN = 18


def heatmap(
    statuses: pd.DataFrame, services: Mapping[str, str], areas: Mapping[str, str], lang: str = "en"
) -> go.Figure:
    """Return a table of services by areas, each cell with the colour and the sign of its status.

    statuses: service, pcode, status. services and areas: names by code, in the order to show; a cell
    without a row is shown as no data. The legend is `legend_html(Scale.statuses(), lang)`.
    """
    known = {(row.service, row.pcode): str(row.status) for row in statuses.itertuples()}
    grid = [[known.get((service, area), "no_data") for area in areas] for service in services]
    hover = _hovers(grid, list(services.values()), list(areas.values()), lang)
    figure = framed(go.Figure([_squares(grid, hover), _signs(grid)]), lang, len(services) + 3)
    _named(figure, "x", [told(name, lang, _COLUMN) for name in areas.values()])
    _named(figure, "y", [told(name, lang, _LABEL) for name in services.values()])
    figure.update_yaxes(range=[len(services) - 0.5, -0.5])
    across = [-0.5, len(areas) - 0.5]
    if direction(lang) == "rtl":
        across.reverse()
    angle = -90 if len(areas) > 6 else 0
    return figure.update_xaxes(side="top", showgrid=False, tickangle=angle, range=across)


def _hovers(grid: list[list[str]], services: list[str], areas: list[str], lang: str) -> list[list[str]]:
    scale = Scale.statuses()
    return [
        [_cell(name, area, scale.shown(cell, lang), lang) for area, cell in zip(areas, row, strict=True)]
        for name, row in zip(services, grid, strict=True)
    ]


def _squares(grid: list[list[str]], hover: list[list[str]]) -> go.Heatmap:
    order = list(STATUSES)
    return go.Heatmap(
        z=[[order.index(status) for status in row] for row in grid],
        hovertext=hover,
        hoverinfo="text",
        colorscale=_steps(),
        zmin=-0.5,
        zmax=len(order) - 0.5,
        showscale=False,
        xgap=2,
        ygap=2,
    )


def bars(values: pd.DataFrame, lang: str = "en", *, unit: str = "", whole: bool = True) -> go.Figure:
    """Return bars from the largest value to the smallest.

    values: name, value (rows without a value are left out). unit: words behind the number on hover.
    """
    ranked = values.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")
    shown = [number(value, lang) if whole else decimal(value, lang) for value in ranked["value"]]
    trace = go.Bar(
        x=ranked["value"].to_list(),
        y=list(range(len(ranked))),
        orientation="h",
        marker={"color": ACCENT},
        text=shown,
        textposition="outside",
        cliponaxis=False,
        hovertext=[
            told(f"{name}: {n} {unit}".strip(), lang) for name, n in zip(ranked["name"], shown, strict=True)
        ],
        hoverinfo="text",
    )
    figure = framed(go.Figure(trace), lang, len(ranked))
    _named(figure, "y", [told(name, lang, _LABEL) for name in ranked["name"]])
    return figure.update_xaxes(visible=False)


def _cell(service: str, area: str, status: str, lang: str) -> str:
    return "<br>".join(told(part, lang) for part in (service, area, status))


def _signs(grid: list[list[str]]) -> go.Scatter:
    """Return the signs of the cells, each in the ink that reads on its colour."""
    cells = [
        (column, row, STATUSES[status]) for row, line in enumerate(grid) for column, status in enumerate(line)
    ]
    return go.Scatter(
        x=[column for column, _, _ in cells],
        y=[row for _, row, _ in cells],
        text=[mark.sign for _, _, mark in cells],
        textfont={"color": [mark.ink for _, _, mark in cells], "size": 15},
        mode="text",
        hoverinfo="skip",
        showlegend=False,
    )


def _steps() -> list[tuple[float, str]]:
    """Return the colours of the statuses as flat steps of a colour scale from 0 to 1."""
    marks, count = list(STATUSES.values()), len(STATUSES)
    return [(edge / count, mark.colour) for step, mark in enumerate(marks) for edge in (step, step + 1)]


def _named(figure: go.Figure, axis: str, names: list[str]) -> None:
    """Put names on numbered positions, so that two places of one name stay two."""
    ticks = {"tickvals": list(range(len(names))), "ticktext": names}
    figure.update_xaxes(ticks) if axis == "x" else figure.update_yaxes(ticks)
