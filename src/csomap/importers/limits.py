"""How large a file may be before it is refused whole."""

from dataclasses import dataclass

from csomap.errors import BadFile


@dataclass(frozen=True)
class Limits:
    """Bounds on one file; a shared server must survive whatever is uploaded to it.

    `max_file_mb` is the file as it lies on disk, `max_unpacked_mb` what a workbook unpacks to
    (both in megabytes of 1,000,000 bytes); `max_cells` is rows x columns of the used area,
    which a reader has to hold in memory even where most of it is empty.
    """

    max_file_mb: int = 300
    max_unpacked_mb: int = 1500
    max_rows: int = 1_100_000
    max_columns: int = 500
    max_cells: int = 40_000_000

    def refuse_size(self, rows: int, columns: int, cells: int) -> None:
        """Raise BadFile if a sheet has, or spans, more rows, columns or cells than it may."""
        if rows > self.max_rows:
            raise BadFile("file_too_many_rows", limit=self.max_rows)
        if columns > self.max_columns:
            raise BadFile("file_too_many_columns", limit=self.max_columns)
        if cells > self.max_cells:
            raise BadFile("file_too_many_cells", limit=self.max_cells)
