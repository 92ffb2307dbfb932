"""Imports as immutable Parquet files, named by the hash of their content and mapping."""

import os
import time
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from csomap.tables.schemas import RAW, columns

_DAY = 24 * 60 * 60


class Aside:
    """A file of raw rows on its way: written aside, block by block, and then renamed in one step.

    As a context it leaves nothing behind that was not kept; nothing is made before the first block.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"{uuid4().hex}.part"
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> "Aside":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._close()
        finally:
            self._path.unlink(missing_ok=True)

    def write(self, rows: pd.DataFrame) -> None:
        """Write the next raw rows (RAW columns) to disk."""
        table = pa.Table.from_pandas(rows, preserve_index=False)
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._path, table.schema)
        self._writer.write_table(table)

    def keep(self, import_id: str) -> Path:
        """Give the file the name of an import, whole or not at all; return it.

        It is forced to disk before. A file of that name holds the same content already and is left
        alone.
        """
        target = path(self._folder, import_id)
        self._close()
        if not target.exists():
            _force(self._path)
            self._path.replace(target)
            _force(self._folder)
        return target

    def _close(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()


def keep(rows: pd.DataFrame, folder: Path, import_id: str) -> Path:
    """Write the raw rows of an import, whole or not at all; return the file."""
    with Aside(folder) as aside:
        aside.write(rows)
        return aside.keep(import_id)


def path(folder: Path, import_id: str) -> Path:
    """Return where the raw rows of an import lie."""
    return folder / f"{import_id}.parquet"


def fetch(folder: Path, import_id: str) -> pd.DataFrame:
    """Return the raw rows of an import (RAW columns); a text column younger than the file is empty."""
    kept = pd.read_parquet(path(folder, import_id))
    return kept.assign(**{name: "" for name in columns(RAW) if name not in kept})[columns(RAW)]


def sweep(folder: Path, known: set[str]) -> None:
    """Remove what a crash left behind: files aside, and files that no catalogue row names.

    Files younger than a day stay: another process may be about to name them.
    """
    for left in [*folder.glob("*.part"), *folder.glob("*.parquet")]:
        if left.stem not in known and time.time() - left.stat().st_mtime > _DAY:
            left.unlink(missing_ok=True)


def clear(folder: Path, known: set[str]) -> None:
    """Remove every file that no catalogue row names, however young."""
    for left in [*folder.glob("*.part"), *folder.glob("*.parquet")]:
        if left.stem not in known:
            left.unlink(missing_ok=True)


def _force(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
