"""The resolvers of an installation: the tables, what people decided, and its boundaries."""

from dataclasses import replace
from functools import partial

from csomap import geo
from csomap.resolve import reference
from csomap.resolve.answers import Resolvers
from csomap.resolve.decided import NOTHING, Decided
from csomap.settings import Settings


def resolvers(settings: Settings | None, *, sample: bool = False, decided: Decided = NOTHING) -> Resolvers:
    """Return everything that turns text and coordinates into codes.

    Coordinates are looked up in the boundaries installed in `settings`, else in the approximate default ones.
    """
    known = geo.boundaries(settings.boundaries) if settings else geo.Boundaries()
    point = partial(geo.place_of_point, known=known)
    return replace(reference.resolvers(sample=sample, decided=decided), point=point)


def borders(settings: Settings) -> str:
    """Return a name for the official boundaries of an installation, "" where it has none."""
    installed = geo.boundaries(settings.boundaries).installed
    return f"@{installed.name}" if installed else ""
