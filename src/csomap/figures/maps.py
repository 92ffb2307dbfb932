"""Tables become layers of a Leaflet map that draws without internet.

The map itself is empty; areas, symbols and names are layers that are put on it, so that a change of
filter redraws only them. Every text that comes from a file is escaped.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import folium
import geopandas as gpd  # type: ignore[import-untyped]
import pandas as pd
import shapely  # type: ignore[import-untyped]
from folium.utilities import JsCode

from csomap.figures import assets
from csomap.figures.map_style import css
from csomap.figures.palette import LINE, TEXT
from csomap.figures.patterns import fill, svg_patterns
from csomap.figures.scale import Scale, is_number
from csomap.figures.scripts import REACHABLE, corner, start_side, tiles

# The corners of Iraq, south-west and north-east, degrees.
IRAQ = ((29.06, 38.79), (37.39, 48.58))
Rows = Mapping[str, Sequence[tuple[str, str]]]

_DECIMALS = 0.0001  # degrees: 11 m, less than a pixel at the closest zoom of a display shape
_LARGEST, _SMALLEST, _STATUS = 22.0, 4.0, 9.0  # radius of symbols, pixels
_LETTER, _LINE = 0.19, 0.25  # degrees that a letter and a line of a name take with all of Iraq in view
_TIP = "l.bindTooltip(f.properties.tip,{sticky:true,className:'csomap-tip'})"
_AREA = JsCode(f"(f,l)=>{{{_TIP};{REACHABLE};l.on('mouseover',()=>l.bringToFront())}}")
_SYMBOL = JsCode(f"(f,l)=>{{{_TIP};{REACHABLE}}}")
_LABEL = JsCode(
    "(f,p)=>L.marker(p,{interactive:false,keyboard:false,"
    "icon:L.divIcon({className:'csomap-label',iconSize:null,html:`<span>${f.properties.label}</span>`})})"
)


def base_map(lang: str = "en", url: str = assets.URL, font: str = "") -> folium.Map:
    """Return the empty map: Iraq in view, plain background, no request to another host.

    `url` is where the files of `vendor` are served; `font`, if given, where the Arabic font is: the map is
    a frame of its own and does not see the fonts of the page.
    """
    options: dict[str, Any] = {"maxZoom": 14, "zoom_snap": 0.25, "attributionControl": False}
    made = folium.Map(tiles=None, zoom_control=f"top{start_side(lang)}", **options)
    made.default_js = [(name, f"{url}/{file}") for name, file in assets.SCRIPTS]
    made.default_css = [(name, f"{url}/{file}") for name, file in assets.STYLES]
    made.fit_bounds(IRAQ)
    root: Any = made.get_root()
    root.header.add_child(folium.Element(f"<style>{css(lang, font)}</style>"), name="csomap_style")
    root.html.add_child(folium.Element(svg_patterns()), name="csomap_patterns")
    corner(lang).add_to(made)
    return made


def ground(url: str, by: str, lang: str = "en") -> folium.FeatureGroup:
    """Return a ground of pictures from another host as a layer (`scripts.tiles`)."""
    group = folium.FeatureGroup(control=False)
    tiles(url, by, lang).add_to(group)
    return group


def choropleth(
    shapes: gpd.GeoDataFrame,
    values: pd.DataFrame,
    scale: Scale,
    names: Mapping[str, str],
    lang: str = "en",
    *,
    unit: str = "",
    rows: Rows | None = None,
    selected: str = "",
    opacity: float = 1,
) -> folium.FeatureGroup:
    """Return areas coloured by the class of their value.

    shapes: pcode, geometry. values: pcode, value (a number or a status); an area without a row has no data.
    names: what each pcode is called. unit: words behind the number. rows: further lines of the label that
    follows the mouse, (label, value) by pcode. selected: the pcode drawn with a heavy border. opacity:
    0 to 1, below 1 where a ground of pictures is to be seen through the areas.
    """
    known = dict(zip(values["pcode"], values["value"], strict=True))
    features = [
        _feature(code, shape, tip=_tip(code, known.get(code), scale, names, lang, unit, rows))
        for code, shape in zip(shapes["pcode"], _rounded(shapes), strict=True)
    ]

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        mark = scale.band(known.get(feature["id"])).mark
        return {"fillColor": fill(mark), "fillOpacity": opacity, **_border(feature["id"] == selected)}

    features.sort(key=lambda feature: bool(feature["id"] == selected))  # the heavy border lies on top
    return _group(features, style, _AREA)


def symbols(
    points: pd.DataFrame,
    values: pd.DataFrame,
    scale: Scale,
    names: Mapping[str, str],
    lang: str = "en",
    *,
    unit: str = "",
    rows: Rows | None = None,
    selected: str = "",
) -> folium.FeatureGroup:
    """Return a circle at each place, its area in proportion to the value, coloured by class.

    points: pcode, lon, lat (degrees). The rest is as for `choropleth`; statuses have circles of one size.
    """
    known = dict(zip(values["pcode"], values["value"], strict=True))
    radius = {code: _radius(known.get(code), scale) for code in points["pcode"]}
    features = [
        _feature(
            code, shapely.Point(lon, lat), tip=_tip(code, known.get(code), scale, names, lang, unit, rows)
        )
        for code, lon, lat in _largest_first(points, radius)
    ]

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        code = feature["id"]
        mark = scale.band(known.get(code)).mark
        looks = {"radius": radius[code], "fillColor": fill(mark), "fillOpacity": 0.9}
        return {**looks, **_border(code == selected)}

    return _group(features, style, _SYMBOL, marker=folium.CircleMarker(fill=True))


def outlines(shapes: gpd.GeoDataFrame, selected: str = "", opacity: float = 1) -> folium.FeatureGroup:
    """Return borders alone, as the ground on which symbols stand; columns pcode, geometry."""
    pairs = zip(shapes["pcode"], _rounded(shapes), strict=True)
    features = [_feature(code, shape) for code, shape in pairs]
    features.sort(key=lambda feature: bool(feature["id"] == selected))

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        return {"fillColor": "#FFFFFF", "fillOpacity": opacity, **_border(feature["id"] == selected)}

    return _group(features, style)


def labels(points: pd.DataFrame, names: Mapping[str, str]) -> folium.FeatureGroup:
    """Return the names of places, written at their points; columns pcode, lon, lat (degrees)."""
    rows = _apart(zip(points["pcode"], points["lon"], points["lat"], strict=True), names)
    features = [_feature(code, shapely.Point(at), label=escape(names[code])) for code, *at in rows]
    group = folium.FeatureGroup(control=False)
    if features:
        folium.GeoJson(_collection(features), point_to_layer=_LABEL).add_to(group)
    return group


def _apart(
    points: Iterable[tuple[str, float, float]], names: Mapping[str, str]
) -> list[tuple[str, float, float]]:
    """Move names of one line of writing that would touch sideways, each by half of what is lacking."""
    placed: list[tuple[str, float, float]] = []
    for code, lon, lat in sorted(points, key=lambda point: point[1]):
        for place, (other, west, height) in enumerate(placed):
            lack = (len(names[code]) + len(names[other])) / 2 * _LETTER - (lon - west)
            if abs(lat - height) < _LINE and lack > 0:
                placed[place] = (other, west - lack / 2, height)
                lon += lack / 2
        placed.append((code, lon, lat))
    return placed


def _group(
    features: list[dict[str, Any]],
    style: Callable[[dict[str, Any]], dict[str, Any]],
    each: JsCode | None = None,
    marker: folium.CircleMarker | None = None,
) -> folium.FeatureGroup:
    """Return one layer; without `each`, what to do with each feature, it takes no notice of the mouse."""
    group = folium.FeatureGroup(control=False)
    if features:
        folium.GeoJson(
            _collection(features),
            style_function=style,
            highlight_function=(lambda _: {"weight": 3, "color": TEXT}) if each else None,
            on_each_feature=each,
            marker=marker,
            interactive=each is not None,
        ).add_to(group)
    return group


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _feature(code: str, shape: Any, **texts: str) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(shape)
    return {"type": "Feature", "id": code, "properties": {"pcode": code, **texts}, "geometry": geometry}


def _rounded(shapes: gpd.GeoDataFrame) -> Any:
    return shapely.set_precision(shapes.geometry.to_numpy(), _DECIMALS, mode="pointwise")


def _tip(
    code: str, value: object, scale: Scale, names: Mapping[str, str], lang: str, unit: str, rows: Rows | None
) -> str:
    counted = unit if is_number(value) else ""
    told = f"{scale.shown(value, lang)} {counted}".strip()
    more = [(escape(label), escape(text)) for label, text in (rows or {}).get(code, ())]
    lines = [f"<bdi>{label}</bdi>: <bdi>{text}</bdi>" for label, text in more]
    return "<br>".join([f"<b>{escape(names.get(code, code))}</b>", escape(told), *lines])


def _radius(value: object, scale: Scale) -> float:
    if isinstance(value, str):
        return _STATUS
    if not is_number(value) or value <= 0:
        return _SMALLEST
    return round(max(_SMALLEST, _LARGEST * math.sqrt(value / scale.largest)), 1)


def _largest_first(points: pd.DataFrame, radius: Mapping[str, float]) -> Iterable[tuple[str, float, float]]:
    rows = zip(points["pcode"], points["lon"], points["lat"], strict=True)
    return sorted(rows, key=lambda row: -radius[row[0]])


def _border(selected: bool) -> dict[str, Any]:
    return {"color": TEXT, "weight": 3.5} if selected else {"color": LINE, "weight": 0.8}
