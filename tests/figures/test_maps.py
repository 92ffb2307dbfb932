"""Layers that draw with no other host, and names that stay names."""

import threading
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from streamlit_folium import _get_feature_group_string

from csomap.figures import Scale, base_map, choropleth, labels, legend_html, maps, outlines, symbols, vendor

HOSTILE = "<img src=x onerror=alert(1)>`${alert(2)}`</script>"
SHAPES = gpd.GeoDataFrame(
    {"pcode": ["A", "B", "C"]},
    geometry=[shapely.box(x, 33, x + 1, 34) for x in (42, 43, 44)],
    crs="EPSG:4326",
)
POINTS = pd.DataFrame({"pcode": ["A", "B", "C"], "lon": [42.5, 43.5, 44.5], "lat": [33.5] * 3})
VALUES = pd.DataFrame({"pcode": ["A", "B"], "value": [4.0, 100.0]})
NAMES = {"A": HOSTILE, "B": "Baghdad", "C": "النجف"}


def script(*layers: object, lang: str = "en") -> str:
    """Return what the browser is given to run."""
    ground = base_map(lang)
    return "".join(_get_feature_group_string(layer, ground, number) for number, layer in enumerate(layers))


def features(layer: object) -> dict[str, dict]:
    (drawn,) = layer._children.values()  # type: ignore[attr-defined]
    return {feature["id"]: feature for feature in drawn.data["features"]}


def style(layer: object, code: str) -> dict:
    (drawn,) = layer._children.values()  # type: ignore[attr-defined]
    return drawn.style_function(features(layer)[code])


def test_the_map_asks_no_other_host() -> None:
    page = base_map().get_root().render()
    assert "https:" not in page.replace("http://www.w3.org", "")
    assert "/app/static/vendor/leaflet.js" in page
    assert '"maxZoom": 14' in page


def test_the_same_map_is_the_same_for_every_run() -> None:
    one, other = base_map("ar"), base_map("ar")
    assert one.get_root().render().replace(one.get_name(), "") == other.get_root().render().replace(
        other.get_name(), ""
    )


def test_an_area_without_a_value_is_no_data_and_not_zero() -> None:
    scale = Scale.sequential([0, 4, 100])
    layer = choropleth(SHAPES, VALUES, scale, NAMES)
    assert style(layer, "C")["fillColor"] == "url(#csomap-hatch)"
    assert "No data" in features(layer)["C"]["properties"]["tip"]
    assert style(layer, "A")["fillColor"] == scale.band(4).mark.colour


def test_statuses_are_drawn_with_their_patterns() -> None:
    values = pd.DataFrame({"pcode": ["A", "B"], "value": ["gap", "covered"]})
    layer = choropleth(SHAPES, values, Scale.statuses(), NAMES)
    drawn = [style(layer, code)["fillColor"] for code in "ABC"]
    assert drawn == ["url(#csomap-crosses)", "#0072B2", "url(#csomap-hatch)"]
    ground = base_map().get_root().render()
    assert all(f'id="{fill[5:-1]}"' in ground for fill in drawn if fill.startswith("url"))


def test_the_selected_area_has_a_heavy_border_and_lies_on_top() -> None:
    layer = choropleth(SHAPES, VALUES, Scale.sequential([4, 100]), NAMES, selected="A")
    assert style(layer, "A")["weight"] > style(layer, "B")["weight"]
    assert list(features(layer))[-1] == "A"


def test_names_units_and_rows_from_files_are_escaped() -> None:
    scale, told = Scale.sequential([4, 100]), {"unit": HOSTILE, "rows": {"B": [(HOSTILE, HOSTILE)]}}
    drawn = [
        choropleth(SHAPES, VALUES, scale, NAMES, **told),
        symbols(POINTS, VALUES, scale, NAMES, **told),
        labels(POINTS, NAMES),
    ]
    texts = [text for layer in drawn for f in features(layer).values() for text in f["properties"].values()]
    assert sum("&lt;img" in text for text in texts) >= 5
    assert not [text for text in texts if "<img" in text or "</script>" in text]
    assert "<img" not in legend_html(scale, "en", HOSTILE, HOSTILE)


