"""The command line for verdicts: the list for a working group goes out, and comes back in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from csomap import flow
from csomap.cli.filters import (
    AreaLevel,
    From,
    MinDays,
    OrganisationType,
    Place,
    Population,
    Sector,
    Service,
    ServiceLevel,
    To,
    Topic,
    query_of,
)
from csomap.cli.frame import Home, check_out, kindly
from csomap.errors import BadInput
from csomap.flow.verdict_lines import PAIR, names
from csomap.i18n import date, t
from csomap.settings import Settings

verdicts_app = typer.Typer(help=t("cli.verdicts"), no_args_is_help=True)


@verdicts_app.command("export", help=t("cli.command.verdicts_export"))
@kindly
def export(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("--out", help=t("cli.option.verdicts_out"))],
    lang: Annotated[str, typer.Option(help=t("cli.option.lang"))] = "en",
    sector: Sector = "",
    topic: Topic = "",
    service: Service = "",
    population: Population = "",
    place: Place = "",
    organisation_type: OrganisationType = "",
    from_: From = None,
    to: To = None,
    service_level: ServiceLevel = "topic",
    area_level: AreaLevel = "2",
    min_days: MinDays = 1,
    home: Home = None,
) -> None:
    check_out(out)
    if out.suffix.lower() != ".xlsx":
        raise BadInput("verdicts_kind", value=out.name)
    query = query_of(ctx)
    out.write_bytes(flow.verdict_book(_data(Settings.from_environment(home)), query, lang))
    typer.echo(t("cli.written", file=out.name))


@verdicts_app.command("import", help=t("cli.command.verdicts_import"))
@kindly
def import_verdicts(
    file: Annotated[Path, typer.Argument(help=t("cli.option.verdicts_file"))],
    who: Annotated[str, typer.Option(help=t("cli.option.who"))] = "",
    note: Annotated[str, typer.Option(help=t("cli.option.note"))] = "",
    take_outdated: Annotated[
        bool, typer.Option("--take-outdated", help=t("cli.option.take_outdated"))
    ] = False,
    home: Home = None,
) -> None:
    settings = Settings.from_environment(home)
    data = _data(settings)
    book = flow.read_verdict_book(file, data, settings)
    made = flow.keep_verdict_book(book, data, settings, note=note, who=who, take_outdated=take_outdated)
    late = book.outdated
    kept = len(book.changes) + (len(late) if take_outdated else 0)
    typer.echo(t("cli.verdicts_kept", n=kept))
    if made:
        typer.echo(t("cli.decided", id=str(made)))
    if len(late) and not take_outdated:
        _tell(late, names(data, "en"))
        raise typer.Exit(1)


def _data(settings: Settings) -> flow.Data:
    return flow.with_verdicts(flow.load(settings, sample=False), settings)


def _tell(late: pd.DataFrame, named: Mapping[str, str]) -> None:
    """Say on which lines others decided since, what they said, and how to keep one's own nevertheless."""
    for line in late.to_dict("records"):
        words = {name: t(f"overlap.verdict.{line[name]}") for name in ("now", "verdict")}
        pair = {name: named.get(line[name], line[name]) for name in PAIR}
        key = "verdict_late" if line["who"] else "verdict_taken_back"
        day = date(line["at"]) if line["who"] else ""
        typer.echo(
            t(f"cli.{key}", row=str(line["source_row"]), **pair, **words, who=line["who"], day=day), err=True
        )
    typer.echo(t("cli.verdicts_late", n=len(late)), err=True)
