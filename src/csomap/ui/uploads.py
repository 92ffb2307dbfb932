"""A file from a stranger: held in a private folder under a harmless name, and gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 120  # bytes; file systems stop at 255, and nobody reads more
_NAMELESS = "file"


@contextmanager
def held(name: str, content: bytes) -> Iterator[Path]:
    """Write an upload where only this process' user can read it; remove it whatever happens."""
    with tempfile.TemporaryDirectory(prefix="csomap-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        yield path


def safe_name(name: str) -> str:
    """Return the last part of a file's name without invisible characters, at most 120 bytes long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    stem, ending = Path(visible).stem, Path(visible).suffix
    kept = stem.encode()[: max(_LONGEST - len(ending.encode()), 0)].decode(errors="ignore")
    return f"{kept}{ending}"[:_LONGEST] or _NAMELESS
