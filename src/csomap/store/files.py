"""Imports as immutable Parquet files, named by the hash of their content and mapping."""

import os
import time
from pathlib import Path
from uuid import uuid4

import pandas as pd

from csomap.tables.schemas import RAW, columns

_DAY = 24 * 60 * 60


def keep(rows: pd.DataFrame, folder: Path, import_id: str) -> Path:
    """Write the raw rows of an import, whole or not at all; return the file.

    The file is written aside, forced to disk and then renamed in one step. A file of that name
    holds the same content already and is left alone.
    """
    target = path(folder, import_id)
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{import_id}.{uuid4().hex}.part"
    try:
        rows.to_parquet(aside, index=False)
        _force(aside)
        aside.replace(target)
        _force(folder)
    finally:
        aside.unlink(missing_ok=True)
    return target


def path(folder: Path, import_id: str) -> Path:
    """Return where the raw rows of an import lie."""
    return folder / f"{import_id}.parquet"


def fetch(folder: Path, import_id: str) -> pd.DataFrame:
    """Return the raw rows of an import (RAW columns); a text column that is younger than the file is empty."""
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
