"""What Leaflet is told to do beyond drawing: buttons in the corner, the keyboard, a ground from elsewhere."""

from collections.abc import Mapping

from branca.element import MacroElement
from folium.template import Template

from csomap.i18n import direction, t

# Leaflet's marks and areas are reached by Tab, areas one by one with the arrows, and answer to Enter: a click
# where they are. Full screen is that of the part of the page which the map names, legend and list included.
# On paper the frame keeps its size and is drawn smaller: Leaflet would not fill another one in time.
_CORNER = """
(map, told) => {
  const box = map.getContainer(), frame = window.frameElement;
  const whole = (frame && frame.closest("[class*=map_whole]")) || document.documentElement;
  const page = whole.ownerDocument, home = map.getBounds();
  const icon = (line) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${line}"/></svg>`;
  const corner = L.control({position: told.corner});
  corner.onAdd = () => {
    const bar = L.DomUtil.create("div", "leaflet-bar csomap-corner");
    L.DomEvent.disableClickPropagation(bar);
    const button = (words, line, act) => {
      const made = L.DomUtil.create("button", "", bar);
      Object.assign(made, {type: "button", title: words, innerHTML: icon(line), onclick: act});
      made.setAttribute("aria-label", words);
      return made;
    };
    button(told.full, "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
      () => page.fullscreenElement ? page.exitFullscreen() : whole.requestFullscreen());
    button(told.print, "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z", () => window.top.print());
    return bar;
  };
  corner.addTo(map);
  const refit = () => { map.invalidateSize({animate: false}); map.fitBounds(home, {animate: false}); };
  page.addEventListener("fullscreenchange", () => {
    document.documentElement.classList.toggle("csomap-whole", Boolean(page.fullscreenElement));
    setTimeout(refit, 100);
  });
  const sized = () => {
    if (!frame) return;
    const paper = {width: `${innerWidth}px`, height: `${innerHeight}px`, scale: told.paper / innerWidth};
    [frame, document.documentElement].forEach((root) => Object.entries(paper).forEach(
      ([name, size]) => root.style.setProperty(`--csomap-${name}`, size)));
  };
  window.addEventListener("resize", sized);
  sized();
  box.addEventListener("keydown", (event) => {
    const at = event.target.closest("path[role=button],.leaflet-marker-icon");
    if (!at) return;
    const areas = [...box.querySelectorAll("path[role=button]")], place = areas.indexOf(at);
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    if (step && place >= 0) {
      event.preventDefault();
      const next = areas[(place + step + areas.length) % areas.length];
      at.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const {x, y, width, height} = at.getBoundingClientRect();
      const middle = {clientX: x + width / 2, clientY: y + height / 2};
      at.dispatchEvent(new MouseEvent("click", {bubbles: true, view: window, ...middle}));
    }
  });
}
"""
_PAPER = 410  # pixels of a sheet's width that a map takes
# What an area says to those who do not see it is what its label says to the mouse.
REACHABLE = """l.on('add',()=>{const e=l.getElement(),s=document.createElement('div');
s.innerHTML=f.properties.tip.replaceAll('<br>',', ');
const first=!document.querySelector('path[role=button][tabindex="0"]');
e.setAttribute('role','button');e.setAttribute('tabindex',first?0:-1);
e.setAttribute('aria-label',s.textContent);})"""
# A ground that cannot be had is said, once, in a corner; the map stays as it is on grey.
_TILES = """
(layers, told) => {
  const tiles = L.tileLayer(told.url, {maxZoom: 14, zIndex: 0});
  const say = (words, looks) => {
    const note = L.control({position: told.corner});
    note.onAdd = () => {
      const made = L.DomUtil.create("div", `csomap-note ${looks}`);
      made.textContent = words;
      return made;
    };
    return note;
  };
  const by = say(told.by, "csomap-by"), missing = say(told.missing, "csomap-missing");
  tiles.on("add", () => by.addTo(tiles._map));
  tiles.on("remove", () => [by, missing].forEach((note) => note.remove()));
  tiles.once("tileerror", () => tiles._map && missing.addTo(tiles._map));
  tiles.addTo(layers);
}
"""


class Script(MacroElement):
    """A function of the browser that is called with the map (or group of layers) that it is put on, and
    with words."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "({{ this.code }})({{ this._parent.get_name() }}, {{ this.told|tojson }});\n"
        "{% endmacro %}"
    )

    def __init__(self, name: str, code: str, told: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self.code, self.told = name, code.strip(), dict(told)


def corner(lang: str) -> Script:
    """Return the buttons for full screen and print, and the keyboard's way over the map."""
    words = {name: t(f"figure.map.{name}", lang) for name in ("full", "print")}
    return Script("Corner", _CORNER, {**words, "corner": f"top{start_side(lang)}", "paper": _PAPER})


def tiles(url: str, by: str, lang: str) -> Script:
    """Return a ground of pictures from another host, below all layers; without it a sentence stands there.

    url: with {z}, {x}, {y}; by: whom its licence asks to name.
    """
    told = {"url": url, "by": by, "missing": t("figure.map.no_tiles", lang)}
    return Script("Tiles", _TILES, {**told, "corner": f"bottom{start_side(lang)}"})


def start_side(lang: str) -> str:
    """Return the side on which reading starts."""
    return "right" if direction(lang) == "rtl" else "left"
