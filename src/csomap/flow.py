"""The one line of data, readable aloud: sources, raw rows, reports, activities, tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from csomap import importers
from csomap.analysis.coverage import coverage
from csomap.analysis.directory import directory
from csomap.analysis.questions import asked_areas, asked_services, finest, ranked
from csomap.engine import run
from csomap.errors import BadInput
from csomap.matching import overlaps, pairs, runs
from csomap.matching.grouped import possible_by_cell
from csomap.matching.levels import active, filtered
from csomap.resolve import reference
from csomap.resolve.reports import Resolved, to_reports
from csomap.settings import DATA, Settings, rules
from csomap.store import Import, Store
from csomap.tables import known, schemas
from csomap.tables.places import regions
from csomap.tables.query import Query
from csomap.tables.visibility import for_everybody

SAMPLE = DATA / "sample" / "sample_5w.csv"
_ID = 12


@dataclass(frozen=True)
class Ingested:
    """What became of a file: its import with the counts, and its problems (PROBLEMS columns).

    `is_new` is false where the same bytes with the same mapping were live already.
    """

    entry: Import
    problems: pd.DataFrame
    is_new: bool
    unmapped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Data:
    """Everything that the analysis starts from, for one state of the store."""

    reports: pd.DataFrame
    activities: pd.DataFrame
    newcomers: pd.DataFrame
    waiting: int
    is_sample: bool
    version: str

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
    return _read(path, profile, period)[0]


def ingest(
    path: Path,
    settings: Settings,
    *,
    profile: str | None = None,
    period: importers.Days | None = None,
    replaces: str = "",
) -> Ingested:
    """Bring a file in: all of its accepted rows or none.

    Raises BadFile if it cannot be read at all, BadInput if `replaces` is not a live import.
    """
    read, rows = _read(path, profile, period)
    is_new = Store(settings).add(rows, read.entry, replaces)
    return replace(read, is_new=is_new)


def _read(
    path: Path, profile: str | None, period: importers.Days | None
) -> tuple[Ingested, pd.DataFrame]:
    imported = importers.read(path, profile=profile, period=period, limits=rules()["limits"])
    import_id = imported.fingerprint[:_ID]
    is_sample = path.read_bytes() == SAMPLE.read_bytes()
    resolved = to_reports(
        imported.rows, import_id, reference.resolvers(sample=is_sample), imported.mapping
    )
    entry = Import(
        import_id=import_id,
        name=path.name,
        profile=imported.profile,
        sheet=imported.sheet,
        is_sample=is_sample,
        **_counts(imported.rows, resolved.reports),
    )
    problems = pd.concat([imported.problems, resolved.problems], ignore_index=True)
    ordered = problems.sort_values("source_row", kind="stable", ignore_index=True)
    return Ingested(entry, ordered, True, tuple(imported.unmapped)), imported.rows


def _counts(rows: pd.DataFrame, reports: pd.DataFrame) -> dict[str, int]:
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
        return _loaded({name: store.rows(name) for name in live}, is_sample=is_sample)
    if not sample:
        raise BadInput("nothing_imported")
    imported = importers.read(SAMPLE)
    return _loaded({imported.fingerprint[:_ID]: imported.rows}, is_sample=True)


def for_pages(data: Data) -> Data:
    """Return the data as pages, reports and their exports may show it: sensitive services no finer than
    the governorate."""
    return replace(
        data, reports=for_everybody(data.reports), activities=for_everybody(data.activities)
    )


def state(settings: Settings) -> str:
    """Return a name for what is live now: it changes when an import comes or goes."""
    return "+".join(Store(settings).live())


def _loaded(raw: Mapping[str, pd.DataFrame], *, is_sample: bool) -> Data:
    wanted = reference.resolvers(sample=is_sample)
    resolved = [to_reports(rows, import_id, wanted) for import_id, rows in raw.items()]
    told = pd.concat([one.reports for one in resolved], ignore_index=True)
    waits = told["review"] != ""
    accepted = told[~waits]
    reports = accepted[~_repeated(accepted)].reset_index(drop=True)
    return Data(
        reports=reports,
        activities=schemas.valid(schemas.ACTIVITIES, run(runs.activities, reports=reports)),
        newcomers=_newcomers(resolved),
        waiting=int(waits.sum()),
        is_sample=is_sample,
        version="+".join(raw),
    )


def _newcomers(resolved: list[Resolved]) -> pd.DataFrame:
    return pd.concat([one.newcomers for one in resolved]).drop_duplicates("org_id")


TABLES = ("reports", "activities", "overlaps", "pairs", "coverage", "gaps", "regions", "organisations")


def window(data: Data, query: Query) -> Query:
    """Return the query with its window: the 12 months that end with the newest reported month.

    Raises BadInput if no report has a date.
    """
    newest = known.newest_month(data.reports)
    if query.start and query.end:
        return query
    if newest is None:
        raise BadInput("no_dates")
    first, last = known.year_ending(query.end or newest)
    return query.but(start=query.start or min(first, query.end or first), end=query.end or last)


def analyse(data: Data, table: str, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return one of TABLES for a query; columns as in the schema of that name.

    Raises BadInput for a table, code or level that does not exist.
    """
    makers = {
        "reports": lambda: _listed(data.reports, query),
        "activities": lambda: _listed(data.activities, query),
        "overlaps": lambda: find_overlaps(data, query),
        "pairs": lambda: find_pairs(data, query),
        "coverage": lambda: find_coverage(data, query, lang),
        "gaps": lambda: ranked(find_coverage(data, query, lang)),
        "regions": lambda: find_regions(data, query, lang),
        "organisations": lambda: data.organisations,
    }
    if table not in makers:
        raise BadInput("table_unknown", value=table, known=", ".join(TABLES))
    return makers[table]()


