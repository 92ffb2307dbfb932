"""What is live: imports, edits and decisions as the one state that the analysis starts from."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from csomap import importers
from csomap.analysis.directory import directory
from csomap.analysis.needs import needs as own_figures
from csomap.engine import run
from csomap.errors import BadInput
from csomap.flow import edited
from csomap.flow.memory import Memory, recall
from csomap.flow.needs import figures
from csomap.flow.resolving import borders, resolvers
from csomap.matching import runs
from csomap.matching.standing import Verdict
from csomap.resolve import reference, waits
from csomap.resolve.answers import Resolvers
from csomap.resolve.decided import NOTHING, Decided
from csomap.resolve.organisations import provisional_id
from csomap.resolve.reports import Resolved, to_reports
from csomap.settings import DATA, Settings
from csomap.store import Store
from csomap.tables import schemas
from csomap.tables.visibility import for_everybody, needs_for_everybody

SAMPLE = DATA / "sample" / "sample_5w.csv"
SAMPLE_DAY = dt.date(2025, 12, 31)  # the day until which the fictional world has been reported
ID_LENGTH = 12  # of the fingerprint, as the id of an import
_COUNTED = ["import_id", "accepted", "review", "duplicate_rows", "aside"]


@dataclass(frozen=True)
class Data:
    """Everything that the analysis starts from, for one state of the store.

    reports: REPORTS columns and final_id, the activity that each became part of; `as_of` is the day
    until which something can have been reported: that of the newest import. waits: what a person has to
    decide (waits.COLUMNS and import_id); counts: see `flow.counts`; `names` of the imports' files; what
    people `decided`, and which organisation each merged one is now (`merged`). known_as: the org_id of each
    text in the files that would be a newcomer's name, by the id it would have. verdicts: what people said of
    overlaps; only `flow.with_verdicts` fills them in, for they change while the data does not. needs: how
    many people need something where (`analysis.needs.COLUMNS`), what people brought in after what comes with
    csomap.
    """

    reports: pd.DataFrame
    activities: pd.DataFrame
    newcomers: pd.DataFrame
    waiting: int
    is_sample: bool
    version: str
    as_of: dt.date = dt.date.max
    waits: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*waits.COLUMNS, "import_id"]))
    counts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_COUNTED))
    names: Mapping[str, str] = field(default_factory=dict)
    decided: Decided = NOTHING
    merged: Mapping[str, str] = field(default_factory=dict)
    known_as: Mapping[str, str] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    needs: pd.DataFrame = field(default_factory=own_figures)

    @cached_property
    def organisations(self) -> pd.DataFrame:
        """ORGANISATIONS columns: the registry and the newcomers."""
        return directory(
            reference.registry(sample=self.is_sample, decided=self.decided),
            reference.registry_aliases(sample=self.is_sample, decided=self.decided),
            self.newcomers,
            self.activities,
            self.merged,
        )

    @cached_property
    def formerly(self) -> Mapping[str, str]:
        """The org_id of each name that is known now, by the id that a newcomer of that name had."""
        told = self.organisations
        columns = ("name_en", "name_ar", "name_ckb", "acronym", "aliases")
        cells = (
            (one, cell) for name in columns for one, cell in zip(told["org_id"], told[name], strict=True)
        )
        named = {provisional_id(name): one for one, cell in cells for name in cell.split(";") if name}
        return {**named, **self.known_as}


@dataclass(frozen=True)
class Sources:
    """What is live: raw rows (RAW) and file name of each import, and the day until which they can speak."""

    raw: Mapping[str, pd.DataFrame]
    names: Mapping[str, str]
    is_sample: bool
    as_of: dt.date


def load(settings: Settings, *, sample: bool = True) -> Data:
    """Return what is live in the store; where nothing is, the fictional sample if `sample`.

    What people decided and edited by hand holds. Raises BadInput if there is nothing and the sample is not
    wanted.
    """
    memory = recall(settings)
    return loaded(sources(settings, memory, sample=sample), memory, settings)


def sources(settings: Settings, memory: Memory, *, sample: bool = True) -> Sources:
    """Return the raw rows that the analysis starts from, as they came; raises BadInput as `load`."""
    store = Store(settings)
    live, entries = store.live(), store.imports().set_index("import_id")
    is_sample = bool(entries.loc[live, "is_sample"].all())
    is_by_hand = edited.has_additions(memory.edits, sample=False)
    if live and not (is_sample and is_by_hand):
        as_of = SAMPLE_DAY if is_sample else entries.loc[live, "imported_at"].max().date()
        names = {name: str(entries.loc[name, "name"]) for name in live}
        return Sources({name: store.rows(name) for name in live}, names, is_sample, as_of)
    if is_by_hand:
        return Sources({}, {}, False, max(one.at for one in memory.edits).date())
    if not sample:
        raise BadInput("nothing_imported")
    imported = importers.read(SAMPLE)
    import_id = imported.fingerprint[:ID_LENGTH]
    return Sources({import_id: imported.rows}, {import_id: SAMPLE.name}, True, SAMPLE_DAY)


def for_pages(data: Data) -> Data:
    """Return the data as pages, reports and their exports may show it: sensitive services no finer than
    the governorate, figures of need of such services neither."""
    return replace(
        data,
        reports=for_everybody(data.reports),
        activities=for_everybody(data.activities),
        needs=needs_for_everybody(data.needs),
    )


def state(settings: Settings) -> str:
    """Return a name for what is live now: it changes when an import comes or goes, a person decides, or
    official boundaries come."""
    return recall(settings).version(Store(settings).live()) + borders(settings)


def repeated(reports: pd.DataFrame) -> "pd.Series[bool]":
    """Say which reports say the same as one before them, whatever file and row they stand in."""
    fields = [name for name in schemas.columns(schemas.REPORTS) if name not in ("source_id", "source_row")]
    return reports.duplicated(fields)


def loaded(live: Sources, memory: Memory, settings: Settings) -> Data:
    """Return the data of some sources, as people decided on them and corrected them."""
    rows = edited.applied(live.raw, memory.edits, sample=live.is_sample)
    resolved, merged = _resolved(rows, memory, settings, sample=live.is_sample)
    told = pd.concat([one.reports for one in resolved.values()], ignore_index=True)
    waiting = told["review"] != ""
    accepted = told[~waiting]
    newcomers = _newcomers(list(resolved.values()))
    reports, activities = _made(_typed(accepted[~repeated(accepted)].reset_index(drop=True), newcomers))
    return Data(
        reports=reports,
        activities=activities,
        newcomers=newcomers,
        waiting=int(waiting.sum()),
        is_sample=live.is_sample,
        version=memory.version(live.raw) + borders(settings),
        as_of=live.as_of,
        waits=pd.concat([one.waits.assign(import_id=name) for name, one in resolved.items()]),
        counts=_counted(told, {**rows, **live.raw}),
        names=live.names,
        decided=memory.decided,
        merged=merged,
        known_as={new: org_id for one in resolved.values() for new, org_id in one.known_as.items()},
        needs=figures(settings, memory.needs),
    )


def _made(reports: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the distinct reports with the activity of each, and the activities (ACTIVITIES)."""
    assigned = run(runs.assigned, memo="assigned", reports=reports)
    activities = schemas.valid(schemas.ACTIVITIES, run(runs.named, memo="named", reports=assigned))
    return _in_order(assigned), _in_order(activities)


