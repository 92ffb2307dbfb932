"""Governorates, districts and sub-districts with their codes and names; regions."""

from functools import cache

import pandas as pd

from csomap.errors import BadInput
from csomap.i18n import t
from csomap.settings import GEO
from csomap.tables.query import PCODE_LENGTH, AreaLevel


@cache
def places() -> pd.DataFrame:
    """Return geo/places.csv: pcode, level (1-3), parent, names, lon, lat (degrees), area_km2."""
    return pd.read_csv(
        GEO / "places.csv",
        dtype={"pcode": str, "parent": str},
        keep_default_na=False,
        na_values={"area_km2": [""]},
    )


@cache
def regions() -> pd.DataFrame:
    """Return geo/regions.csv: region, pcode of a governorate."""
    return pd.read_csv(GEO / "regions.csv", dtype=str, keep_default_na=False)


@cache
def _names(lang: str) -> dict[str, str]:
    table = places()
    arabic = table["name_ar"].where(table["name_ar"] != "", table["name_en"])
    named = {
        "en": table["name_en"],
        "ar": arabic,
        "ckb": table["name_ckb"].where(table["name_ckb"] != "", arabic),
    }
    return dict(zip(table["pcode"], named[lang], strict=True))


@cache
def _region_names(lang: str) -> dict[str, str]:
    return {code: t(f"region.{code}", lang) for code in regions()["region"].unique()}


def area_name(area: str, lang: str = "en") -> str:
    """Return the name of a p-code, pcode|site or region; where Sorani has no source, the Arabic name."""
    pcode, _, site = area.partition("|")
    name = _region_names(lang).get(pcode) or _names(lang).get(pcode, pcode)
    return f"{name}, {site}" if site else name


def areas_within(level: AreaLevel, place: str = "") -> list[str]:
    """Return the p-codes of a level that lie at or below `place`, in order."""
    return [code for code in _of_level(level) if code.startswith(place)]


@cache
def _of_level(level: AreaLevel) -> list[str]:
    codes = places()["pcode"]
    return sorted(codes[codes.str.len() == PCODE_LENGTH[level]])


def check_place(pcode: str) -> None:
    """Raise BadInput if `pcode` is not in the gazetteer."""
    if pcode and pcode not in _names("en"):
        raise BadInput("place_unknown", value=pcode)


def level_of(pcode: str) -> AreaLevel:
    """Return the level of a p-code: "1", "2" or "3"."""
    return {length: level for level, length in PCODE_LENGTH.items()}[len(pcode)]
