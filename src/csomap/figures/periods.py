"""When the organisations of an overlap were active."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.layout import framed, told
from csomap.figures.palette import ACCENT, MUTED
from csomap.i18n import date, month, t

_DAY = pd.Timedelta(days=1)
_TICKS = 4
_LABEL = 26


def timeline(activities: pd.DataFrame, lang: str = "en") -> go.Figure:
    """Return a line for each organisation, with one bar an activity over its days, both ends included.

    activities: organisation (name), start, end (dates; empty where unknown), label (what the activity is).
    A side that is not known is drawn to the edge of the others, striped, and says so on hover.
    """
    rows = activities.sort_values(["organisation", "start"], kind="stable").reset_index(drop=True)
    days = rows.assign(start=pd.to_datetime(rows["start"]), end=pd.to_datetime(rows["end"]))
    first, last = _window(days)
    open_ended = days["start"].isna() | days["end"].isna()
    start, end = days["start"].fillna(first), days["end"].fillna(last) + _DAY
    line, organisations = pd.factorize(days["organisation"])
    trace = go.Bar(
        base=start.dt.strftime("%Y-%m-%d").to_list(),
        x=((end - start).dt.total_seconds() * 1000).to_list(),
        y=line.tolist(),
        orientation="h",
        marker={
            "color": [MUTED if is_open else ACCENT for is_open in open_ended],
            "pattern": {"shape": ["/" if is_open else "" for is_open in open_ended]},
        },
        hovertext=[_hover(row, lang) for row in days.to_dict("records")],
        hoverinfo="text",
    )
    figure = framed(go.Figure(trace), lang, len(organisations))
    figure.update_yaxes(
        tickvals=list(range(len(organisations))),
        ticktext=[told(name, lang, _LABEL) for name in organisations],
    )
    return _dated(figure, first, last + _DAY, lang)


def _window(days: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    known = pd.concat([days["start"], days["end"]]).dropna()
    return (known.min(), known.max()) if len(known) else (pd.Timestamp(1970, 1, 1), pd.Timestamp(1970, 1, 1))


def _hover(row: dict[Hashable, Any], lang: str) -> str:
    start, end = (
        t("figure.open", lang) if pd.isna(day) else date(day, lang) for day in (row["start"], row["end"])
    )
    parts = (str(row["organisation"]), str(row["label"]), f"{start} – {end}")
    return "<br>".join(told(part, lang) for part in parts if part)


def _dated(figure: go.Figure, first: pd.Timestamp, last: pd.Timestamp, lang: str) -> go.Figure:
    """Put month names of the reader's language on the axis, at most four of them."""
    months = pd.date_range(first.replace(day=1), last, freq="MS")
    ticks = months[:: -(-len(months) // _TICKS)]
    names = [told(month(tick, lang), lang, 10) for tick in ticks]
    positions = [tick.strftime("%Y-%m-%d") for tick in ticks]
    return figure.update_xaxes(type="date", tickangle=0, tickvals=positions, ticktext=names)
