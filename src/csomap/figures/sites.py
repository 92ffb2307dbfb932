"""Places of work as marks that stand together where they are many, and part when one looks closer."""

import json
import textwrap
from collections.abc import Mapping
from html import escape

import folium
import pandas as pd
from folium.plugins import FastMarkerCluster

from csomap.figures.palette import ACCENT, LINE, SECOND, TEXT, ink_on
from csomap.i18n import direction, t

_RADIUS = 44  # pixels within which marks stand together
_LONGEST = 120  # letters of the names of sites in a label
_DECIMALS = 5  # of a degree: about a metre
# A row: latitude, longitude, 1 for coordinates that were told, place, name of the site, organisations; the
# last and the place by their number in lists that are sent once. Labels are made when somebody asks for one.
_MARK = """((told) => (row) => {
  const [lat, lon, exact, place, site, ids] = row;
  const [code, name] = told.places[place], size = exact ? 32 : 26;
  const looks = `csomap-site${exact ? " csomap-exact" : ""}`;
  const icon = L.divIcon({className: looks, iconSize: [size, size], html: `${ids.length}`});
  const mark = L.marker([lat, lon], {icon});
  const lines = [...(site ? [site] : []), name, ...ids.slice(0, 8).map((id) => told.organisations[id])];
  if (ids.length > 8) lines.push(`+${ids.length - 8}`);
  mark.feature = {type: "Feature", properties: {pcode: code}};
  mark.bindTooltip(() => {
    const label = document.createElement("div");
    lines.forEach((line, at) => {
      const one = label.appendChild(document.createElement(at ? "div" : "b"));
      one.textContent = line;
    });
    return label;
  }, {className: "csomap-tip"});
  mark.on("add", () => mark.getElement().setAttribute("aria-label", lines.join(", ")));
  return mark;
})(TOLD)"""
_CLUSTER = """((told) => (cluster) => {
  const count = cluster.getChildCount(), size = count < 10 ? 34 : count < 100 ? 42 : 50;
  const number = count.toLocaleString("en");
  const html = `<span class="csomap-unseen"></span><b>${number}</b>`;
  const icon = L.divIcon({className: "csomap-cluster", iconSize: [size, size], html});
  const create = icon.createIcon.bind(icon);
  icon.createIcon = (old) => {
    const made = create(old);
    made.querySelector("span").textContent = told.together;
    return made;
  };
  return icon;
})(TOLD)"""


def sites(
    marks: pd.DataFrame, places: Mapping[str, str], organisations: Mapping[str, str], lang: str = "en"
) -> folium.FeatureGroup:
    """Return the marks as one layer.

    marks: pcode, lon, lat (degrees), exact (coordinates that were told; else the middle of the place), site
    (names, or ""), org_ids (joined by ;). places, organisations: names by code. A click on a mark
    brings back its pcode; of how many it stands for, the number of its organisations is written in it.
    """
    codes = sorted(set(marks["pcode"]))
    ids = sorted({one for cell in marks["org_ids"] for one in cell.split(";")})
    told = {
        "places": [[code, places.get(code, code)] for code in codes],
        "organisations": [organisations.get(one, one) for one in ids],
    }
    group = folium.FeatureGroup(control=False)
    if len(marks):
        cluster = FastMarkerCluster(  # type: ignore[no-untyped-call]
            _rows(marks, _numbered(codes), _numbered(ids)),
            callback=_with(_MARK, told),
            icon_create_function=_with(_CLUSTER, {"together": t("figure.map.together", lang)}),
            options={"showCoverageOnHover": False, "maxClusterRadius": _RADIUS, "animate": False},
            control=False,
        )
        cluster.default_js, cluster.default_css = [], []  # the empty map brings them
        cluster.add_to(group)
    return group


def sites_legend_html(lang: str = "en", title: str = "") -> str:
    """Return what the marks mean, each by its form and its words."""
    look = "display:inline-flex;align-items:center;gap:.4rem"
    items = "".join(
        f'<span style="{look}"><span aria-hidden="true" style="{style}">{sign}</span>'
        f"<bdi>{escape(t(f'figure.map.{name}', lang))}</bdi></span>"
        for name, sign, style in _legend()
    )
    row = f"display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;color:{TEXT};font-size:.9rem"
    head = f'<strong style="font-weight:600">{escape(title)}</strong>' if title else ""
    return f'<div dir="{direction(lang)}" lang="{lang}" style="{row}">{head}{items}</div>'


def _legend() -> list[tuple[str, str, str]]:
    mark = "display:inline-flex;align-items:center;justify-content:center;width:1.5rem;height:1.5rem;"
    mark += "font-size:.75rem;font-weight:600;box-sizing:border-box;"
    diamond = "clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)"
    return [
        ("exact", "2", f"{mark}background:{SECOND};color:{ink_on(SECOND)};{diamond}"),
        ("middle", "2", f"{mark}background:{ACCENT};color:{ink_on(ACCENT)};border-radius:50%"),
        ("cluster", "12", f"{mark}background:#fff;border:3px double {LINE};border-radius:50%"),
    ]


def _numbered(codes: list[str]) -> dict[str, int]:
    return {code: at for at, code in enumerate(codes)}


def _rows(
    marks: pd.DataFrame, places: Mapping[str, int], organisations: Mapping[str, int]
) -> list[list[object]]:
    columns = (marks[name] for name in ("lat", "lon", "exact", "pcode", "site", "org_ids"))
    return [
        [
            round(lat, _DECIMALS),
            round(lon, _DECIMALS),
            int(exact),
            places[pcode],
            textwrap.shorten(site, _LONGEST, placeholder=" …"),
            [organisations[one] for one in org_ids.split(";")],
        ]
        for lat, lon, exact, pcode, site, org_ids in zip(*columns, strict=True)
    ]


def _with(code: str, told: Mapping[str, object]) -> str:
    """Put words into a function as data: nothing in them ends the script or is read as its code."""
    return code.replace("TOLD", json.dumps(told, ensure_ascii=True).replace("<", "\\u003c"))
