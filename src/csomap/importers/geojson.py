"""Points of a map as a sheet: one row a point, its properties and its coordinates as columns."""

import json
from collections.abc import Mapping
from typing import Any

from csomap.errors import BadFile
from csomap.importers.limits import Limits
from csomap.importers.sheets import Sheet, of_rows
from csomap.importers.workbook import as_text

_COORDINATES = ("geometry longitude", "geometry latitude")


def read(data: bytes, limits: Limits) -> list[Sheet]:
    """Return the points of a GeoJSON as one sheet: a row of headers, then one row a feature.

    A feature that is no point has empty coordinates; lists in a property are joined by ;.

    Raises BadFile.
    """
    features = _features(data)
    names = list(dict.fromkeys(name for feature in features for name in _properties(feature)))
    limits.refuse_size(len(features), len(names) + 2, len(features) * (len(names) + 2))
    rows = [[*names, *_COORDINATES]]
    for feature in features:
        told = _properties(feature)
        rows.append([*(_text(told.get(name)) for name in names), *_coordinates(feature)])
    return [of_rows("", rows)]


def _features(data: bytes) -> list[Mapping[str, Any]]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadFile("file_not_a_table") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise BadFile("file_not_a_table")
    return features


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    told = feature.get("properties")
    return {"id": feature["id"], **(told or {})} if "id" in feature else told or {}


def _coordinates(feature: Mapping[str, Any]) -> tuple[str, str]:
    geometry = feature.get("geometry") or {}
    places = geometry.get("coordinates")
    if geometry.get("type") == "MultiPoint" and isinstance(places, list) and len(places) == 1:
        places = places[0]
    elif geometry.get("type") != "Point":
        return "", ""
    numbers = [place for place in places or () if isinstance(place, int | float)]
    return (str(numbers[0]), str(numbers[1])) if len(numbers) > 1 else ("", "")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return ";".join(map(_text, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else as_text(value)
