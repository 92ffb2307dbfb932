"""The command line: the same flow as the pages."""

import datetime as dt
import io
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from csomap import flow, geo
from csomap.errors import BadInput, CsomapError
from csomap.i18n import LANGUAGES, t
from csomap.importers.template import template as make_template
from csomap.resolve import reference
from csomap.settings import Settings
from csomap.store import Store
from csomap.tables import export, known
from csomap.tables.problems import told
from csomap.tables.query import Query

app = typer.Typer(
    help=t("cli.help"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
boundaries_app = typer.Typer(help=t("cli.boundaries"), no_args_is_help=True)
app.add_typer(boundaries_app, name="boundaries")

Home = Annotated[Path | None, typer.Option("--home", help=t("cli.option.home"))]
File = Annotated[Path, typer.Argument(help=t("cli.option.file"))]
Profile = Annotated[str | None, typer.Option(help=t("cli.option.profile"))]
Period = Annotated[str | None, typer.Option(help=t("cli.option.period"))]
ProblemFile = Annotated[Path | None, typer.Option("--problems", help=t("cli.option.problems"))]
Out = Annotated[Path | None, typer.Option("--out", help=t("cli.option.out"))]


def _kindly(command: Callable[..., None]) -> Callable[..., None]:
    """Tell an error as one line on standard error and leave with its exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except CsomapError as error:
            typer.echo(t("cli.error", message=str(error)), err=True)
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            typer.echo(t("cli.error", message=t("error.system", message=str(error))), err=True)
            raise typer.Exit(2) from None

    return run


def _command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        return app.command(name, help=t(f"cli.command.{name}"))(_kindly(command))

    return decorate


def _day(text: str | None, *, last: bool = False) -> dt.date | None:
    """Read 2021-01-31 or 2021-01; a month is its first day, or its last."""
    if text is None:
        return None
    try:
        if len(text) == len("2021-01"):
            month = dt.date.fromisoformat(f"{text}-01")
            return known.last_day(month) if last else month
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput("date_argument", value=text) from None


def _period(text: str | None) -> tuple[dt.date, dt.date] | None:
    if text is None:
        return None
    first, _, last = text.partition(":")
    if not last:
        raise BadInput("period_argument", value=text)
    start, end = _day(first), _day(last, last=True)
    if start is None or end is None or start > end:
        raise BadInput("period_backwards", start=first, end=last)
    return start, end


def _report(done: flow.Ingested) -> None:
    entry = done.entry
    for name in ("import_id", "profile", "sheet"):
        typer.echo(f"{t(f'cli.count.{name}')}: {getattr(entry, name)}")
    for name in ("rows_read", "accepted", "review", "rejected", "duplicate_rows"):
        typer.echo(f"{t(f'cli.count.{name}')}: {getattr(entry, name)}")
    if done.unmapped:
        typer.echo(t("cli.unmapped", columns=", ".join(done.unmapped)))
    for sheet in done.problems.loc[done.problems["code"] == "sheet_ignored", "value"]:
        typer.echo(t("cli.sheet_ignored", sheet=sheet))


def _tell(done: list[flow.Ingested], problems: Path | None) -> None:
    if problems and done:
        export.save(told(pd.concat([one.problems for one in done], ignore_index=True), "en"), problems)


@_command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help=t("cli.option.file"))],
    profile: Profile = None,
    period: Period = None,
    replaces: Annotated[str, typer.Option(help=t("cli.option.replaces"))] = "",
    problems: ProblemFile = None,
    home: Home = None,
) -> None:
    settings = Settings.from_environment(home)
    _check_out(problems)
    done: list[flow.Ingested] = []
    for file in files:
        done.append(flow.ingest(file, settings, profile=profile, period=_period(period), replaces=replaces))
        typer.echo(t("cli.imported" if done[-1].is_new else "cli.known", file=file.name))
        _report(done[-1])
        _tell(done, problems)


@_command("check")
def check(file: File, profile: Profile = None, period: Period = None, problems: ProblemFile = None) -> None:
    _check_out(problems)
    done = flow.check(file, profile=profile, period=_period(period))
    _report(done)
    _tell([done], problems)
    if done.entry.rejected:
        raise typer.Exit(1)


def _query(given: dict[str, str], start: str | None, end: str | None, min_days: int) -> Query:
    return Query(start=_day(start), end=_day(end, last=True), min_days=min_days, **given).checked()  # type: ignore[arg-type]


@_command("table")
def table(
    name: Annotated[str, typer.Argument(help=t("cli.option.table", tables=", ".join(flow.TABLES)))],
    sector: Annotated[str, typer.Option(help=t("cli.option.sector"))] = "",
    topic: Annotated[str, typer.Option(help=t("cli.option.topic"))] = "",
    service: Annotated[str, typer.Option(help=t("cli.option.service"))] = "",
    population: Annotated[str, typer.Option(help=t("cli.option.population"))] = "",
    place: Annotated[str, typer.Option(help=t("cli.option.place"))] = "",
    organisation_type: Annotated[str, typer.Option(help=t("cli.option.organisation_type"))] = "",
    from_: Annotated[str | None, typer.Option("--from", help=t("cli.option.from"))] = None,
    to: Annotated[str | None, typer.Option("--to", help=t("cli.option.to"))] = None,
    service_level: Annotated[str, typer.Option(help=t("cli.option.service_level"))] = "topic",
    area_level: Annotated[str, typer.Option(help=t("cli.option.area_level"))] = "2",
    min_days: Annotated[int, typer.Option(help=t("cli.option.min_days"))] = 1,
    out: Out = None,
    home: Home = None,
) -> None:
    _check_out(out)
    given = {
        "sector": sector,
        "topic": topic,
        "service": service,
        "population": population,
        "place": place,
        "organisation_type": organisation_type,
        "service_level": service_level,
        "area_level": area_level,
    }
    query = _query(given, from_, to, min_days)
    _write(flow.analyse(flow.load(Settings.from_environment(home), sample=False), name, query), out)


def _check_out(out: Path | None) -> None:
    if out:
        export.check_kind(out)


def _write(frame: pd.DataFrame, out: Path | None) -> None:
    if out:
        export.save(frame, out)
    else:
        sys.stdout.write(frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))


@_command("resolve")
def resolve(
    kind: Annotated[str, typer.Argument(help=t("cli.option.kind"))],
    texts: Annotated[list[str], typer.Argument(help=t("cli.option.texts"))],
    level: Annotated[int | None, typer.Option(min=1, max=3, help=t("cli.option.level"))] = None,
    within: Annotated[str | None, typer.Option(help=t("cli.option.within"))] = None,
) -> None:
    _write(reference.answers(kind, texts, level=level, within=within), None)


@_command("imports")
def imports(home: Home = None) -> None:
    _write(Store(Settings.from_environment(home)).imports(), None)


@_command("undo")
def undo(
    import_id: Annotated[str, typer.Argument(help=t("cli.option.import_id"))], home: Home = None
) -> None:
    Store(Settings.from_environment(home)).undo(import_id)
    typer.echo(t("cli.undone", import_id=import_id))


@_command("template")
def template(
    out: Annotated[Path, typer.Option("--out", help=t("cli.option.template"))],
    lang: Annotated[str, typer.Option(help=t("cli.option.lang"))] = "en",
) -> None:
    if lang not in LANGUAGES:
        raise BadInput("language_unknown", value=lang, known=", ".join(LANGUAGES))
    if out.suffix.lower() != ".xlsx":
        raise BadInput("template_kind", value=out.name)
    out.write_bytes(make_template(lang))
    typer.echo(t("cli.written", file=out.name))


@boundaries_app.command("install", help=t("cli.command.boundaries"))
@_kindly
def install(file: File, home: Home = None) -> None:
    done = geo.install(file, Settings.from_environment(home).boundaries)
    typer.echo(t("cli.installed", levels=", ".join(str(level) for level in done.levels)))


@_command("demo")
def demo(home: Home = None) -> None:
    done = flow.ingest(flow.SAMPLE, Settings.from_environment(home))
    typer.echo(t("cli.demo"))
    _report(done)


@_command("reset")
def reset(
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.option.yes"))] = False, home: Home = None
) -> None:
    settings = Settings.from_environment(home)
    if not yes:
        raise BadInput("reset_unsure", home=str(settings.home))
    Store(settings).clear()
    typer.echo(t("cli.cleared"))


def main() -> None:
    """Run the command line; names in three scripts leave it as UTF-8, whatever the terminal says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    app()