def test_no_name_ends_the_script_that_carries_it() -> None:
    sent = script(choropleth(SHAPES, VALUES, Scale.sequential([4, 100]), NAMES), labels(POINTS, NAMES))
    assert "</script>" not in sent


def test_a_circle_of_four_times_the_value_has_four_times_the_area() -> None:
    values = pd.DataFrame({"pcode": ["A", "B"], "value": [25.0, 100.0]})
    layer = symbols(POINTS, values, Scale.sequential([25, 100]), NAMES)
    assert style(layer, "B")["radius"] == 2 * style(layer, "A")["radius"]
    assert style(layer, "C")["fillColor"] == "url(#csomap-hatch)"
    assert next(iter(features(layer))) == "B"


def test_a_click_brings_back_the_code_of_the_place() -> None:
    layer = symbols(POINTS, VALUES, Scale.sequential([4, 100]), NAMES)
    assert features(layer)["B"]["properties"]["pcode"] == "B"
    assert features(layer)["B"]["geometry"] == {"type": "Point", "coordinates": (43.5, 33.5)}


def test_outlines_and_labels_take_no_clicks() -> None:
    assert '"interactive": false' in script(outlines(SHAPES))
    assert "interactive:false" in script(labels(POINTS, NAMES))


def test_a_level_without_shapes_draws_nothing_and_does_not_fail() -> None:
    nothing = SHAPES.head(0)
    assert not choropleth(nothing, VALUES, Scale.statuses(), NAMES)._children
    assert not outlines(nothing)._children
    assert not labels(POINTS.head(0), NAMES)._children


def test_arabic_reads_from_the_right() -> None:
    assert "direction:rtl" in base_map("ar").get_root().render()
    assert '"topright"' in base_map("ckb").get_root().render()
    assert legend_html(Scale.statuses(), "ar").startswith('<div dir="rtl" lang="ar"')
    assert legend_html(Scale.statuses(), "en").startswith('<div dir="ltr" lang="en"')


def test_the_legend_names_unit_classes_and_no_data() -> None:
    told = legend_html(Scale.sequential([0, 1, 2]), "en", "Organisations", "per district")
    for words in ("Organisations · per district", "None", ">1<", ">2<", "No data"):
        assert words in told
    assert "figure." not in told


def test_the_files_of_the_map_are_copied_once_and_mended(tmp_path: Path) -> None:
    folder = vendor(tmp_path)
    script_file = folder / "leaflet.js"
    written = script_file.stat().st_mtime_ns
    assert (folder / "leaflet.css").exists()
    assert (folder / "images" / "layers.png").exists()
    vendor(tmp_path)
    assert script_file.stat().st_mtime_ns == written
    script_file.write_text("half", encoding="utf-8")
    vendor(tmp_path)
    assert script_file.stat().st_size > 100_000


def test_many_starts_at_once_leave_whole_files_and_nothing_else(tmp_path: Path) -> None:
    starts = [threading.Thread(target=vendor, args=(tmp_path,)) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    names = {file.name for file in (tmp_path / "vendor").rglob("*") if file.is_file()}
    assert names >= {"leaflet.js", "leaflet.css"}
    assert not [name for name in names if name.startswith(".")]


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_labels_of_the_mouse_are_in_the_language(lang: str) -> None:
    values = pd.DataFrame({"pcode": ["A"], "value": ["gap"]})
    tip = features(choropleth(SHAPES, values, Scale.statuses(), NAMES, lang))["C"]["properties"]["tip"]
    assert tip.startswith("<b>النجف</b><br>")
    assert "figure." not in tip


def test_names_that_would_touch_are_moved_apart() -> None:
    points = [("IQG12", 43.83, 32.51), ("IQG07", 44.60, 32.53), ("IQG02", 47.38, 30.37)]
    names = {"IQG12": "Kerbala", "IQG07": "Babil", "IQG02": "Al-Basrah"}
    (_, west, _), (_, east, _), basrah = maps._apart(points, names)
    assert (len("Kerbala") + len("Babil")) / 2 * maps._LETTER <= east - west + 1e-9
    assert basrah == ("IQG02", 47.38, 30.37)
