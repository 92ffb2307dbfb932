"""The letters of reports, out of pinned packages: no font of the machine and no internet is needed."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import matplotlib
from matplotlib.ft2font import FT2Font


@cache
def paths() -> tuple[Path, ...]:
    """Return the font files: one that covers Arabic, Sorani and English, then one for rarer signs."""
    arabic = next((Path(str(files("fontpkg_noto_sans_arabic"))) / "files").glob("*.ttf"))
    latin = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return arabic, latin / "DejaVuSans.ttf", latin / "DejaVuSans-Bold.ttf"


@cache
def families() -> list[str]:
    """Return what the fonts are called, in the order in which letters are looked for in them."""
    return list(dict.fromkeys(FT2Font(str(path)).family_name for path in paths()))
