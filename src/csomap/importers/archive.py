"""Whether a zip is a workbook (XLSX, ODS) that is safe to open: nothing is trusted that it says of itself."""

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from csomap.errors import BadFile
from csomap.importers import opendocument
from csomap.importers.limits import Limits

_CHUNK = 1 << 20
_MEGABYTE = 1_000_000
_TAG = re.compile(rb"""<(?:[^\s<>:/]+:)?(row|c)(?=[\s/>])([^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)>""")
_ANY_CELL = re.compile(rb"<(?:[^\s<>:/]+:)?c[\s/>]")
_USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>')
_WHOLE = re.compile(rb"""<[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d*)""")
_FORMULA_OR_ERROR = re.compile(rb"""<(?:[^\s<>:/]+:)?f[\s/>]|\st\s*=\s*["']e["']""")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check(data: bytes, limits: Limits) -> frozenset[str]:
    """Refuse a zip that is broken, locked, no XLSX or ODS, or larger inside than `limits` allow.

    Returns the names of the members of an XLSX that hold formulas or error values. Every member is
    unpacked once, as a stream, so that sizes are measured and not believed.

    Raises BadFile.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_locked(members)
            _refuse_declared_size(members, limits)
            if "xl/workbook.xml" in archive.namelist():
                return _scanned(archive, limits, Scan)
            if opendocument.is_one(archive):
                _scanned(archive, limits, OpenScan)
                return frozenset()
            raise BadFile("file_not_a_table")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise BadFile("file_workbook_broken") from error


def _refuse_locked(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise BadFile("file_locked")


def _refuse_declared_size(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(member.file_size for member in members) > limits.max_unpacked_mb * _MEGABYTE:
        raise BadFile("file_unpacks_too_large", limit=limits.max_unpacked_mb)


def _scanned(archive: zipfile.ZipFile, limits: Limits, kind: "type[Scan]") -> frozenset[str]:
    marked, left = set(), limits.max_unpacked_mb * _MEGABYTE
    for member in archive.infolist():
        scan = kind(limits)
        for chunk in _unpacked(archive, member, left):
            left -= len(chunk)
            if left < 0:
                raise BadFile("file_unpacks_too_large", limit=limits.max_unpacked_mb)
            scan.take(chunk)
        if scan.has_formulas_or_errors:
            marked.add(member.filename)
    return frozenset(marked)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    # A reader stops at the size the zip declares, other readers do not: declare more than is allowed.
    unbelieved = copy.copy(member)
    unbelieved.file_size = most + 2 * _CHUNK
    with archive.open(unbelieved) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


class Scan:
    """Follows the rows and cells of one XML member through its chunks."""

    def __init__(self, limits: Limits) -> None:
        self.has_formulas_or_errors = False
        self._limits = limits
        self._is_xml: bool | None = None
        self._tail = b""
        self._row = self._column = self._cells = 0
        self._last_row = self._last_column = 0

    def take(self, chunk: bytes) -> None:
        """Take in the next piece of the member; raises BadFile as soon as it is too large or unsafe."""
        if self._is_xml is None:
            self._is_xml = chunk.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
        if not self._is_xml:
            return
        text = self._without_tail(self._tail + chunk)
        if _DECLARATION.search(text):
            raise BadFile("file_unsafe")
        self.has_formulas_or_errors |= _FORMULA_OR_ERROR.search(text) is not None
        self._follow(text)

    def _without_tail(self, text: bytes) -> bytes:
        cut = text.rfind(b"<")
        whole = cut < 0 or _WHOLE.match(text, cut)
        self._tail = b"" if whole else text[cut:]
        if len(self._tail) > _CHUNK:
            raise BadFile("file_workbook_broken")
        return text if whole else text[:cut]

    def _follow(self, text: bytes) -> None:
        usual = _USUAL_CELL.findall(text)
        if len(usual) == len(_ANY_CELL.findall(text)):
            self._follow_usual(usual)
        else:
            self._follow_any(text)
        span = self._last_row * self._last_column
        self._limits.refuse_size(self._last_row, self._last_column, max(self._cells, span))

    def _follow_usual(self, cells: list[tuple[bytes, bytes, bytes]]) -> None:
        filled = [(column, row) for column, row, rest in cells if not rest.endswith(b"/")]
        self._cells += len(filled)
        columns, rows = {column for column, _ in filled}, {row for _, row in filled}
        self._last_column = max([self._last_column, *map(column_number, columns)])
        self._row = self._last_row = max([self._last_row, *map(int, rows)])

    def _follow_any(self, text: bytes) -> None:
        for tag, attributes in _TAG.findall(text):
            place = _PLACE.search(attributes)
            if tag == b"row":
                self._row = int(place[2] or 0) if place else self._row + 1
                self._column = 0
                continue
            self._column = column_number(place[1]) if place and place[1] else self._column + 1
            if place and place[2]:
                self._row = int(place[2])
            if not attributes.endswith(b"/"):
                self._count()

    def _count(self) -> None:
        self._cells += 1
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)


class OpenScan(Scan):
    """Follows one XML member of an ODS."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._spans = opendocument.Spans(limits)

    def _follow(self, text: bytes) -> None:
        self._spans.follow(text)


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters, A = 1."""
    number = 0
    for character in letters.upper():
        number = number * 26 + character - 64
    return number
