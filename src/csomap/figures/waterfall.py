"""How points add up to a strength of 0 to 100: a bar for each reason, and where they end."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.layout import framed, told
from csomap.figures.palette import ACCENT, MUTED, SECOND, TEXT
from csomap.i18n import direction, number, t

_LABEL = 30  # letters a line
_FULL = 100
_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"  # a sign stays before its number, whatever the direction
_LOOKS = {
    "start": (MUTED, ""),
    "up": (ACCENT, ""),
    "down": (SECOND, "/"),
    "total": (TEXT, ""),
}


def waterfall(steps: pd.DataFrame, lang: str = "en") -> go.Figure:
    """Return one bar a step, each beginning where the one before it ended, and a last one for the total.

    steps: name, points (whole numbers; the first one is where counting starts), told (what the step is
    made of, shown on hover). Steps of no points are left out, but for the first. What counts for is blue
    with a plus, what counts against is orange, striped, with a minus; the total is kept within 0 and 100.
    """
    bars = _bars(steps, lang)
    trace = go.Bar(
        base=bars["base"].to_list(),
        x=bars["length"].to_list(),
        y=list(range(len(bars))),
        orientation="h",
        width=0.7,
        marker={
            "color": [_LOOKS[kind][0] for kind in bars["kind"]],
            "pattern": {"shape": [_LOOKS[kind][1] for kind in bars["kind"]], "fgcolor": "#FFFFFF"},
        },
        hovertext=bars["hover"].to_list(),
        hoverinfo="text",
    )
    figure = framed(go.Figure([_links(bars), trace, _values(bars)]), lang, len(bars))
    figure.update_layout(showlegend=False)
    names = [told(name, lang, _LABEL) for name in bars["name"]]
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names)
    return _scaled(figure, bars, lang)


def total(points: "pd.Series[int]") -> int:
    """Return the sum of the points, within 0 and 100."""
    return min(max(int(points.sum()), 0), _FULL)


def signed(points: int, lang: str) -> str:
    """Return points with their sign, which stays before the number in every direction."""
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{_LEFT_TO_RIGHT}{sign}{number(abs(points), lang)}{_END}"


def moving(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the first step and those that have points."""
    first = pd.Series(range(len(steps)), index=steps.index) == 0
    return steps[first | (steps["points"] != 0)].reset_index(drop=True)


def _bars(steps: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return name, kind, base, length, end, label, hover of every bar, the total at the end."""
    shown = moving(steps)
    ends = shown["points"].cumsum()
    kinds = ["start", *("up" if points > 0 else "down" for points in shown["points"].iloc[1:])]
    rows = shown.assign(kind=kinds[: len(shown)], base=ends - shown["points"], length=shown["points"])
    rows["label"] = [
        number(points, lang) if kind == "start" else signed(points, lang)
        for kind, points in zip(rows["kind"], rows["points"], strict=True)
    ]
    whole, named = total(steps["points"]), t("figure.waterfall.total", lang)
    last = {"name": named, "kind": "total", "base": 0, "length": whole, "label": number(whole, lang)}
    rows = pd.concat([rows, pd.DataFrame([last | {"told": ""}])], ignore_index=True)
    hover = [_hover(row, lang) for row in rows.to_dict("records")]
    return rows.assign(end=rows["base"] + rows["length"], hover=hover)


def _hover(row: dict[Any, Any], lang: str) -> str:
    parts = (f"{row['name']}: {row['label']}", row["told"])
    return "<br>".join(told(part, lang, 60) for part in parts if part)


def _values(bars: pd.DataFrame) -> go.Scatter:
    """Return the numbers, written behind the end of each bar that is farther from zero."""
    return go.Scatter(
        x=bars[["base", "end"]].max(axis="columns").to_list(),
        y=list(range(len(bars))),
        text=[f"\u2002<b>{label}</b>\u2002" for label in bars["label"]],
        mode="text",
        textfont={"color": TEXT},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _links(bars: pd.DataFrame) -> go.Scatter:
    """Return thin lines from the end of each bar to the beginning of the next one."""
    ends = bars["end"].to_list()[:-1]
    return go.Scatter(
        x=[value for end in ends for value in (end, end, None)],
        y=[value for row in range(len(ends)) for value in (row, row + 1, None)],
        mode="lines",
        line={"color": MUTED, "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )


def _scaled(figure: go.Figure, bars: pd.DataFrame, lang: str) -> go.Figure:
    """Show 0 to 100, more where the steps go beyond, with room for the numbers behind the bars."""
    ends = [*bars["base"], *bars["end"]]
    low, high = min(0, *ends), max(_FULL, *ends)
    mirrored = direction(lang) == "rtl"
    figure.update_traces(
        textposition="middle left" if mirrored else "middle right", selector={"mode": "text"}
    )
    across = [low - (2 if low < 0 else 0), high + 11]
    ticks = list(range(0, _FULL + 1, 20))
    return figure.update_xaxes(
        range=across[::-1] if mirrored else across,
        autorange=False,
        tickvals=ticks,
        ticktext=[number(tick, lang) for tick in ticks],
    )
