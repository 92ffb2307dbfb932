"""What the command line says of a file that it reads, and the sheets of a file one after the other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import typer

from csomap import flow
from csomap.cli.progress import Progress
from csomap.i18n import t
from csomap.settings import Settings
from csomap.tables import export
from csomap.tables.problems import told


def imported(file: Path, settings: Settings, way: dict[str, Any], every: bool) -> Iterator[flow.Ingested]:
    """Import a file; with `every` also the sheets that are like the chosen one, each as an import of its own.

    way: the arguments of `flow.ingest`; what is replaced is so by the first import alone.
    """
    names = [way["sheet"]]
    for name in names:
        with Progress() as progress:
            done = flow.ingest(file, settings, progress=progress, **way | {"sheet": name})
        names += _sheets(done, "sheet_alike") if every else []
        way = way | {"replaces": ""}
        yield done


def report(done: flow.Ingested, *, every: bool = False) -> None:
    """Say what became of a file, and which of its sheets were not read; with `every` the like ones are."""
    entry = done.entry
    for name in ("import_id", "profile", "sheet"):
        typer.echo(f"{t(f'cli.count.{name}')}: {getattr(entry, name)}")
    for name in ("rows_read", "accepted", "review", "rejected", "duplicate_rows"):
        typer.echo(f"{t(f'cli.count.{name}')}: {getattr(entry, name)}")
    if done.unmapped:
        typer.echo(t("cli.unmapped", columns=", ".join(done.unmapped)))
    for code in ("sheet_ignored",) if every else ("sheet_alike", "sheet_ignored"):
        for sheet in _sheets(done, code):
            typer.echo(t(f"cli.{code}", sheet=sheet))


def tell(read: list[tuple[Path, flow.Ingested]], problems: Path | None) -> None:
    """Write the problems of files, if a file was named to write them to."""
    if problems and problems.suffix.lower() == ".xlsx":
        problems.write_bytes(flow.problem_book(read, "en"))
    elif problems:
        export.save(told(pd.concat([one.problems for _, one in read], ignore_index=True), "en"), problems)


def _sheets(done: flow.Ingested, code: str) -> list[str]:
    return list(done.problems.loc[done.problems["code"] == code, "value"])
