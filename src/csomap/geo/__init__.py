"""The shapes of places: boundaries, point to place, neighbours, distances; names are in tables.places."""

from csomap.geo.boundaries import TOLERANCES, Boundaries, boundaries, neighbours, point_to_place, points
from csomap.geo.install import install
from csomap.geo.locating import place_of_point
from csomap.geo.near import distance_km, near

__all__ = [
    "TOLERANCES",
    "Boundaries",
    "boundaries",
    "distance_km",
    "install",
    "near",
    "neighbours",
    "place_of_point",
    "point_to_place",
    "points",
]
