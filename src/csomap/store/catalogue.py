"""The catalogue of imports: one row makes an import live, and one row takes it out again."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from csomap.errors import BadInput
from csomap.settings import Settings
from csomap.store import baselines, decisions, files, needs
from csomap.store.database import META, Words, now, opened, reading, who

_imports = sa.Table(
    "imports",
    META,
    sa.Column("import_id", Words, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("profile", Words, nullable=False),
    sa.Column("sheet", Words, nullable=False),
    sa.Column("status", Words, nullable=False),
    sa.Column("replaced_by", Words, nullable=False, default=""),
    sa.Column("is_sample", sa.Boolean, nullable=False),
    sa.Column("rows_read", sa.Integer, nullable=False),
    sa.Column("accepted", sa.Integer, nullable=False),
    sa.Column("review", sa.Integer, nullable=False),
    sa.Column("rejected", sa.Integer, nullable=False),
    sa.Column("duplicate_rows", sa.Integer, nullable=False),
    sa.Column("imported_at", sa.DateTime, nullable=False),
)

_history = sa.Table(
    "history",
    META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", Words, nullable=False),
    sa.Column("what", Words, nullable=False),
    sa.Column("import_id", Words, nullable=False),
)


@dataclass(frozen=True)
class Import:
    """One file that was brought in, with what became of its rows when it was."""

    import_id: str
    name: str
    profile: str
    sheet: str
    rows_read: int
    accepted: int
    review: int
    rejected: int
    duplicate_rows: int
    is_sample: bool = False
    status: str = "live"
    replaced_by: str = ""


class Store:
    """One installation's imports: files in `settings.imports`, catalogue in `settings.database_url`."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.imports
        self._beside = (baselines.folder(settings), needs.folder(settings))
        self._engine = opened(settings)

    def aside(self) -> files.Aside:
        """Return the file that the raw rows of an import are written to, block by block, before it is added.

        Used as a context, it leaves nothing behind that was not added.
        """
        return files.Aside(self._folder)

    def add(self, rows: pd.DataFrame | files.Aside, entry: Import, replaces: str = "") -> bool:
        """Keep an import; return False if it is live already (same bytes, same mapping).

        The catalogue row is the one atomic step: before it nothing is there, after it everything.
        An import that was taken out before becomes live again. Raises BadInput if `replaces` does
        not name a live import, or if this one was replaced; then nothing is stored.
        """
        with self._engine.begin() as change:
            known = self._found(change, entry.import_id)
            is_new = known is None or known.status != "live"
            if replaces:
                self._live(change, replaces)
            if known and known.status == "replaced":
                raise BadInput("import_replaced", by=known.replaced_by)
            if is_new:
                files.sweep(self._folder, self._named(change))
                if isinstance(rows, files.Aside):
                    rows.keep(entry.import_id)
                else:
                    files.keep(rows, self._folder, entry.import_id)
                self._put(change, entry, again=known is not None)
            if replaces and replaces != entry.import_id:
                self._mark(change, replaces, "replaced", entry.import_id)
        return is_new

    def undo(self, import_id: str) -> None:
        """Take an import out; what it had replaced becomes live again. Raises BadInput if it is not live."""
        with self._engine.begin() as change:
            self._live(change, import_id)
            self._mark(change, import_id, "undone", "")
            for earlier in change.execute(
                sa.select(_imports.c.import_id)
                .where(_imports.c.replaced_by == import_id)
                .order_by(_imports.c.imported_at)
            ).scalars():
                self._mark(change, earlier, "live", "")

    def restore(self, import_id: str) -> None:
        """Make an import that was taken out or replaced live again."""
        with self._engine.begin() as change:
            if self._found(change, import_id) is None:
                raise BadInput("import_unknown", import_id=import_id, known=self._known(change))
            self._mark(change, import_id, "live", "")

    def imports(self) -> pd.DataFrame:
        """Return every import ever made, newest first, with its status and counts."""
        with reading(self._engine) as change:
            rows = change.execute(sa.select(_imports).order_by(_imports.c.imported_at.desc()))
            return pd.DataFrame(rows.mappings().all(), columns=[c.name for c in _imports.c])

    def history(self) -> pd.DataFrame:
        """Return who did what to which import, newest first."""
        with reading(self._engine) as change:
            rows = change.execute(sa.select(_history).order_by(_history.c.id.desc()))
            return pd.DataFrame(rows.mappings().all(), columns=[c.name for c in _history.c])

    def live(self) -> list[str]:
        """Return the ids of the imports that are in the analysis, oldest first."""
        wanted = sa.select(_imports.c.import_id, _imports.c.is_sample).where(_imports.c.status == "live")
        with reading(self._engine) as change:
            kept = change.execute(wanted.order_by(_imports.c.imported_at)).all()
        is_real = not all(one.is_sample for one in kept)
        return [one.import_id for one in kept if not (is_real and one.is_sample)]

    def rows(self, import_id: str) -> pd.DataFrame:
        """Return the raw rows of one import (RAW columns).

        Raises BadInput where its file is missing: a database may be shared without the folder.
        """
        if not files.path(self._folder, import_id).exists():
            raise BadInput("import_file_missing", import_id=import_id, folder=str(self._folder))
        return files.fetch(self._folder, import_id)

    def clear(self) -> None:
        """Remove every import, every decision and the history of both; boundaries stay."""
        with self._engine.begin() as change:
            change.execute(sa.delete(_imports))
            change.execute(sa.delete(_history))
            decisions.clear(change)
        with self._engine.begin() as change:  # somebody may have imported since
            files.clear(self._folder, self._named(change))
            for beside in self._beside:
                files.clear(beside, set())

    def _found(self, change: sa.Connection, import_id: str) -> Any:
        return change.execute(sa.select(_imports).where(_imports.c.import_id == import_id)).one_or_none()

    def _named(self, change: sa.Connection) -> set[str]:
        return set(change.execute(sa.select(_imports.c.import_id)).scalars())

    def _live(self, change: sa.Connection, import_id: str) -> None:
        found = self._found(change, import_id)
        if found is None or found.status != "live":
            raise BadInput("import_unknown", import_id=import_id, known=self._known(change))

    def _known(self, change: sa.Connection) -> str:
        live = sa.select(_imports.c.import_id).where(_imports.c.status == "live")
        return ", ".join(change.execute(live.order_by(_imports.c.imported_at)).scalars()) or "-"

    def _put(self, change: sa.Connection, entry: Import, *, again: bool) -> None:
        values = {**entry.__dict__, "imported_at": now()}
        if again:
            change.execute(
                sa.update(_imports).where(_imports.c.import_id == entry.import_id).values(**values)
            )
        else:
            change.execute(sa.insert(_imports).values(**values))
        self._tell(change, "imported", entry.import_id)

    def _mark(self, change: sa.Connection, import_id: str, status: str, replaced_by: str) -> None:
        change.execute(
            sa.update(_imports)
            .where(_imports.c.import_id == import_id)
            .values(status=status, replaced_by=replaced_by)
        )
        self._tell(change, status, import_id)

    def _tell(self, change: sa.Connection, what: str, import_id: str) -> None:
        change.execute(sa.insert(_history).values(at=now(), who=who(), what=what, import_id=import_id))
