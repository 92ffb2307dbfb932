"""What ends in which of the next months, apart from that of which nobody states the end."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.layout import framed, told
from csomap.figures.palette import ACCENT, GRID, LINE, NO_DATA, TEXT
from csomap.i18n import direction, listing, month, number, t

_KINDS = {
    "stated": {"color": ACCENT, "pattern": {"shape": ""}},
    "later": {"color": "#9ECAE1", "pattern": {"shape": "/", "fgcolor": LINE}},
    "not_stated": {"color": NO_DATA.colour, "pattern": {"shape": "x", "fgcolor": LINE}},
}
_HEIGHT = 340  # pixels
_LABEL = 9


def ending_months(endings: pd.DataFrame, lang: str = "en") -> go.Figure:
    """Return a bar for each month ahead, one for later ends and one for ends that nobody states.

    endings: month (first day; missing for the last two), kind (stated, later, not_stated), activities; each
    month once and in order.
    """
    rows = endings.reset_index(drop=True)
    names = [_name(row, lang) for row in rows.to_dict("records")]
    counts = [number(count, lang) for count in rows["activities"]]
    figure = go.Figure([_bars(rows, names, counts, kind, lang) for kind in _KINDS])
    framed(figure, lang, 1)
    figure.update_layout(height=_HEIGHT, showlegend=False, margin={"t": 24}, bargap=0.25)
    ticks = [told(name, lang, _LABEL) for name in names]
    figure.update_xaxes(tickvals=list(range(len(rows))), ticktext=ticks, tickangle=0, showgrid=False)
    side = {"side": "right"} if direction(lang) == "rtl" else {}
    return figure.update_yaxes(autorange=True, rangemode="tozero", showgrid=True, gridcolor=GRID, **side)


def described_ending_months(endings: pd.DataFrame, lang: str = "en") -> str:
    """Return how much ends in which month, later, and how much states no end; columns as above."""
    stated = endings[(endings["kind"] == "stated") & (endings["activities"] > 0)]
    pairs = zip(stated["month"], stated["activities"], strict=True)
    months = [f"{month(day, lang)}: {number(count, lang)}" for day, count in pairs]
    counts = endings[endings["kind"] != "stated"].set_index("kind")["activities"]
    return t(
        "transition.figure.described",
        lang,
        months=listing(months, lang) or t("transition.figure.nothing", lang),
        later=number(counts.get("later", 0), lang),
        not_stated=number(counts.get("not_stated", 0), lang),
    )


def _bars(rows: pd.DataFrame, names: list[str], counts: list[str], kind: str, lang: str) -> go.Bar:
    places = [place for place in rows.index if rows.loc[place, "kind"] == kind]
    look: dict[str, Any] = _KINDS[kind]
    return go.Bar(
        x=places,
        y=[int(rows.loc[place, "activities"]) for place in places],
        text=[counts[place] for place in places],
        textposition="outside",
        textfont={"color": TEXT},
        cliponaxis=False,
        marker={**look, "line": {"color": LINE, "width": 1}},
        hovertext=[told(f"{names[place]}: {counts[place]}", lang) for place in places],
        hoverinfo="text",
    )


def _name(row: dict[Any, Any], lang: str) -> str:
    if row["kind"] == "stated":
        return month(row["month"], lang)
    return t(f"transition.figure.{row['kind']}", lang)
