"""How far apart two activities are."""

from math import asin, cos, radians, sin, sqrt

from .trees import Activity

EARTH_KM = 6371.0
ROUND_ERROR = 0.006
"""By how much, as a share, a distance on a ball may differ from that on the ellipsoid."""


def km_between(a: Activity, b: Activity) -> float | None:
    """Return the kilometres between two activities, None where one has no coordinates (haversine)."""
    degrees = [x[name] for x in (a, b) for name in ("latitude", "longitude")]
    if None in degrees:
        return None
    lat_a, lon_a, lat_b, lon_b = map(radians, degrees)
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(h))


def is_near(a: Activity, b: Activity, near_km: float | None) -> bool:
    """Tell whether two activities lie within a distance, where one is asked for."""
    km = km_between(a, b)
    return near_km is not None and km is not None and km <= near_km


def is_close_call(a: Activity, b: Activity, near_km: float) -> bool:
    """Tell whether a distance is so close to the one asked for that the shape of the earth decides."""
    km = km_between(a, b)
    return km is not None and abs(km - near_km) <= near_km * ROUND_ERROR
