"""Bytes to sheets of text, or a refusal that says what the file is and what to do."""

from dataclasses import dataclass
from pathlib import Path

from csomap.errors import BadFile
from csomap.importers import delimited, workbook
from csomap.importers.limits import Limits

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"PAR1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Sheet:
    """One sheet: row n, as a spreadsheet numbers it, is `rows[n - 1]`; a CSV is a sheet without a name."""

    name: str
    rows: list[list[str]]


def content(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a file that is there, holds something and is not too large.

    Raises BadFile.
    """
    if not path.is_file():
        raise BadFile("file_missing", name=path.name)
    size = path.stat().st_size
    if size == 0:
        raise BadFile("file_empty", name=path.name)
    if size > limits.max_file_mb * 1_000_000:
        raise BadFile("file_too_large", name=path.name, limit=limits.max_file_mb)
    return path.read_bytes()


def sheets(data: bytes, limits: Limits) -> list[Sheet]:
    """Return the sheets of a CSV or XLSX; the kind is told from the bytes, never from the name.

    Raises BadFile.
    """
    if data.startswith(_OLE2):
        raise BadFile("file_locked" if _ENCRYPTED in data else "file_old_excel")
    if data.startswith(_OTHER_KINDS):
        raise BadFile("file_not_a_table")
    found = workbook.read(data, limits) if data.startswith(_ZIP) else [("", delimited.read(data, limits))]
    if not any(cell.strip() for _, rows in found for row in rows for cell in row):
        raise BadFile("file_no_cells")
    return [Sheet(name, rows) for name, rows in found]
