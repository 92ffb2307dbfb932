"""The browser's part of maps, served from here: a map needs no internet."""

import os
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

URL = "/app/static/vendor"
SCRIPTS = [("leaflet", "leaflet.js")]
STYLES = [("leaflet_css", "leaflet.css")]
_PACKAGE = "xstatic.pkg.leaflet"


def vendor(static: Path) -> Path:
    """Copy Leaflet out of its pinned package to static/vendor; return that folder.

    Safe to call at every start and from several processes at once: a file that is already there with
    the same content is left alone, and each new one appears whole.
    """
    target = static / "vendor"
    source = Path(str(files(_PACKAGE))) / "data"
    images = [f"images/{file.name}" for file in (source / "images").iterdir()]
    for name in [*(name for _, name in SCRIPTS + STYLES), *images]:
        copied(source / name, target / name)
    return target


def copied(source: Path, target: Path) -> None:
    """Copy a file, whole or not at all; one that is there already with the same content is left alone."""
    if target.exists() and target.read_bytes() == source.read_bytes():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(handle)
    shutil.copyfile(source, aside)
    Path(aside).chmod(0o644)
    Path(aside).replace(target)
