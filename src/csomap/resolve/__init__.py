"""Text to code, with reasons."""

from csomap.resolve.normalise import normalise
from csomap.resolve.places import PlaceResolver
from csomap.resolve.resolution import Resolution

__all__ = ["PlaceResolver", "Resolution", "normalise"]
