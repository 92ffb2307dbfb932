"""The browser's part of maps, served from here: a map needs no internet."""

import os
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

URL = "/app/static/vendor"
SCRIPTS = [("leaflet", "leaflet.js"), ("leaflet_markercluster", "leaflet.markercluster.js")]
STYLES = [("leaflet_css", "leaflet.css")]
_LEAFLET, _CLUSTERS = "xstatic.pkg.leaflet", "xstatic.pkg.leaflet_markercluster"


def vendor(static: Path) -> Path:
    """Copy Leaflet and its clusters out of their pinned packages to static/vendor; return that folder.

    Safe to call at every start and from several processes at once: a file that is already there with
    the same content is left alone, and each new one appears whole.
    """
    target = static / "vendor"
    leaflet, clusters = (Path(str(files(package))) / "data" for package in (_LEAFLET, _CLUSTERS))
    images = [f"images/{file.name}" for file in (leaflet / "images").iterdir()]
    for name in ("leaflet.js", "leaflet.css", *images):
        copied(leaflet / name, target / name)
    copied(clusters / "leaflet.markercluster.js", target / "leaflet.markercluster.js")
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
