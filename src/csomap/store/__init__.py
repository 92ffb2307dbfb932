"""What was reported (Parquet files, never changed) and what people decided about it (SQL)."""

from csomap.store.catalogue import Import, Store
from csomap.store.database import exists, place
from csomap.store.decisions import Decision, Decisions, Expected, Held, Key

__all__ = ["Decision", "Decisions", "Expected", "Held", "Import", "Key", "Store", "exists", "place"]
