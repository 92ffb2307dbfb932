"""From files to the store: read, check, keep."""

import filecmp
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from csomap import importers
from csomap.errors import BadFile
from csomap.flow.accounting import Account
from csomap.flow.live import ID_LENGTH, SAMPLE
from csomap.flow.mappings import kept_mappings
from csomap.flow.memory import recall
from csomap.flow.resolving import resolvers
from csomap.importers.profile import Profile
from csomap.resolve.reports import to_reports
from csomap.settings import Settings, rules
from csomap.store import Import, Store

PREVIEWED = 20

Taken = Callable[[pd.DataFrame], None]


@dataclass(frozen=True)
class Ingested:
    """What became of a file: its import with the counts, and its problems (PROBLEMS columns).

    `is_new` is false where the same bytes with the same mapping were live already. `mapping` names
    the file's header of each field, `unmapped` the headers that no field takes; `preview` are its
    first rows (RAW).
    """

    entry: Import
    problems: pd.DataFrame
    is_new: bool
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    preview: pd.DataFrame


def check(
    path: Path,
    *,
    profile: str | None = None,
    mapping: Profile | None = None,
    period: importers.Days | None = None,
    sheet: str = "",
    settings: Settings | None = None,
    progress: importers.Progress | None = None,
) -> Ingested:
    """Read a file and say what would become of it; nothing is stored.

    With `settings`, what people decided there holds. The other arguments are those of `importers.opened`.

    Raises BadFile if it cannot be read at all, Cancelled if `progress` does.
    """
    way = {"profile": profile, "mapping": mapping, "period": period, "sheet": sheet}
    file = _opened(path, settings, progress=progress, **way)
    return _told(file, path, settings, lambda rows: None)


def ingest(
    path: Path,
    settings: Settings,
    *,
    profile: str | None = None,
    mapping: Profile | None = None,
    period: importers.Days | None = None,
    sheet: str = "",
    replaces: str = "",
    progress: importers.Progress | None = None,
) -> Ingested:
    """Bring a file in: all of its accepted rows or none.

    Raises BadFile if it cannot be read at all or no row can be used, BadInput if `replaces` is not a live
    import, Cancelled if `progress` does; then nothing is stored.
    """
    way = {"profile": profile, "mapping": mapping, "period": period, "sheet": sheet}
    file = _opened(path, settings, progress=progress, **way)
    store = Store(settings)
    with store.aside() as aside:
        read = _told(file, path, settings, aside.write)
        if not read.entry.accepted + read.entry.review:
            raise BadFile("nothing_usable", rejected=read.entry.rejected, read=read.entry.rows_read)
        file.progress("keep", 0, 1)
        is_new = store.add(aside, read.entry, replaces)
    return replace(read, is_new=is_new)


def _opened(path: Path, settings: Settings | None, **given: Any) -> importers.Opened:
    return importers.opened(path, limits=rules()["limits"], kept=kept_mappings(settings), **given)


def _told(file: importers.Opened, path: Path, settings: Settings | None, take: Taken) -> Ingested:
    """Read all blocks once, giving each to `take`."""
    import_id = file.fingerprint[:ID_LENGTH]
    is_sample = filecmp.cmp(path, SAMPLE, shallow=False)
    wanted = resolvers(settings, sample=is_sample, decided=recall(settings).decided)
    account, known, problems = Account(), dict[str, Any](), [file.problems]
    preview: list[pd.DataFrame] = []
    for rows, found in file.blocks():
        resolved = to_reports(rows, import_id, wanted, file.mapping, known)
        account.take(rows, resolved.reports)
        problems.append(importers.in_order([found, resolved.problems]))
        preview = preview or [rows.head(PREVIEWED)]
        take(rows)
    profile, sheet = file.layout.profile.name, file.layout.sheet.name
    entry = Import(import_id, path.name, profile, sheet, is_sample=is_sample, **account.counts())
    told = importers.in_order(problems)
    return Ingested(entry, told, True, file.mapping, tuple(file.unmapped), pd.concat(preview))
