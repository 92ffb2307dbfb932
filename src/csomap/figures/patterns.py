"""The second mark of a colour, drawn twice: as SVG on maps, as CSS in legends."""

from csomap.figures.palette import STATUSES, Mark

_TILE = 10
_STROKES = {
    "lines": '<path d="M-2.5 2.5L2.5 -2.5M0 10L10 0M7.5 12.5L12.5 7.5" stroke="{ink}" stroke-opacity="0.4"/>',
    "hatch": '<path d="M-2.5 7.5L2.5 12.5M0 0L10 10M7.5 -2.5L12.5 2.5" stroke="{ink}" stroke-opacity=".25"/>',
    "crosses": '<path d="M3 3L7 7M7 3L3 7" stroke="{ink}" stroke-opacity="0.6"/>',
    "dots": '<circle cx="5" cy="5" r="1.1" fill="{ink}" fill-opacity="0.5"/>',
}
_LINES = "repeating-linear-gradient({angle}deg, {ink} 0 1px, transparent 1px 6px)"
_GRADIENTS = {
    "plain": [],
    "lines": [_LINES.format(angle=135, ink="{ink}66")],
    "hatch": [_LINES.format(angle=45, ink="{ink}40")],
    "crosses": [_LINES.format(angle=45, ink="{ink}66"), _LINES.format(angle=135, ink="{ink}66")],
    "dots": ["radial-gradient({ink}80 1px, transparent 1.4px) 0 0 / 6px 6px"],
}


def fill(mark: Mark) -> str:
    """Return what fills an area on a map: a colour, or a reference to a pattern of `svg_patterns`."""
    return mark.colour if mark.pattern == "plain" else f"url(#csomap-{mark.pattern})"


def background(mark: Mark) -> str:
    """Return the CSS background of a swatch."""
    layers = [layer.format(ink=mark.ink) for layer in _GRADIENTS[mark.pattern]]
    return ", ".join([*layers, mark.colour])


def svg_patterns() -> str:
    """Return an invisible SVG with all patterns; it must stand once in the page of the map."""
    drawn = "".join(_svg(mark) for mark in STATUSES.values() if mark.pattern != "plain")
    hidden = 'width="0" height="0" style="position:absolute" aria-hidden="true"'
    return f"<svg {hidden}><defs>{drawn}</defs></svg>"


def _svg(mark: Mark) -> str:
    strokes = _STROKES[mark.pattern].format(ink=mark.ink)
    return (
        f'<pattern id="csomap-{mark.pattern}" width="{_TILE}" height="{_TILE}" patternUnits="userSpaceOnUse">'
        f'<rect width="{_TILE}" height="{_TILE}" fill="{mark.colour}"/>{strokes}</pattern>'
    )
