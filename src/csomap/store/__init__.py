"""What was reported (Parquet files, never changed) and what people decided about it (SQL)."""

from csomap.store.catalogue import Import, Store
from csomap.store.decisions import Decision, Decisions, Held

__all__ = ["Decision", "Decisions", "Held", "Import", "Store"]