def _listed(rows: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return reports or activities that pass the filters and touch the query's days."""
    kept = run(lambda rows: filtered(rows, query), rows=rows)
    early = kept["end"] < pd.Timestamp(query.start) if query.start else False
    late = kept["start"] > pd.Timestamp(query.end) if query.end else False
    inside = kept[~(kept["end"].notna() & early | kept["start"].notna() & late)]
    return inside.drop(columns=["site_key", "review"], errors="ignore").sort_values(
        ["source_id", "source_row"], ignore_index=True
    )


def find_overlaps(data: Data, query: Query) -> pd.DataFrame:
    """Return OVERLAPS, most organisations and longest first."""
    query.checked()
    found = run(lambda activities: overlaps.overlaps(activities, query), activities=data.activities)
    order = ["org_count", "days", "overlap_id"]
    return schemas.valid(schemas.OVERLAPS, found).sort_values(
        order, ascending=[False, False, True], ignore_index=True
    )


def opening(data: Data, query: Query) -> Query:
    """Return the query at the finest levels at which enough of its activities are known (rules.yml)."""
    share = rules()["pages"]["known_share"]
    kept = run(lambda activities: active(activities, query), activities=data.activities)
    return query.but(
        service_level=known.finest_service(kept, share),
        area_level=known.finest_area(kept, share, query.population),
    )


def card(data: Data, overlap: "pd.Series[Any]", query: Query) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the activities (ACTIVITIES) and the pairs (PAIRS) behind one row of the overlaps."""
    ids = overlap["activity_ids"].split(";")
    members = data.activities[data.activities["activity_id"].isin(ids)].reset_index(drop=True)
    found = run(lambda activities: pairs.pairs(activities, query), activities=members)
    confirmed = found[found["grade"] == "confirmed"]
    return members, schemas.valid(schemas.PAIRS, confirmed)


def reports_of(data: Data, activity_ids: Iterable[str]) -> pd.DataFrame:
    """Return the reports (REPORTS) that the activities were made of: the way back to the source rows."""
    named = run(runs.assigned, reports=data.reports)
    return named[named["final_id"].isin(set(activity_ids))].drop(columns="final_id")


def find_possible(data: Data, query: Query) -> pd.DataFrame:
    """Return what is only possible, by the cell of the coarser activity (see matching.grouped)."""
    return possible_by_cell(find_pairs(data, query), data.activities, query)


def find_pairs(data: Data, query: Query) -> pd.DataFrame:
    """Return PAIRS in the order of their activities."""
    query.checked()
    found = run(lambda activities: pairs.pairs(activities, query), activities=data.activities)
    return schemas.valid(schemas.PAIRS, found).sort_values(["activity_a", "activity_b"], ignore_index=True)


def find_coverage(data: Data, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return COVERAGE: a row for each area and service of the query, silent ones too."""
    asked = finest(window(data, query.checked()))
    return _coverage(data, asked, asked_areas(asked, lang), None)


def find_regions(data: Data, query: Query, lang: str = "en") -> pd.DataFrame:
    """Return COVERAGE for the regions of geo/regions.csv, the first column named region."""
    asked = finest(window(data, query.checked())).but(area_level="1", place="")
    found = _coverage(data, asked, asked_areas(asked, lang, regions()), regions())
    return found.rename(columns={"pcode": "region"})


def _coverage(
    data: Data, query: Query, areas: pd.DataFrame, regions: pd.DataFrame | None
) -> pd.DataFrame:
    limits = rules()["coverage"]
    thin = limits["thin_per_100k"].get(areas["indicator"].iloc[0], {}).get(query.area_level, 0.0)
    tables = {"activities": data.activities, "areas": areas, "services": asked_services(query)}
    if regions is not None:
        tables["regions"] = regions

    def expression(**given: ir.Table) -> ir.Table:
        return coverage(
            query=query,
            thin_continuity=limits["thin_continuity"],
            thin_per_100k=thin if regions is None else 0.0,
            **given,
        )

    found = schemas.valid(schemas.COVERAGE, run(expression, **tables))
    return found.sort_values(["pcode", "service"], ignore_index=True)
