"""Overlaps from a file to a file, for more activities than memory holds."""

import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _

from csomap.engine import once, run
from csomap.flow import blocks
from csomap.matching.levels import active
from csomap.matching.overlaps import overlaps
from csomap.tables import schemas
from csomap.tables.places import check_place
from csomap.tables.query import PCODE_LENGTH, Query
from csomap.tables.wanted import days, wanted

_NEEDED = [*blocks.COMPARED, "status"]
_NOWHERE = -1
_CUTTING = {"memory_limit": "1GB", "preserve_insertion_order": False}


def find_overlaps_of_file(file: Path, query: Query, into: Path) -> None:
    """Write OVERLAPS of a Parquet file of ACTIVITIES to another one, for very many rows.

    A folder beside `into` holds the rows of the file block by block until all is done. Raises BadInput for
    a code or level that does not exist.
    """
    check_place(query.place)
    query.checked()
    with tempfile.TemporaryDirectory(dir=into.parent) as place:
        found = Path(place) / "found.parquet"
        parts = _cut(file, Path(place) / "blocks")
        nowhere = parts.pop(_NOWHERE, [])
        if not parts:
            schemas.none(schemas.OVERLAPS).to_parquet(into, index=False)
            return
        _write((_block(_read(parts[number]), query) for number in sorted(parts)), found)
        _write(_counted(found, nowhere, query), into)


def _cut(file: Path, folder: Path) -> dict[int, list[Path]]:
    """Write the activities of each block into files of its own; return those of each."""
    connection = ibis.duckdb.connect(**_CUTTING, temp_directory=str(folder.parent))
    rows = connection.read_parquet(file).select(*_NEEDED)
    named = rows.mutate(governorate=_.pcode.substr(0, PCODE_LENGTH["1"]))
    # Counted in a question of its own, or DuckDB would keep all rows to read them twice.
    counts = named.governorate.value_counts(name="rows").to_pandas()
    numbers = connection.create_table("numbers", _numbers(counts))
    cut = named.join(numbers, "governorate").drop("governorate")
    connection.con.sql(connection.compile(cut)).write_parquet(str(folder), partition_by=["block"])
    connection.disconnect()
    return {int(part.name.partition("=")[2]): sorted(part.iterdir()) for part in folder.iterdir()}


def _numbers(counts: pd.DataFrame) -> pd.DataFrame:
    """Return governorate and block."""
    number = blocks.numbers(counts.set_index("governorate")["rows"])
    number[number.index == ""] = _NOWHERE
    return number.rename("block").reset_index()


def _read(files: list[Path]) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(file, columns=_NEEDED, partitioning=None) for file in files])


def _block(rows: pd.DataFrame, query: Query) -> pd.DataFrame:
    return run(partial(_of_rows, query=query), memo=("file", query), rows=rows, **blocks.trees(query))


def _of_rows(rows: ir.Table, steps: ir.Table, groups: ir.Table, *, query: Query) -> ir.Table:
    seen = once(active(rows, **wanted(query), **days(query)), "active")
    coarser = once(_could(rows, query), "coarser") if blocks.has_codes(query) else seen
    return overlaps(seen, coarser, steps, groups, area_level=query.area_level, min_days=query.min_days)


def _could(rows: ir.Table, query: Query) -> ir.Table:
    return active(rows, **wanted(query, coarser=True), **days(query))


def _counted(found: Path, nowhere: list[Path], query: Query) -> Iterator[pd.DataFrame]:
    """Yield the overlaps of each block, with what has no place counted."""
    file, first = pq.ParquetFile(found), 0
    more = _placeless(found, nowhere, query)
    for number in range(file.num_row_groups):
        rows = file.read_row_group(number).to_pandas()
        yield blocks.counted(rows, more.iloc[first : first + len(rows)])
        first += len(rows)


def _placeless(found: Path, nowhere: list[Path], query: Query) -> "pd.Series[int]":
    runs = pd.read_parquet(found, columns=blocks.COUNTED)
    if not nowhere:
        return pd.Series(0, runs.index)
    could = run(partial(_could, query=query), memo=("could", query), rows=_read(nowhere))
    return blocks.placeless(runs, could, query)


def _write(frames: Iterable[pd.DataFrame], into: Path) -> None:
    writer = None
    for frame in frames:
        table = pa.Table.from_pandas(frame, preserve_index=False)
        writer = writer or pq.ParquetWriter(into, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
