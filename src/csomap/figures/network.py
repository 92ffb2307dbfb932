"""Who works with whom: organisations as dots, and lines between those that reports name together."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from csomap.figures.layout import framed, told
from csomap.figures.network_layout import LABELLED, Place, beside, count_groups, pairs, ranked, sizes
from csomap.figures.palette import ACCENT, GRID, MUTED, SECOND, TEXT
from csomap.i18n import listing, number, t

# Colour, dash and width of a line: in grey the dashes alone tell the kinds apart.
KINDS = {
    "project": ("#0F5C63", "solid", 2.4),
    "programme": ("#8A3B00", "dash", 1.8),
    "funder": ("#5B6B7A", "dot", 1.3),
}
_MOST = 20  # partners of the chosen one that carry their labels
_NAMED = 3
_HEIGHT = 680  # pixels
_SMALLEST, _LARGEST = 9.0, 32.0  # pixels across a dot
_LINE = 16  # letters
_PALE = 0.35


@dataclass(frozen=True)
class Network:
    """What the picture shows: LINKS, where each organisation stands (see `positions`), its name, and the
    shorter label that is written beside it; `chosen` stands out with all that it is linked with."""

    links: pd.DataFrame
    places: Mapping[str, Place]
    names: Mapping[str, str]
    labels: Mapping[str, str]
    chosen: str = ""

    @property
    def near(self) -> set[str]:
        """Return the chosen organisation and its partners; nobody where none is chosen."""
        return beside(self.links, self.chosen) if self.chosen else set()


def network(shown: Network, lang: str = "en") -> go.Figure:
    """Return the picture: a dot is larger the more partners it has, a square only leads or gives money.

    The chosen organisation and its partners carry their labels, else those with most partners; all others
    show their names under the mouse.
    """
    figure = go.Figure([_others(shown), *(_lines(shown, kind, lang) for kind in KINDS), _dots(shown, lang)])
    framed(figure, lang, 1)
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 30, "r": 30, "t": 30, "b": 16},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.5, "xanchor": "center"},
        hovermode="closest",
    )
    figure.update_xaxes(visible=False, autorange=True)
    return figure.update_yaxes(visible=False, autorange=True)


def described_network(shown: Network, lang: str = "en") -> str:
    """Return how many organisations hang together in how many groups, and who has most partners."""
    partners = sizes(shown.links)
    first = [f"{shown.names[one]} ({number(partners[one], lang)})" for one in ranked(shown.links)[:_NAMED]]
    groups = t("figure.network.groups", lang, n=count_groups(shown.links))
    said = t("figure.network.described", lang, n=len(partners), groups=groups, names=listing(first, lang))
    own = sorted(shown.names[one] for one in shown.near - {shown.chosen})
    if not own:
        return said
    key = "figure.network.of" if len(own) <= _MOST else "figure.network.of_many"
    of = t(key, lang, name=shown.names[shown.chosen], names=listing(own, lang), n=len(own))
    return f"{said} {of}"


def _others(shown: Network) -> go.Scatter:
    """Return the lines that do not lead to the chosen organisation, where one is chosen."""
    apart = [pair for pair in pairs(shown.links) if shown.near and shown.chosen not in pair]
    return _scattered(shown, apart, {"color": GRID, "width": 1}, showlegend=False)


def _lines(shown: Network, kind: str, lang: str) -> go.Scatter:
    colour, dash, width = KINDS[kind]
    own = pairs(shown.links[shown.links["kind"] == kind])
    drawn = [pair for pair in own if not shown.near or shown.chosen in pair]
    look = {"color": colour, "dash": dash, "width": width}
    return _scattered(shown, drawn, look, name=told(t(f"figure.network.kind.{kind}", lang), lang))


def _scattered(shown: Network, drawn: list[tuple[str, str]], look: dict[str, Any], **more: Any) -> go.Scatter:
    ends = [(shown.places[one], shown.places[other]) for one, other in drawn]
    return go.Scatter(
        x=[value for one, other in ends for value in (one[0], other[0], None)],
        y=[value for one, other in ends for value in (one[1], other[1], None)],
        mode="lines",
        line=look,
        hoverinfo="skip",
        **more,
    )


def _dots(shown: Network, lang: str) -> go.Scatter:
    everyone, partners = ranked(shown.links)[::-1], sizes(shown.links)
    written = _written(shown)
    said = [t("figure.network.hover", lang, name=shown.names[one], n=partners[one]) for one in everyone]
    return go.Scatter(
        x=[shown.places[one][0] for one in everyone],
        y=[shown.places[one][1] for one in everyone],
        mode="markers+text",
        text=[told(shown.labels[one], lang, _LINE) if one in written else "" for one in everyone],
        textposition="top center",
        textfont={"size": 12, "color": TEXT},
        hovertext=[told(words, lang) for words in said],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=False,
        marker=_marks(shown, everyone, partners),
    )


def _written(shown: Network) -> set[str]:
    """Return who carries a label: the chosen one and the largest of its partners, else the largest of all."""
    order = ranked(shown.links)
    if not shown.near:
        return set(order[:LABELLED])
    return {shown.chosen, *[one for one in order if one in shown.near][:_MOST]}


def _marks(shown: Network, everyone: list[str], partners: Mapping[str, int]) -> dict[str, Any]:
    most = max(partners.values(), default=1)
    doing = _doing(shown.links)
    span = _LARGEST - _SMALLEST
    return {
        "size": [_SMALLEST + span * math.sqrt(partners[one] / most) for one in everyone],
        "symbol": ["circle" if one in doing else "square" for one in everyone],
        "color": [_colour(one, shown.chosen, doing) for one in everyone],
        "opacity": [1.0 if not shown.near or one in shown.near else _PALE for one in everyone],
        "line": {"color": "#FFFFFF", "width": 1.5},
    }


def _colour(one: str, chosen: str, doing: Collection[str]) -> str:
    if one == chosen:
        return SECOND
    return ACCENT if one in doing else MUTED


def _doing(links: pd.DataFrame) -> set[str]:
    """Return who does work itself: of a project both, else the first of the two."""
    return {*links["org_a"], *links.loc[links["kind"] == "project", "org_b"]}
