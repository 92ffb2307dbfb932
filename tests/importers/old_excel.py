"""A workbook of Excel 97 to 2003 by hand: one sheet of texts and numbers in an OLE 2 file."""

import struct
from collections.abc import Sequence

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALLEST = 4096  # a shorter stream would have to lie among the small ones


def xls_bytes(rows: Sequence[Sequence[object]], *, name: str = "Sheet1", locked: bool = False) -> bytes:
    """Return the workbook; `locked` says that it has a password, without really hiding anything."""
    return _container(_globals(name, locked) + _sheet(rows))


def _record(code: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(content)) + content


def _globals(name: str, locked: bool) -> bytes:
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if locked:
        start += _record(0x002F, struct.pack("<HHHH", 1, 1, 1, 2) + bytes(48))
    title = struct.pack("<BB", len(name), 0) + name.encode("latin-1")
    end = len(start) + 4 + 6 + len(title) + 4
    return start + _record(0x0085, struct.pack("<IH", end, 0) + title) + _record(0x000A)


def _sheet(rows: Sequence[Sequence[object]]) -> bytes:
    cells = [_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row)]
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    return start + b"".join(cells) + _record(0x000A)


def _cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, float):
        return _record(0x0203, place + struct.pack("<d", value))
    text = str(value)
    return _record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _container(stream: bytes) -> bytes:
    """Put one stream called Workbook into an OLE 2 file: header, allocation table, directory, content."""
    stream = stream.ljust(_SMALLEST, b"\0")
    content = stream.ljust(-(-len(stream) // _SECTOR) * _SECTOR, b"\0")
    count = len(content) // _SECTOR
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    table = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    root = _entry("Root Entry", 5, 1, _END, 0)
    book = _entry("Workbook", 2, _FREE, 2, len(stream))
    return header + table + (root + book).ljust(_SECTOR, b"\0") + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    title = name.encode("utf-16-le")
    told = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title) + 2, kind, 1, _FREE, _FREE, child)
    return told + bytes(36) + struct.pack("<IQ", start, size)
