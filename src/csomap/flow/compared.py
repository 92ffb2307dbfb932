"""What a file changes against an earlier import, before anything is stored."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from csomap import importers
from csomap.analysis.changes import Changes, changes
from csomap.flow.mappings import kept_mappings
from csomap.settings import Settings, rules
from csomap.store import Store


def find_changes(path: Path, settings: Settings, earlier: str, **given: Any) -> Changes:
    """Return what a file changes against the import `earlier`; `given` as for importers.opened.

    The file is read twice, block by block. Raises BadFile if it cannot be read, Cancelled if `progress` does.
    """

    def rows() -> Iterator[pd.DataFrame]:
        kept = kept_mappings(settings)
        file = importers.opened(path, limits=rules()["limits"], kept=kept, **given)
        return (block for block, _ in file.blocks())

    before = Store(settings).rows(earlier)
    return changes(lambda: [before], rows)
