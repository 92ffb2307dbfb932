"""Seconds of all processors and peak memory by size as a drawing, both axes in powers of ten."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 380, 310, 60, 16, 34, 46
COLOURS = {
    "csomap overlaps": "#0b6e8a",
    "csomap overlaps, from a file": "#0b6e8a",
    "SQL by hand, overlaps": "#7a7a7a",
    "csomap pairs": "#b5461c",
    "SQL by hand, pairs": "#c9a227",
    "pandas self-merge": "#6b4fa0",
    "splink, exact match": "#3d8b40",
}
# What the last point of a curve says about smaller sizes, were its cost this function of n.
REFERENCES: dict[str, tuple[str, Callable[[float], float]]] = {
    "csomap overlaps": ("n log n", lambda n: n * math.log(n)),
    "csomap pairs": ("n²", lambda n: n * n),
}


@dataclass(frozen=True)
class Panel:
    """One drawing: the lines of a density, one figure of them, and whether references are drawn."""

    density: str
    figure: str
    title: str
    unit: str
    referred: bool = False


PANELS = (
    Panel("country", "cpu_seconds", "as in a country, 9 in a cell: time", "s"),
    Panel("crowding", "cpu_seconds", "50 cells, ever more in each: time", "s", referred=True),
    Panel("crowded", "cpu_seconds", "200 in a cell: time", "s"),
    Panel("country", "peak_mb", "as in a country: peak memory", "MB"),
)
COLUMNS = 2


def draw(lines: pd.DataFrame) -> str:
    """Return the drawing as SVG: one panel for each density and figure."""
    done = lines[lines["finished"] == "yes"]
    drawn = [_panel(done[done["density"] == panel.density], panel, nth) for nth, panel in enumerate(PANELS)]
    rows = -(-len(PANELS) // COLUMNS)
    whole = f'width="{COLUMNS * WIDTH}" height="{rows * HEIGHT + 90}"'
    style = "<style>text{font:11px sans-serif;fill:#222}</style>"
    ground = '<rect width="100%" height="100%" fill="#fff"/>'
    legend = "".join(_legend(rows * HEIGHT + 12))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {whole}>{style}{ground}{"".join(drawn)}{legend}</svg>\n'


@dataclass(frozen=True)
class _Axes:
    """Where a size and a figure stand, both by their powers of ten."""

    sizes: list[int]
    figures: list[int]

    def at(self, size: float, figure: float) -> tuple[float, float]:
        along = (math.log10(size) - self.sizes[0]) / (self.sizes[-1] - self.sizes[0])
        up = (math.log10(figure) - self.figures[0]) / (self.figures[-1] - self.figures[0])
        across = LEFT + along * (WIDTH - LEFT - RIGHT)
        return across, HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - TOP)


def _panel(lines: pd.DataFrame, panel: Panel, nth: int) -> str:
    if lines.empty:
        return ""
    axes = _Axes(_decades(lines["activities"]), _decades(lines[panel.figure]))
    drawn = [*_frame(axes, panel)]
    for name, told in lines.sort_values("activities").groupby("contender"):
        points = list(zip(told["activities"].astype(float), told[panel.figure].astype(float), strict=True))
        if panel.referred and name in REFERENCES:
            drawn += _reference(axes, points, *REFERENCES[str(name)])
        drawn += _curve(axes, points, str(name))
    across, down = nth % COLUMNS * WIDTH, nth // COLUMNS * HEIGHT
    return f'<g transform="translate({across} {down})">{"".join(drawn)}</g>'


def _frame(axes: _Axes, panel: Panel) -> Iterator[str]:
    yield f'<text x="{LEFT}" y="18" font-weight="bold">{panel.title}</text>'
    for power in axes.sizes:
        across, down = axes.at(10.0**power, 10.0 ** axes.figures[0])
        yield _mark(across, down + 16, f"10^{power}", "middle")
    for power in axes.figures:
        across, down = axes.at(10.0 ** axes.sizes[0], 10.0**power)
        yield _mark(across - 6, down + 4, f"{10.0**power:g} {panel.unit}", "end")
        yield f'<path d="M{LEFT} {down:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
    told = "activities; seconds of all processors" if panel.unit == "s" else "activities; resident memory"
    yield _mark((LEFT + WIDTH) / 2, HEIGHT - BOTTOM + 34, told, "middle")


def _reference(
    axes: _Axes, points: list[tuple[float, float]], label: str, cost: Callable[[float], float]
) -> Iterator[str]:
    (first, _), (last, most) = points[0], points[-1]
    least = 10.0 ** axes.figures[0]
    ends = [(n, most * cost(n) / cost(last)) for n in (first * (last / first) ** (k / 20) for k in range(21))]
    inside = [axes.at(n, figure) for n, figure in ends if figure >= least]
    yield _path(inside, "#555", 1, "2 3")
    across, down = inside[0]
    yield _mark(across + 4, down - 6, label, "start")


def _curve(axes: _Axes, points: list[tuple[float, float]], name: str) -> Iterator[str]:
    places = [axes.at(*point) for point in points]
    yield _path(places, COLOURS[name], 2, "5 3" if "file" in name else "")
    for across, down in places:
        yield f'<circle cx="{across:.1f}" cy="{down:.1f}" r="3" fill="{COLOURS[name]}"/>'


def _path(places: list[tuple[float, float]], colour: str, width: int, dash: str) -> str:
    path = "L".join(f"{across:.1f} {down:.1f}" for across, down in places)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _decades(values: pd.Series) -> list[int]:
    return list(range(math.floor(math.log10(values.min())), math.ceil(math.log10(values.max()) + 1e-9) + 1))


def _mark(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'


def _legend(top: int) -> Iterator[str]:
    for nth, (name, colour) in enumerate(COLOURS.items()):
        across, down = LEFT + nth % 3 * 235, top + nth // 3 * 20
        yield _path([(across, down), (across + 24, down)], colour, 2, "5 3" if "file" in name else "")
        yield _mark(across + 30, down + 4, name, "start")
    across, down = LEFT + 235, top + 40
    yield _path([(across, down), (across + 24, down)], "#555", 1, "2 3")
    yield _mark(across + 30, down + 4, "n log n and n², through the last point", "start")
