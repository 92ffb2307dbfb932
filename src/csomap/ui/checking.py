"""What a file would bring, before anything is stored."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from csomap import flow
from csomap.importers import Days
from csomap.settings import Settings
from csomap.store import Import, Store
from csomap.tables.known import last_day
from csomap.ui.uploads import held

PREVIEWED = 20
_OWN = ("source_row", "rejected")


@dataclass(frozen=True)
class Wanted:
    """How a person wants a file to be read: "" and None leave it to the file."""

    profile: str = ""
    period: Days | None = None

    @property
    def given(self) -> dict[str, object]:
        return {"profile": self.profile or None, "period": self.period}


@dataclass(frozen=True)
class Checked:
    """A file as it was read.

    `mapping` names the file's header of each field, `preview` are its first rows (RAW columns that
    the file has), `marks` one number for each row, equal for rows that say the same.
    """

    entry: Import
    problems: pd.DataFrame
    mapping: dict[str, str]
    unmapped: tuple[str, ...]
    preview: pd.DataFrame
    marks: "pd.Series[int]"


def checked(name: str, content: bytes, wanted: Wanted) -> Checked:
    """Read a file; nothing is stored. Raises BadFile where it cannot be read at all."""
    with held(name, content) as path:
        told = flow.check(path, **wanted.given)  # type: ignore[arg-type]
    return Checked(
        entry=told.entry,
        problems=told.problems,
        mapping=dict(told.mapping),
        unmapped=told.unmapped,
        preview=told.rows.head(PREVIEWED)[["source_row", *told.mapping]],
        marks=marks(told.rows),
    )


def stored(name: str, content: bytes, wanted: Wanted, settings: Settings, replaces: str) -> flow.Ingested:
    """Bring the file in, in place of the import `replaces` if it is given.

    Raises BadFile as above, BadInput where `replaces` is not live any more.
    """
    with held(name, content) as path:
        return flow.ingest(path, settings, replaces=replaces, **wanted.given)  # type: ignore[arg-type]


def marks(rows: pd.DataFrame) -> "pd.Series[int]":
    """Return a number for each raw row, equal for rows that say the same."""
    said = rows.drop(columns=list(_OWN))
    return pd.util.hash_pandas_object(said, index=False)


def compared(earlier: "pd.Series[int]", now: "pd.Series[int]") -> tuple[int, int, int]:
    """Return how many rows are added, gone and the same; a row that is there twice counts twice."""
    before, after = earlier.value_counts(), now.value_counts()
    same = int(pd.concat([before, after], axis=1, keys=["before", "after"]).min(axis=1, skipna=False).sum())
    return len(now) - same, len(earlier) - same, same


def replaceable(store: Store, entry: Import) -> pd.DataFrame:
    """Return the live imports that a file could stand in for, the most likely one first: the newest of
    the same layout."""
    known = store.imports()
    live = known[(known["status"] == "live") & ~known["is_sample"].astype(bool)]
    others = live[live["import_id"] != entry.import_id]
    alike = others["profile"] == entry.profile
    return pd.concat([others[alike], others[~alike]], ignore_index=True)


def status_of(store: Store, import_id: str) -> str:
    """Return the status of an import, or "" if it was never made."""
    known = store.imports().set_index("import_id")["status"]
    return str(known.get(import_id, ""))


def period(first: dt.date | None, last: dt.date | None) -> Days | None:
    """Return the days from the first of one month to the last of another; None without both."""
    return (first, last_day(last)) if first and last else None
