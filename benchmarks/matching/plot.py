"""Seconds of all processors by size as a drawing, both axes in powers of ten."""

import math

import pandas as pd

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 360, 300, 56, 34, 46
LINES = {
    "csomap overlaps": "#0b6e8a",
    "csomap overlaps, from a file": "#0b6e8a",
    "SQL by hand, overlaps": "#7a7a7a",
    "csomap pairs": "#b5461c",
    "SQL by hand, pairs": "#c9a227",
    "pandas self-merge": "#6b4fa0",
    "splink, exact match": "#3d8b40",
}
TITLES = {
    "country": "as in a country: 9 in a cell",
    "crowded": "200 activities in a cell",
    "crowding": "50 cells, ever more in each",
}


def draw(lines: pd.DataFrame) -> str:
    """Return the drawing as SVG: one panel for each density."""
    done = lines[lines["finished"] == "yes"]
    panels = [
        _panel(done[done["density"] == density], title, nth)
        for nth, (density, title) in enumerate(TITLES.items())
    ]
    whole = f'width="{len(TITLES) * WIDTH}" height="{HEIGHT + 50}"'
    style = "<style>text{font:11px sans-serif;fill:#222}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {whole}>{style}{"".join(panels)}{_legend()}</svg>\n'


def _panel(lines: pd.DataFrame, title: str, nth: int) -> str:
    if lines.empty:
        return ""
    sizes, seconds = _decades(lines["activities"]), _decades(lines["cpu_seconds"])

    def x(size: float) -> float:
        return LEFT + (math.log10(size) - sizes[0]) / (sizes[-1] - sizes[0]) * (WIDTH - LEFT - 16)

    def y(second: float) -> float:
        share = (math.log10(second) - seconds[0]) / (seconds[-1] - seconds[0])
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)

    drawn = [f'<text x="{LEFT}" y="18" font-weight="bold">{title}</text>']
    drawn += [_mark(x(10.0**power), HEIGHT - BOTTOM + 16, f"10^{power}", "middle") for power in sizes]
    drawn += [_mark(LEFT - 6, y(10.0**power) + 4, f"{10.0**power:g} s", "end") for power in seconds]
    drawn += [f'<path d="M{LEFT} {y(10.0**power):.1f}H{WIDTH - 16}" stroke="#ddd"/>' for power in seconds]
    drawn += [
        _mark((LEFT + WIDTH) / 2, HEIGHT - BOTTOM + 34, "activities; seconds of all processors", "middle")
    ]
    for name, told in lines.sort_values("activities").groupby("contender"):
        points = [(x(one.activities), y(one.cpu_seconds)) for one in told.itertuples()]
        path = "L".join(f"{across:.1f} {down:.1f}" for across, down in points)
        dash = ' stroke-dasharray="5 3"' if "file" in str(name) else ""
        drawn.append(f'<path d="M{path}" fill="none" stroke="{LINES[str(name)]}" stroke-width="2"{dash}/>')
        drawn += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{LINES[str(name)]}"/>' for a, b in points]
    return f'<g transform="translate({nth * WIDTH} 0)">{"".join(drawn)}</g>'


def _decades(values: pd.Series) -> list[int]:
    return list(range(math.floor(math.log10(values.min())), math.floor(math.log10(values.max())) + 2))


def _mark(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'


def _legend() -> str:
    drawn = []
    for nth, (name, colour) in enumerate(LINES.items()):
        across, down = LEFT + nth % 4 * 250, HEIGHT + 12 + nth // 4 * 20
        dash = ' stroke-dasharray="5 3"' if "file" in name else ""
        drawn.append(f'<path d="M{across} {down}h24" stroke="{colour}" stroke-width="2"{dash}/>')
        drawn.append(_mark(across + 30, down + 4, name, "start"))
    return "".join(drawn)
