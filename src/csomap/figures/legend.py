"""The legend of a map or heat table, as HTML that needs no script."""

import math
from html import escape

from csomap.figures.palette import LINE, TEXT
from csomap.figures.patterns import background
from csomap.figures.scale import Band, Scale
from csomap.i18n import direction

_ROW = f"display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;color:{TEXT};font-size:.9rem"
_ITEM = "display:inline-flex;align-items:center;gap:.4rem"
_SWATCH = (
    f"display:inline-block;width:1.6rem;height:1.1rem;border:1px solid {LINE};border-radius:2px;"
    "text-align:center;line-height:1.1rem;font-size:.8rem"
)


def legend_html(scale: Scale, lang: str = "en", title: str = "", unit: str = "") -> str:
    """Return the classes of `scale` with colour, second mark and words, in the direction of the language.

    title: what is shown; unit: what the numbers count. Both are escaped.
    """
    head = " · ".join(part for part in (title, unit) if part)
    named = f'<strong style="font-weight:600">{escape(head)}</strong>' if head else ""
    items = "".join(_item(band, scale.label(band, lang)) for band in scale.bands)
    return f'<div dir="{direction(lang)}" lang="{lang}" style="{_ROW}">{named}{items}</div>'


def _item(band: Band, label: str) -> str:
    sign = band.mark.sign if math.isnan(band.low) else ""  # numbers speak for themselves
    halo = f"background:{band.mark.colour};color:{band.mark.ink};padding:0 .15rem;border-radius:2px"
    inner = f'<span style="{halo}">{escape(sign)}</span>' if sign else ""
    swatch = f'<span aria-hidden="true" style="{_SWATCH};background:{background(band.mark)}">{inner}</span>'
    return f'<span style="{_ITEM}">{swatch}<bdi>{escape(label)}</bdi></span>'
