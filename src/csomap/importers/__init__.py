"""File to raw rows, no judgement: `read` and what it returns."""

from csomap.importers.limits import Limits
from csomap.importers.reading import Days, Imported, read

__all__ = ["Days", "Imported", "Limits", "read"]
