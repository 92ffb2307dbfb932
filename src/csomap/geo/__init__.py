"""The shapes of places: boundaries, point to place, neighbours, distances; names are in tables.places."""

from csomap.geo.boundaries import TOLERANCES, Boundaries, boundaries, point_to_place, points
from csomap.geo.install import install
from csomap.geo.locating import place_of_point
from csomap.geo.near import distance_km, near
from csomap.geo.neighbours import neighbours

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
