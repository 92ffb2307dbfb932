"""A file from a stranger: held in a private folder under a harmless name, and gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csomap.ui.view import View

_LONGEST = 120  # bytes; file systems stop at 255, and nobody reads more
_NAMELESS = "file"
_TO_CHOOSE = ':not([kind="minimal"]):not([kind="borderlessIcon"])'  # the others remove and add files


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


def dressed(view: View, key: str) -> str:
    """Return the style that puts the reader's words where the uploader has English ones of its own.

    `key` names the container that the uploader stands in.
    """
    words = {name: view.t(f"import.upload.{name}").replace('"', "”") for name in ("instructions", "button")}
    zone = f'.st-key-{key} [data-testid="stFileUploaderDropzone'
    return f"""<style>
{zone}Instructions"]>*{{display:none}}
{zone}Instructions"]::after{{content:"{words["instructions"]}"}}
{zone}"] button{_TO_CHOOSE} *{{display:none}}
{zone}"] button{_TO_CHOOSE}::after{{content:"{words["button"]}"}}
</style>"""
