"""What was reported (Parquet files, never changed) and what people decided about it (SQL)."""

from csomap.store.catalogue import Import, Store

__all__ = ["Import", "Store"]
