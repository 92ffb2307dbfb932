"""A file to sheets of text, or a refusal that says what the file is and what to do."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from csomap.errors import BadFile
from csomap.importers import delimited, geojson, iati, kobo, workbook
from csomap.importers.limits import Limits
from csomap.importers.sheets import Sheet

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"PAR1")
_START = 4096
# What databases export under the name of a workbook: web pages, and the XML of Excel 2003.
_WEB_PAGE = (b"<html", b"<table", b"<!doctype html", b"schemas-microsoft-com:office")


@dataclass(frozen=True)
class Tables:
    """What a file holds: its sheets, and the SHA-256 of its bytes."""

    sheets: Sequence[Sheet]
    digest: bytes


def opened(path: Path, limits: Limits) -> Tables:
    """Return the sheets of a file; the kind is told from the bytes, never from the name.

    A CSV is read as it is asked for, block by block; every other kind is taken into memory.

    Raises BadFile.
    """
    start = _start(path, limits)
    if start.startswith(_OTHER_KINDS):
        raise BadFile("file_not_a_table")
    found = _sheets(path, start, limits)
    if not any(sheet.has_cells() for sheet in found.sheets):
        raise BadFile("file_no_cells")
    return found


def _start(path: Path, limits: Limits) -> bytes:
    """Return the first bytes of a file that is there, holds something and is not too large."""
    if not path.is_file():
        raise BadFile("file_missing", name=path.name)
    size = path.stat().st_size
    if size == 0:
        raise BadFile("file_empty", name=path.name)
    if size > limits.max_file_mb * 1_000_000:
        raise BadFile("file_too_large", name=path.name, limit=limits.max_file_mb)
    with path.open("rb") as stream:
        return stream.read(_START)


def _sheets(path: Path, start: bytes, limits: Limits) -> Tables:
    """Choose the reader by the first bytes: this is the one place to add a kind of file."""
    if start.startswith(_OLE2):
        data = path.read_bytes()
        return Tables(workbook.read_old(data, limits), hashlib.sha256(data).digest())
    if start.startswith(_ZIP):
        data = path.read_bytes()
        return Tables(kobo.joined(workbook.read(data, limits)), hashlib.sha256(data).digest())
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith(b"{"):
        data = path.read_bytes()
        return Tables(geojson.read(data, limits), hashlib.sha256(data).digest())
    if plain.startswith(b"<") and iati.ROOT in start:
        return Tables(iati.read(path, limits), hashlib.sha256(path.read_bytes()).digest())
    if _is_web_page(plain):
        raise BadFile("file_web_page")
    sheet, digest = delimited.read(path, limits)
    return Tables([sheet], digest)


def _is_web_page(start: bytes) -> bool:
    told = start.replace(b"\x00", b"").lstrip(b"\xff\xfe").lstrip().lower()
    return told.startswith(b"mime-version:") or (
        told.startswith(b"<") and any(mark in told for mark in _WEB_PAGE)
    )
