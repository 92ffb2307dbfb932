"""File to raw rows, no judgement: `opened` and `read`, what they return, and `guess` for unknown layouts."""

from csomap.importers.guess import Proposal, guess
from csomap.importers.limits import Limits
from csomap.importers.reading import Days, Imported, Opened, Progress, in_order, opened, read

__all__ = [
    "Days",
    "Imported",
    "Limits",
    "Opened",
    "Progress",
    "Proposal",
    "guess",
    "in_order",
    "opened",
    "read",
]
