"""Where organisations stand in the picture of who works with whom, and which of them are drawn."""

import math
from collections.abc import Collection
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pandas as pd

Place = tuple[float, float]

_SEED, _ROUNDS = 7, 150
_ROOM = 2.6  # how far springs push dots apart, in units of the even spacing of all of them
_CELL = 0.15  # half the width of a group of two, the large group being 2.5 wide
_SIDE = 1.25
LABELLED = 12  # organisations that carry a label in the picture
_LABEL = np.array([0.26, 0.17])  # how wide and high a label is
_PUSHES = 40
_CROWD = 500  # dots from which springs would need SciPy, and from which nobody reads a picture


def positions(links: pd.DataFrame) -> dict[str, Place]:
    """Return where each organisation of some LINKS stands: those that are linked near each other.

    Each group of organisations that hang together is laid out by springs (Fruchterman and Reingold 1991,
    always from the same start): the largest from -1.25 to 1.25 across and -1 to 1 up, the others in rows
    below it. The same links always give the same picture.
    """
    groups = _groups(links)
    if not groups:
        return {}
    placed = _laid_out(groups[0], (0.0, 0.0), (_SIDE, 1.0))
    left, top = -_SIDE, -1.15
    tallest = 0.0
    for group in groups[1:]:
        radius = _CELL * math.sqrt(len(group) / 2)
        if left + 2 * radius > _SIDE and left > -_SIDE:
            left, top, tallest = -_SIDE, top - tallest, 0.0
        placed |= _laid_out(group, (left + radius, top - radius), (0.6 * radius, 0.6 * radius))
        left, tallest = left + 2 * radius, max(tallest, 2 * radius)
    return placed


def largest(links: pd.DataFrame, count: int, chosen: str = "") -> pd.DataFrame:
    """Return the LINKS between the `count` organisations with most partners, the chosen one and as many of
    its own."""
    order, near = ranked(links), beside(links, chosen) if chosen else set()
    own = [one for one in order if one in near and one != chosen]
    kept = {*order[:count], *own[:count], chosen}
    inside = links["org_a"].isin(kept) & links["org_b"].isin(kept)
    return links[inside].reset_index(drop=True)


def sizes(links: pd.DataFrame) -> dict[str, int]:
    """Return with how many others each organisation is linked."""
    return {str(one): int(degree) for one, degree in _graph(links).degree()}


def ranked(links: pd.DataFrame) -> list[str]:
    """Return the organisations, those with most partners first."""
    partners = sizes(links)
    return sorted(partners, key=lambda one: (-partners[one], one))


def beside(links: pd.DataFrame, org_id: str) -> set[str]:
    """Return an organisation and all that it is linked with; nobody where it has no link."""
    return {end for pair in pairs(links) if org_id in pair for end in pair}


def count_groups(links: pd.DataFrame) -> int:
    """Count the groups of organisations that hang together."""
    return len(_groups(links))


def pairs(links: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the two ends of each of the LINKS."""
    return list(zip(links["org_a"], links["org_b"], strict=True))


def _graph(links: pd.DataFrame) -> Any:
    graph = nx.Graph()
    ends = sorted({(min(pair), max(pair)) for pair in pairs(links)})
    graph.add_nodes_from(sorted({end for pair in ends for end in pair}))
    graph.add_edges_from(ends)
    return graph


def _groups(links: pd.DataFrame) -> list[Any]:
    graph = _graph(links)
    found: list[Collection[str]] = list(nx.connected_components(graph))
    return [graph.subgraph(group) for group in sorted(found, key=lambda one: (-len(one), min(one)))]


def _laid_out(group: Any, centre: Place, half: Place) -> dict[str, Place]:
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(group))
    ordered.add_edges_from(sorted(group.edges))
    room = _ROOM / math.sqrt(len(ordered))
    found = (
        nx.spring_layout(ordered, k=room, seed=_SEED, iterations=_ROUNDS, method="force")
        if len(ordered) < _CROWD
        else nx.circular_layout(ordered)
    )
    across, up = ([float(place[axis]) for place in found.values()] for axis in (0, 1))
    xs, ys = _spread(across, centre[0], half[0]), _spread(up, centre[1], half[1])
    placed = dict(zip(map(str, found), zip(xs, ys, strict=True), strict=True))
    return _apart(placed, [str(one) for one in ordered if ordered.degree(one) >= _most(ordered)])


def _most(group: Any) -> int:
    """Return from how many partners on an organisation is one of those that carry a label."""
    degrees = sorted((int(degree) for _, degree in group.degree()), reverse=True)
    return degrees[min(LABELLED, len(degrees)) - 1]


def _apart(placed: dict[str, Place], labelled: list[str]) -> dict[str, Place]:
    """Return the places with those that carry a label pushed apart until their labels can be read."""
    found = np.array([placed[one] for one in labelled[: 2 * LABELLED]])
    for _ in range(_PUSHES):
        gap = found[:, None] - found[None, :]
        near = np.maximum(0, 1 - np.sqrt(((gap / _LABEL) ** 2).sum(axis=2)))
        np.fill_diagonal(near, 0)
        found += 0.3 * (np.sign(gap) * near[:, :, None] * _LABEL).sum(axis=1)
    moved = {one: (float(x), float(y)) for one, (x, y) in zip(labelled, found, strict=False)}
    return placed | moved


def _spread(values: list[float], middle: float, half: float) -> list[float]:
    """Return values moved and stretched so that they fill `half` on both sides of `middle`."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return [middle + half * (2 * (value - low) / span - 1) for value in values]