def _resolved(
    rows: Mapping[str, pd.DataFrame], memory: Memory, settings: Settings, *, sample: bool
) -> tuple[dict[str, Resolved], Mapping[str, str]]:
    """Return what each import says, and which organisation each merged one is now."""
    wanted = resolvers(settings, sample=sample, decided=memory.decided)
    resolved = {name: _analysed(each, name, wanted, memory) for name, each in rows.items()}
    known = reference.registry(sample=sample, decided=Decided(records=memory.decided.records))["org_id"]
    there = {*known, *(code for one in resolved.values() for code in one.newcomers["org_id"])}
    merged = memory.decided.merged_into(there)
    if any(end not in there for end in wanted.merged.values()):
        wanted = replace(wanted, merged=merged)
        resolved = {name: _analysed(each, name, wanted, memory) for name, each in rows.items()}
    return resolved, merged


def _analysed(rows: pd.DataFrame, import_id: str, wanted: Resolvers, memory: Memory) -> Resolved:
    """Return what an import says of Iraq, without the countries that people set aside."""
    found = to_reports(rows, import_id, wanted)
    aside = waits.set_aside(found.answers.rows, found.answers.places, memory.abroad) if memory.abroad else []
    if not any(aside):
        return found
    return to_reports(found.answers.rows[[not out for out in aside]], import_id, wanted)


def _counted(told: pd.DataFrame, raw: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count the reports (repeats included) of each import; what its file holds and nobody tells is aside."""
    waiting, again = told["review"] != "", _repeated_within(told)
    marks = {"accepted": ~waiting & ~again, "review": waiting, "duplicate_rows": ~waiting & again}
    counted = pd.DataFrame(marks).groupby(told["source_id"]).sum().reindex(list(raw), fill_value=0)
    usable = pd.Series({name: int((~rows["rejected"]).sum()) for name, rows in raw.items()})
    counted = counted.assign(aside=usable - counted.sum(axis="columns"))
    return counted.rename_axis("import_id").reset_index()[_COUNTED]


def _repeated_within(reports: pd.DataFrame) -> "pd.Series[bool]":
    return reports.duplicated([name for name in schemas.columns(schemas.REPORTS) if name != "source_row"])


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
