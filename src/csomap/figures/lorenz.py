"""How evenly presence is spread over people: the Lorenz curve, and the same in words."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.layout import framed, told
from csomap.figures.palette import ACCENT, LINE, MUTED, SECOND
from csomap.i18n import decimal, direction, listing, percent, t

_HEIGHT = 380  # pixels
_NAMED = 3
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
# Colour, sign and fill tell the regions apart, also in grey.
_MARKS = {
    "kri": (ACCENT, "circle"),
    "north": (SECOND, "diamond"),
    "centre": ("#000000", "square-open"),
    "south": ("#000000", "x-thin-open"),
}
_OTHER = (MUTED, "triangle-up")


def lorenz_curve(curve: pd.DataFrame, lang: str = "en") -> go.Figure:
    """Return the Lorenz curve under the line of equal shares, a mark for each governorate by its region.

    curve: LORENZ columns, least presence first.
    """
    figure = go.Figure([_line([0, 1], [0, 1], LINE, "dash"), _line(*_points(curve), MUTED, "solid")])
    for region, rows in curve.groupby("region", sort=False):
        figure.add_trace(_marks(str(region), rows, lang))
    framed(figure, lang, 1)
    names = [percent(tick, lang) for tick in _TICKS]
    axis = {"tickvals": list(_TICKS), "ticktext": names, "autorange": False}
    across = [-0.02, 1.03] if direction(lang) == "ltr" else [1.03, -0.02]
    figure.update_xaxes(axis, range=across, title=_title("people", lang))
    figure.update_yaxes(axis, range=[-0.04, 1.04], showgrid=True, title=_title("presence", lang))
    side = {"x": 1, "xanchor": "right"} if direction(lang) == "rtl" else {"x": 0, "xanchor": "left"}
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", **side}
    return figure.update_layout(height=_HEIGHT, legend=legend, margin={"t": 30})


def described_lorenz(curve: pd.DataFrame, lang: str = "en") -> str:
    """Return what the curve shows: the presence of the half that has least of it, and who has most."""
    people, presence = _points(curve)
    there = curve[curve["org_months_per_100k"] > 0]
    most = there.sort_values("org_months_per_100k", ascending=False, kind="stable").head(_NAMED)
    named = [f"{row.area_name} ({decimal(row.org_months_per_100k, lang, 1)})" for row in most.itertuples()]
    return t(
        "fairness.curve.described",
        lang,
        half=percent(float(np.interp(0.5, people, presence)), lang),
        places=listing(named, lang),
    )


def _points(curve: pd.DataFrame) -> tuple[list[float], list[float]]:
    return [0.0, *curve["people_share"]], [0.0, *curve["presence_share"]]


def _line(across: list[float], up: list[float], colour: str, dash: str) -> go.Scatter:
    line = {"color": colour, "width": 2, "dash": dash}
    return go.Scatter(x=across, y=up, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _marks(region: str, rows: pd.DataFrame, lang: str) -> go.Scatter:
    colour, symbol = _MARKS.get(region, _OTHER)
    return go.Scatter(
        x=rows["people_share"].to_list(),
        y=rows["presence_share"].to_list(),
        mode="markers",
        name=told(t(f"region.{region}", lang), lang) if region in _MARKS else told(region, lang),
        marker={"color": colour, "symbol": symbol, "size": 11, "line": {"width": 2, "color": colour}},
        hovertext=[
            _hover(name, rate, lang) for name, rate in rows[["area_name", "org_months_per_100k"]].to_numpy()
        ],
        hoverinfo="text",
    )


def _hover(name: str, rate: float, lang: str) -> str:
    words = t("fairness.curve.rate", lang, rate=decimal(rate, lang, 1))
    return f"{told(name, lang)}<br>{told(words, lang)}"


def _title(axis: str, lang: str) -> dict[str, object]:
    words = told(t(f"fairness.curve.{axis}", lang), lang)
    return {"text": words, "font": {"color": MUTED, "size": 13}, "standoff": 14}
