"""From files to activities: read, check, keep, and load what is live."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from csomap import importers
from csomap.analysis.directory import directory
from csomap.engine import run
from csomap.errors import BadFile, BadInput
from csomap.matching import runs
from csomap.resolve import reference
from csomap.resolve.reports import Resolved, to_reports
from csomap.settings import DATA, Settings, rules
from csomap.store import Import, Store
from csomap.tables import schemas
from csomap.tables.visibility import for_everybody

SAMPLE = DATA / "sample" / "sample_5w.csv"
SAMPLE_DAY = dt.date(2025, 12, 31)  # the day until which the fictional world has been reported
_ID = 12


@dataclass(frozen=True)
class Ingested:
    """What became of a file: its import with the counts, and its problems (PROBLEMS columns).

    `is_new` is false where the same bytes with the same mapping were live already. `mapping` names
    the file's header of each field, `unmapped` the headers that no field takes; `rows` are RAW.
    """

    entry: Import
    problems: pd.DataFrame
    is_new: bool
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    rows: pd.DataFrame


@dataclass(frozen=True)
class Data:
    """Everything that the analysis starts from, for one state of the store.

    reports: REPORTS columns and final_id, the activity that each became part of; `as_of` is the day
    until which something can have been reported: that of the newest import.
    """

    reports: pd.DataFrame
    activities: pd.DataFrame
    newcomers: pd.DataFrame
    waiting: int
    is_sample: bool
    version: str
    as_of: dt.date = dt.date.max

    @cached_property
    def organisations(self) -> pd.DataFrame:
        """ORGANISATIONS columns: the registry and the newcomers."""
        return directory(
            reference.registry(sample=self.is_sample),
            reference.registry_aliases(sample=self.is_sample),
            self.newcomers,
            self.activities,
        )


def check(path: Path, *, profile: str | None = None, period: importers.Days | None = None) -> Ingested:
    """Read a file and say what would become of it; nothing is stored.

    Raises BadFile if it cannot be read at all.
    """
    imported = importers.read(path, profile=profile, period=period, limits=rules()["limits"])
    import_id = imported.fingerprint[:_ID]
    is_sample = path.read_bytes() == SAMPLE.read_bytes()
    resolved = to_reports(imported.rows, import_id, reference.resolvers(sample=is_sample), imported.mapping)
    entry = Import(
        import_id=import_id,
        name=path.name,
        profile=imported.profile,
        sheet=imported.sheet,
        **_counts(imported.rows, resolved.reports),
        is_sample=is_sample,
    )
    problems = pd.concat([imported.problems, resolved.problems], ignore_index=True)
    ordered = problems.sort_values("source_row", kind="stable", ignore_index=True)
    return Ingested(entry, ordered, True, imported.mapping, tuple(imported.unmapped), imported.rows)


def ingest(
    path: Path,
    settings: Settings,
    *,
    profile: str | None = None,
    period: importers.Days | None = None,
    replaces: str = "",
) -> Ingested:
    """Bring a file in: all of its accepted rows or none.

    Raises BadFile if it cannot be read at all or no row can be used, BadInput if `replaces` is not a live
    import.
    """
    read = check(path, profile=profile, period=period)
    if not read.entry.accepted + read.entry.review:
        raise BadFile("nothing_usable", rejected=read.entry.rejected, read=read.entry.rows_read)
    is_new = Store(settings).add(read.rows, read.entry, replaces)
    return replace(read, is_new=is_new)


def _counts(rows: pd.DataFrame, reports: pd.DataFrame) -> dict[str, Any]:
    """Account for every row once: rejected, for review, accepted or a repeat of an accepted one."""
    waits = reports["review"] != ""
    repeats = int(_repeated(reports[~waits]).sum())
    return {
        "rows_read": len(rows),
        "rejected": int(rows["rejected"].sum()),
        "review": int(waits.sum()),
        "duplicate_rows": repeats,
        "accepted": int((~waits).sum()) - repeats,
    }


def _repeated(reports: pd.DataFrame) -> "pd.Series[bool]":
    fields = [name for name in schemas.columns(schemas.REPORTS) if name not in ("source_id", "source_row")]
    return reports.duplicated(fields)


def load(settings: Settings, *, sample: bool = True) -> Data:
    """Return what is live in the store; where nothing is, the fictional sample if `sample`.

    Raises BadInput if there is nothing and the sample is not wanted.
    """
    store = Store(settings)
    live = store.live()
    if live:
        entries = store.imports().set_index("import_id")
        is_sample = bool(entries.loc[live, "is_sample"].all())
        as_of = SAMPLE_DAY if is_sample else entries.loc[live, "imported_at"].max().date()
        return _loaded({name: store.rows(name) for name in live}, is_sample, as_of)
    if not sample:
        raise BadInput("nothing_imported")
    imported = importers.read(SAMPLE)
    return _loaded({imported.fingerprint[:_ID]: imported.rows}, True, SAMPLE_DAY)


def for_pages(data: Data) -> Data:
    """Return the data as pages, reports and their exports may show it: sensitive services no finer than
    the governorate."""
    return replace(data, reports=for_everybody(data.reports), activities=for_everybody(data.activities))


def state(settings: Settings) -> str:
    """Return a name for what is live now: it changes when an import comes or goes."""
    return "+".join(Store(settings).live())


def _loaded(raw: Mapping[str, pd.DataFrame], is_sample: bool, as_of: dt.date) -> Data:
    wanted = reference.resolvers(sample=is_sample)
    resolved = [to_reports(rows, import_id, wanted) for import_id, rows in raw.items()]
    told = pd.concat([one.reports for one in resolved], ignore_index=True)
    waits = told["review"] != ""
    accepted = told[~waits]
    newcomers = _newcomers(resolved)
    reports = _typed(accepted[~_repeated(accepted)].reset_index(drop=True), newcomers)
    return Data(
        reports=_in_order(run(runs.assigned, memo="assigned", reports=reports)),
        activities=_in_order(
            schemas.valid(schemas.ACTIVITIES, run(runs.activities, memo="activities", reports=reports))
        ),
        newcomers=newcomers,
        waiting=int(waits.sum()),
        is_sample=is_sample,
        version="+".join(raw),
        as_of=as_of,
    )


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(["source_id", "source_row"], kind="stable", ignore_index=True)


def _typed(reports: pd.DataFrame, newcomers: pd.DataFrame) -> pd.DataFrame:
    """Give an organisation that no registry knows one type, whatever single rows say."""
    types = dict(zip(newcomers["org_id"], newcomers["type"], strict=True))
    told = zip(reports["organisation"], reports["organisation_type"], strict=True)
    return reports.assign(
        organisation_type=pd.Series([types.get(org_id, own) for org_id, own in told], dtype="str")
    )


def _newcomers(resolved: list[Resolved]) -> pd.DataFrame:
    return pd.concat([one.newcomers for one in resolved]).drop_duplicates("org_id")
