"""Newer figures of need: read, looked at, kept, taken out and brought back."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from csomap.analysis.need_figures import by_place
from csomap.analysis.needs import COLUMNS, SUBJECT, needs, newest
from csomap.flow.faults import Faults, listed
from csomap.flow.memory import recall
from csomap.flow.needs_cells import Cells, Read, unclear
from csomap.flow.needs_sheet import Lines, read
from csomap.flow.resolving import resolvers
from csomap.settings import Settings
from csomap.store import exists
from csomap.store.needs import Needs, upload_id
from csomap.tables.places import areas_within
from csomap.tables.visibility import needs_for_everybody

HISTORY = ["upload_id", "name", "rows", "status", "at", "who", "undone_at", "undone_by", "id"]


@dataclass(frozen=True)
class NeedsFile:
    """What a file of figures says: `figures` (COLUMNS and source_row), or what has to be mended first
    (PROBLEMS); is_known: the same bytes hold already."""

    name: str
    content: bytes
    figures: pd.DataFrame
    problems: pd.DataFrame
    is_known: bool

    @property
    def upload_id(self) -> str:
        return upload_id(self.content)

    def few(self, now: pd.DataFrame) -> pd.DataFrame:
        """Return service, level (1 or 2), known, areas: what would be measured against people in need of
        which only some areas have a figure, once the file is kept (now: as Data.needs), as pages show it."""
        told = self.figures[self.figures["indicator"] == "people_in_need"]
        table = needs_for_everybody(pd.concat([now, self.figures[COLUMNS]], ignore_index=True))
        everybody = table[table["population_group"] == ""]
        rows = [
            (
                service,
                level,
                int(by_place(everybody, "people_in_need", service).index.isin(areas).sum()),
                areas,
            )
            for service in told.loc[told["population_group"] == "", "service"].unique()
            for level, areas in (("1", areas_within("1")), ("2", areas_within("2")))
        ]
        table = pd.DataFrame(rows, columns=["service", "level", "known", "areas"])
        found = table.assign(areas=table["areas"].map(len))
        return found[(found["known"] > 0) & (found["known"] < found["areas"])].reset_index(drop=True)

    def changes(self, now: pd.DataFrame) -> pd.DataFrame:
        """Return the figures beside those that hold now (`now`: as Data.needs).

        COLUMNS, before (the value that holds now; missing = none), before_date, and taken: yes, or no where
        a newer figure is known already.
        """
        held = newest(now).rename(columns={"value": "before", "date": "before_date"})
        told = self.figures.merge(held[[*SUBJECT, "before", "before_date"]], on=SUBJECT, how="left")
        is_late = told["date"] < told["before_date"]
        return told.assign(taken=is_late.map({True: "no", False: "yes"}).astype("str"))


def read_needs(
    source: Path | bytes, settings: Settings, name: str = "", today: dt.date | None = None
) -> NeedsFile:
    """Return what a CSV or workbook of figures says; nothing is kept yet.

    Its columns are COLUMNS (method and note optional): indicator, service and population_group take codes or
    labels in any language, pcode a code or a name, date a day or a month (then its last day), value a number
    of 0 or more, for severity 1 to 5. Raises BadFile if it cannot be read, BadInput if a column is missing.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    named = name or (source.name if isinstance(source, Path) else "needs")
    lines = read(named, content)
    cells = Cells(resolvers(settings, decided=recall(settings).decided), today or dt.date.today())
    found = {row: cells.read(line) for row, line in lines.rows.items()}
    held = Needs(settings).held() if exists(settings) else []
    is_known = upload_id(content) in {one.subject for one in held}
    return NeedsFile(named, content, _figures(found), _problems(found, lines), is_known)


def keep_needs(file: NeedsFile, settings: Settings, who: str = "") -> int:
    """Keep the figures of a file, all of them or none, and return the decision's id; 0 if they hold already.

    A newer figure takes the place of an older one; both stay. Raises Faults with all that has to be mended.
    """
    if len(file.problems):
        raise Faults("needs_faults", file.problems)
    return Needs(settings).keep(file.figures[COLUMNS], file.content, file.name, who)


def undo_needs(settings: Settings, upload: str, who: str = "") -> int:
    """Take an upload out; what it had replaced holds again. Raises BadInput if it is not there."""
    return Needs(settings).undo(upload, who)


def restore_needs(settings: Settings, upload: str, who: str = "") -> int:
    """Let an upload that was taken out hold again. Raises BadInput if there is none, or if it holds."""
    return Needs(settings).restore(upload, who)


def needs_history(settings: Settings) -> pd.DataFrame:
    """Return every upload, newest first: HISTORY, status being holds or undone, at in UTC, and id that of the
    decision."""
    if not exists(settings):
        return pd.DataFrame(columns=HISTORY)
    told = Needs(settings).history()
    said = [json.loads(answer) for answer in told["answer"]]
    return told.assign(
        upload_id=told["subject"],
        name=[one["title"] for one in said],
        rows=[one["rows"] for one in said],
        status=told["undone_at"].isna().map({True: "holds", False: "undone"}).astype("str"),
    )[HISTORY]


def figures(settings: Settings, uploads: tuple[str, ...]) -> pd.DataFrame:
    """Return the figures that come with csomap and those of the uploads (COLUMNS), the last told last."""
    if not uploads:
        return needs()
    return pd.concat([needs(), *Needs(settings).figures(uploads)], ignore_index=True)[COLUMNS]


def _figures(found: dict[int, Read]) -> pd.DataFrame:
    rows = [{**one.values, "source_row": row} for row, one in found.items() if not one.faults]
    table = pd.DataFrame(rows, columns=[*COLUMNS, "source_row"])
    texts = [name for name in COLUMNS if name not in ("value", "date")]
    days = pd.to_datetime(table["date"]).astype("datetime64[us]")
    return table.astype(dict.fromkeys(texts, "str") | {"value": float, "source_row": int}).assign(date=days)


def _problems(found: dict[int, Read], lines: Lines) -> pd.DataFrame:
    faults = [(row, fault) for row, one in found.items() for fault in one.faults]
    faults += [*unclear(found), *_twice(found)]
    return listed(
        [
            (row, lines.headers.get(column, column), lines.rows[row][column], code, hint)
            for row, (column, code, hint) in sorted(faults)
        ]
    )


def _twice(found: dict[int, Read]) -> list[tuple[int, tuple[str, str, str]]]:
    """Find lines that tell of the same people, place and day as one above them."""
    first: dict[tuple[object, ...], int] = {}
    faults = []
    for row, one in found.items():
        if not one.faults:
            above = first.setdefault(tuple(one.values[name] for name in (*SUBJECT, "date")), row)
            if above != row:
                faults.append((row, ("value", "needs_twice", str(above))))
    return faults
