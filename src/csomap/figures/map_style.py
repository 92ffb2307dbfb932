"""How a map looks inside its own frame, which does not see the style of the page."""

from csomap.figures.layout import FONT
from csomap.figures.palette import ACCENT, BACKGROUND, LINE, MUTED, SECOND, TEXT, ink_on
from csomap.i18n import direction

_MARK = "display:flex;align-items:center;justify-content:center;font:600 12px/1 "
_HIDDEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"


def css(lang: str, font: str) -> str:
    """Return the style of the frame; `font`, if given, is where the Arabic font is."""
    face = f'@font-face{{font-family:"Noto Sans Arabic";src:url("{font}")}}' if font else ""
    return face + _ground(lang) + _buttons(lang) + _marks()


def _ground(lang: str) -> str:
    return (
        f".leaflet-container{{background:{BACKGROUND};font:14px {FONT}}}"
        ".csomap-whole .leaflet-container{height:100vh!important}"
        f".csomap-tip{{direction:{direction(lang)};text-align:start;font:14px/1.5 {FONT};color:{TEXT};"
        "white-space:normal;overflow-wrap:anywhere;width:max-content;max-width:280px}"
        f".csomap-label{{direction:{direction(lang)};font:600 12px {FONT};color:{TEXT};white-space:nowrap;"
        "width:max-content!important;text-shadow:0 0 3px #fff,0 0 3px #fff,0 0 3px #fff,0 0 3px #fff}"
        # Leaflet moves the mark itself: what stands in it is set in the middle of its point
        ".csomap-label span{display:inline-block;transform:translate(-50%,-50%)}"
        "@media (max-width:480px){.csomap-label{font-size:9px}}"
        f".leaflet-interactive:focus{{outline:none}}path:focus-visible{{stroke:{TEXT};stroke-width:4}}"
        f".leaflet-container :focus-visible:not(path){{outline:3px solid {TEXT};outline-offset:1px}}"
    )


def _buttons(lang: str) -> str:
    return (
        ".csomap-corner button{display:block;width:30px;height:30px;padding:5px;background:#fff;border:0;"
        "cursor:pointer}.csomap-corner button+button{border-top:1px solid #ccc}"
        f".csomap-corner svg{{fill:none;stroke:{TEXT};stroke-width:2;display:block}}"
        f".csomap-note{{direction:{direction(lang)};background:#fff;color:{TEXT};padding:2px 8px;"
        f"border-radius:4px;max-width:24rem}}.csomap-by{{font-size:12px;color:{MUTED}}}"
        "@media print{.leaflet-control-zoom,.csomap-corner{display:none}body{zoom:var(--csomap-scale)}}"
    )


def _marks() -> str:
    return (
        f".csomap-site{{{_MARK}{FONT};background:{ACCENT};color:{ink_on(ACCENT)};border:2px solid #fff;"
        "border-radius:50%;box-sizing:border-box}"
        f".csomap-exact{{background:{SECOND};color:{ink_on(SECOND)};border-radius:3px;transform-origin:50%}}"
        ".csomap-exact{clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)}"
        f".csomap-cluster{{{_MARK}{FONT};background:#fff;color:{TEXT};border:3px double {LINE};"
        "border-radius:50%;box-sizing:border-box}"
        f".csomap-unseen{{{_HIDDEN}}}"
    )
