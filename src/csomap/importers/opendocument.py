"""The cells of an ODS as its XML tells them: repeated rows and columns count as often as they say."""

import re
import zipfile

from csomap.errors import BadFile
from csomap.importers.limits import Limits

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_START = 1 << 20

_TAG = re.compile(
    rb"""<(?:[^\s<>:/]+:)?(table|table-row|(?:covered-)?table-cell)(?=[\s/>])"""
    rb"""([^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)>"""
)
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']\s*(\d{1,18})""")
_VALUE = re.compile(rb"""value-type\s*=|formula\s*=""")


def is_one(archive: zipfile.ZipFile) -> bool:
    """Tell whether a zip says that it is an ODS. Raises BadFile if it is one with a password."""
    if not {"mimetype", "content.xml"} <= set(archive.namelist()):
        return False
    with archive.open("mimetype") as stream:
        if stream.read(len(MIMETYPE)) != MIMETYPE:
            return False
    if _MANIFEST in archive.namelist():
        with archive.open(_MANIFEST) as stream:
            if b"encryption-data" in stream.read(_START):
                raise BadFile("file_locked")
    return True


class Spans:
    """Follows the rows and cells of content.xml and measures the area that holds values."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = self._rows = self._column = 0
        self._last_row = self._last_column = self._before = 0

    def follow(self, text: bytes) -> None:
        """Take in the next whole tags; raises BadFile as soon as they are too many."""
        for tag, attributes in _TAG.findall(text):
            found = _REPEATED.search(attributes)
            repeated = int(found[1]) if found else 1
            if tag == b"table":
                self._before += self._last_row * self._last_column
                self._row = self._rows = self._last_row = self._last_column = 0
            elif tag == b"table-row":
                self._row, self._rows, self._column = self._row + self._rows, repeated, 0
            else:
                self._column += repeated
                if _VALUE.search(attributes) or not attributes.endswith(b"/"):
                    self._fill()

    def _fill(self) -> None:
        self._last_row = max(self._last_row, self._row + self._rows)
        self._last_column = max(self._last_column, self._column)
        area = self._before + self._last_row * self._last_column
        self._limits.refuse_size(self._last_row, self._last_column, area)
