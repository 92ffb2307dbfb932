"""The encoding of a text file, from all of its bytes, read once and never held together."""

import codecs
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from csomap.errors import BadFile

CHUNK = 1 << 20  # even, so that the halves of UTF-16 stay together

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC_WORD = re.compile(r"(?<![A-Za-z])[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]{2,}(?![A-Za-z])")
_MIXED_WORD = re.compile(r"[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]")


def chunks(path: Path) -> Iterator[bytes]:
    """Return the bytes of a file, piece by piece."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


class Survey:
    """What all bytes of a file tell: their SHA-256, the line ends, the encoding."""

    def __init__(self, path: Path, watch: Callable[[bytes], None] = lambda chunk: None) -> None:
        self._path = path
        digest = hashlib.sha256()
        self._zeros, self._size, self.lines = [0, 0], 0, 0
        decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_utf8, self._mark = True, ""
        for chunk in chunks(path):
            self._mark = self._mark if self._size else _mark(chunk)
            digest.update(chunk)
            self._count(chunk)
            self._is_utf8 = self._is_utf8 and _decodes(decoder, chunk)
            watch(chunk)
        self._is_utf8 = self._is_utf8 and _decodes(decoder, b"", final=True)
        self.digest = digest.digest()

    def _count(self, chunk: bytes) -> None:
        self._size += len(chunk)
        self.lines += max(chunk.count(b"\n"), chunk.count(b"\r"))
        if b"\x00" in chunk:
            for side in (0, 1):
                self._zeros[side] += chunk[side::2].count(0)

    @property
    def encoding(self) -> str:
        """UTF-8, UTF-16 (marked or not), Windows-1256 or Windows-1252.

        Windows-1256 is chosen where it turns the bytes into Arabic words: general detectors need
        far more text than a short table of names has. Raises BadFile if the bytes are no text.
        """
        if self._mark:
            return self._mark
        if any(self._zeros):
            return self._unmarked_utf16()
        return "utf-8" if self._is_utf8 else _eight_bit(self._path)

    def _unmarked_utf16(self) -> str:
        even, odd = self._zeros
        # Delimiters, digits and line ends have a zero half, always on the same side.
        if max(even, odd) < 20 * min(even, odd) or max(even, odd) < self._size / 100:
            raise BadFile("file_not_a_table")
        return "utf-16-le" if odd > even else "utf-16-be"


def _mark(chunk: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if chunk.startswith(mark)), "")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _eight_bit(path: Path) -> str:
    words = mixed = 0
    with path.open(encoding="cp1256", newline="") as text:
        while lines := text.readlines(CHUNK):  # whole lines, so that no word is cut
            arabic = "".join(lines)
            words += len(_ARABIC_WORD.findall(arabic))
            mixed += len(_MIXED_WORD.findall(arabic))
    return "cp1256" if words > mixed else "cp1252"
