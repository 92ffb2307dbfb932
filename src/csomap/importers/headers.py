"""The headers of a file as its fingerprint: the same next month, whatever the file and sheet are called."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from csomap.importers import hxl, profile, tabular
from csomap.importers.cells import clean
from csomap.importers.limits import Limits
from csomap.importers.profile import Profile
from csomap.importers.sheets import Sheet
from csomap.settings import rules

OWN = "mapping_"  # how the names of layouts begin that people chose by hand
_FEWEST = 2
_SHOWN = 12


def fingerprint(headers: Sequence[str]) -> str:
    """Return the SHA-256 (hexadecimal) of headers as they are compared, in whatever order they stand."""
    names = sorted(name for header in headers if (name := profile.compared(clean(header))))
    return hashlib.sha256(json.dumps(names, ensure_ascii=False).encode()).hexdigest()


def own_name(key: str) -> str:
    """Return the name of the layout that people chose for the headers with this fingerprint."""
    return f"{OWN}{key[:_SHOWN]}"


def named(key: str, content: Mapping[str, Any]) -> Profile:
    """Return the profile of a mapping that was made for the headers with this fingerprint."""
    return profile.parse(own_name(key), content)


def recognised(sheets: Sequence[Sheet], kept: Mapping[str, Mapping[str, Any]]) -> Profile | None:
    """Return the kept mapping (fingerprint -> content) for exactly the headers of a sheet, or None."""
    found = (fingerprint(row) for row in _rows(sheets)) if kept else iter(())
    return next((named(key, kept[key]) for key in found if key in kept), None)


def of(path: Path, mapping: Profile, limits: Mapping[str, int] | None = None) -> str:
    """Return the fingerprint of the row of a file that holds most headers of a mapping; "" if none does.

    Raises BadFile for a file that cannot be read at all.
    """
    sheets = tabular.opened(path, Limits(**(limits or rules()["limits"]))).sheets
    hits = [(mapping.header_hits([clean(cell) for cell in row]), row) for row in _rows(sheets)]
    most, row = max(hits, key=lambda found: found[0], default=(0, ()))
    return fingerprint(row) if most else ""


def _rows(sheets: Sequence[Sheet]) -> Iterator[Sequence[str]]:
    for sheet in sheets:
        for row in sheet.head[: hxl.HEAD_ROWS]:
            if sum(bool(clean(cell)) for cell in row) >= _FEWEST:
                yield row
