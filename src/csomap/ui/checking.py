"""What a file would bring, before anything is stored."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from csomap import flow
from csomap.analysis.changes import Changes
from csomap.flow import mappings
from csomap.importers import Days
from csomap.importers.profile import Profile
from csomap.resolve.countries import IRAQ, country
from csomap.settings import Settings
from csomap.store import Import, Store
from csomap.tables.known import last_day
from csomap.ui.uploads import held
from csomap.ui.work import Progress

PREVIEWED = 20
_SAME_NAME = 80  # likeness of two names of files, numbers left out, from which they are of one source


@dataclass(frozen=True)
class Wanted:
    """How a person wants a file to be read: "" and None leave it to the file.

    `mapping` are the columns as they were chosen by hand, `content` the same as it is kept after the import.
    """

    profile: str = ""
    period: Days | None = None
    mapping: Profile | None = None
    content: Mapping[str, Any] | None = None
    sheet: str = ""

    @property
    def given(self) -> dict[str, Any]:
        named = {"profile": self.profile or None, "sheet": self.sheet}
        return {**named, "period": self.period, "mapping": self.mapping}


@dataclass(frozen=True)
class Checked:
    """A file as it was read.

    `mapping` names the file's header of each field, `preview` are its first rows (RAW columns that
    the file has). `abroad` counts the rows of other countries, `countries` are those (ISO codes, as far
    as the file names them).
    """

    entry: Import
    problems: pd.DataFrame
    mapping: dict[str, str]
    unmapped: tuple[str, ...]
    preview: pd.DataFrame
    abroad: int = 0
    countries: tuple[str, ...] = ()

    @property
    def usable(self) -> int:
        """How many rows of the file could take part in the analysis, now or after an answer."""
        return self.entry.accepted + self.entry.review


def checked(name: str, content: bytes, wanted: Wanted, settings: Settings, progress: Progress) -> Checked:
    """Read a file; nothing is stored. Raises BadFile where it cannot be read at all, Cancelled if
    `progress` does."""
    with held(name, content) as path:
        told = flow.check(path, settings=settings, progress=progress, **wanted.given)
    return Checked(
        entry=told.entry,
        problems=told.problems,
        mapping=dict(told.mapping),
        unmapped=told.unmapped,
        preview=told.preview[[name for name in told.preview if name in ("source_row", *told.mapping)]],
        abroad=abroad(told.problems),
        countries=tuple(sorted(set(told.preview["country"].map(country)) - {"", IRAQ})),
    )


def abroad(problems: pd.DataFrame) -> int:
    """Count the rows that are about another country, by their problems."""
    return int(problems.loc[problems["code"] == "place_abroad", "source_row"].nunique())


def stored(
    name: str,
    content: bytes,
    wanted: Wanted,
    settings: Settings,
    replaces: str,
    others: Sequence[str],
    progress: Progress,
) -> list[flow.Ingested]:
    """Bring the file in, in place of the import `replaces` if it is given; then its sheets `others`, each
    as an import of its own.

    Raises BadFile and Cancelled as above, BadInput where `replaces` is not live any more.
    """
    with held(name, content) as path:
        done = [flow.ingest(path, settings, replaces=replaces, progress=progress, **wanted.given)]
        if wanted.content is not None:
            mappings.keep_mapping(path, wanted.content, settings)
        done += [
            flow.ingest(path, settings, progress=progress, **wanted.given | {"sheet": sheet})
            for sheet in others
        ]
    return done


def told_problems(name: str, content: bytes, found: Checked, lang: str) -> bytes:
    """Return the workbook of a file's problems (.xlsx). Raises BadFile if it cannot be read."""
    read = flow.Ingested(found.entry, found.problems, True, found.mapping, found.unmapped, found.preview)
    with held(name, content) as path:
        return flow.problem_book([(path, read)], lang)


def changed(
    name: str, content: bytes, wanted: Wanted, settings: Settings, earlier: str, progress: Progress
) -> Changes:
    """Return what a file changes against an import that is stored.

    Raises BadFile and Cancelled as above.
    """
    with held(name, content) as path:
        return flow.find_changes(path, settings, earlier, progress=progress, **wanted.given)


def is_alike(one: str, other: str) -> bool:
    """Say whether two files bear the same name but for numbers: a month, a version, a copy."""
    bare = [re.sub(r"[\d\W_]+", " ", Path(name).stem).casefold().strip() for name in (one, other)]
    return fuzz.ratio(*bare) >= _SAME_NAME


def replaceable(store: Store, entry: Import) -> pd.DataFrame:
    """Return the live imports that a file could stand in for, the most likely one first: the newest of
    the same source, then of the same layout. The column same_source says which have its layout and name."""
    known = store.imports()
    live = known[(known["status"] == "live") & ~known["is_sample"].astype(bool)]
    others = live[live["import_id"] != entry.import_id]
    alike = others["profile"] == entry.profile
    named = others["name"].map(lambda name: is_alike(entry.name, name)).astype(bool)
    told = others.assign(same_source=alike & named, _alike=alike)
    order = ["same_source", "_alike"]
    return told.sort_values(order, ascending=False, kind="stable", ignore_index=True).drop(columns="_alike")


def status_of(store: Store, import_id: str) -> str:
    """Return the status of an import, or "" if it was never made."""
    known = store.imports().set_index("import_id")["status"]
    return str(known.get(import_id, ""))


def period(first: dt.date | None, last: dt.date | None) -> Days | None:
    """Return the days from the first of one month to the last of another; None without both."""
    return (first, last_day(last)) if first and last else None
