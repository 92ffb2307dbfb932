"""Colours and second marks: ColorBrewer and Okabe-Ito, readable by colour-blind people and on a projector.

A colour never speaks alone: every status also has a sign (in tables and legends) and a pattern (on maps).
"""

from dataclasses import dataclass

TEXT = "#1F2933"
MUTED = "#52606D"
LINE = "#7B8794"
GRID = "#E4E7EB"
BACKGROUND = "#F5F7FA"
ACCENT = "#0072B2"
SECOND = "#D55E00"


@dataclass(frozen=True)
class Mark:
    """How one class of values looks: fill, ink of what stands on it, pattern, sign."""

    colour: str
    ink: str
    pattern: str = "plain"
    sign: str = ""


NO_DATA = Mark("#D9D9D9", "#000000", "hatch", "–")
NONE = Mark("#FFFFFF", "#000000", "plain", "0")

STATUSES = {
    "covered": Mark("#0072B2", "#FFFFFF", "plain", "●"),
    "thin": Mark("#9ECAE1", "#000000", "lines", "◐"),
    "gap": Mark("#D55E00", "#000000", "crosses", "×"),
    "unknown": Mark("#FEE391", "#000000", "dots", "?"),
    "no_data": NO_DATA,
}

# ColorBrewer PuOr, diverging: what came is purple, what went is orange, in grey told apart by their patterns.
CHANGES = {
    "new": Mark("#5E3C99", "#FFFFFF", "plain", "+"),
    "grown": Mark("#B2ABD2", "#000000", "lines", "▲"),
    "same": Mark("#F7F7F7", "#000000", "plain", "="),
    "shrunk": Mark("#FDB863", "#000000", "hatch", "▼"),
    "gone": Mark("#E66101", "#000000", "crosses", "×"),
    "none": NONE,
    "unknown": STATUSES["unknown"],
    "silent": NO_DATA,
}

# ColorBrewer Blues without its lightest steps, which are too close to white, the colour of none.
_BLUES = ("#C6DBEF", "#9ECAE1", "#6BAED6", "#2171B5", "#08306B")
_PICKED = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


def sequence(classes: int) -> list[Mark]:
    """Return one mark for each of up to five classes, light to dark."""
    return [Mark(_BLUES[step], ink_on(_BLUES[step])) for step in _PICKED[classes]] if classes else []


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on `colour`."""
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    (L1 + 0.05) / (L2 + 0.05) with the relative luminances L1 >= L2. Source: WCAG 2.2.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def linear(colour: str) -> tuple[float, float, float]:
    """Return the red, green and blue of "#RRGGBB" as linear light, 0 to 1 (sRGB, IEC 61966-2-1)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
