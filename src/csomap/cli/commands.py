"""Every command that does not have a module of its own; `main` runs them."""

import datetime as dt
import io
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from csomap import flow, geo
from csomap.cli.baselines import (
    BeforeBaseline,
    BeforeFrom,
    BeforeImport,
    BeforeTo,
    ForOrganisation,
    NowImport,
    baseline_app,
    own_table,
)
from csomap.cli.files import imported, report, tell
from csomap.cli.filters import (
    AreaLevel,
    AsOf,
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
    day,
    query_of,
)
from csomap.cli.frame import File, Home, Out, app, check_out, command, kindly, write
from csomap.cli.mapping import Given, proposed
from csomap.cli.meetings import meetings_app
from csomap.cli.memory import registry_app
from csomap.cli.needs import needs_app
from csomap.cli.progress import Progress
from csomap.cli.verdicts import verdicts_app
from csomap.errors import BadInput
from csomap.i18n import LANGUAGES, t
from csomap.importers.template import template as make_template
from csomap.resolve import reference
from csomap.settings import Settings
from csomap.store import Store, place

boundaries_app = typer.Typer(help=t("cli.boundaries"), no_args_is_help=True)
app.add_typer(baseline_app, name="baseline")
app.add_typer(boundaries_app, name="boundaries")
app.add_typer(meetings_app, name="meetings")
app.add_typer(needs_app, name="needs")
app.add_typer(registry_app, name="registry")
app.add_typer(verdicts_app, name="verdicts")

Profile = Annotated[str | None, typer.Option(help=t("cli.option.profile"))]
Period = Annotated[str | None, typer.Option(help=t("cli.option.period"))]
Mapped = Annotated[Path | None, typer.Option("--mapping", help=t("cli.option.mapping"))]
Sheet = Annotated[str, typer.Option("--sheet", help=t("cli.option.sheet"))]
EverySheet = Annotated[bool, typer.Option("--all-sheets", help=t("cli.option.all_sheets"))]
Propose = Annotated[Path | None, typer.Option("--propose", help=t("cli.option.propose"))]
ProblemFile = Annotated[Path | None, typer.Option("--problems", help=t("cli.option.problems"))]


def _period(text: str | None) -> tuple[dt.date, dt.date] | None:
    if text is None:
        return None
    first, _, last = text.partition(":")
    if not last:
        raise BadInput("period_argument", value=text)
    start, end = day(first), day(last, last=True)
    if start is None or end is None or start > end:
        raise BadInput("period_backwards", start=first, end=last)
    return start, end


@command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help=t("cli.option.file"))],
    profile: Profile = None,
    mapping: Mapped = None,
    period: Period = None,
    sheet: Sheet = "",
    all_sheets: EverySheet = False,
    replaces: Annotated[str, typer.Option(help=t("cli.option.replaces"))] = "",
    problems: ProblemFile = None,
    home: Home = None,
) -> None:
    settings = Settings.from_environment(home)
    check_out(problems)
    read: list[tuple[Path, flow.Ingested]] = []
    given = Given(mapping)
    way: dict[str, Any] = {"profile": profile, "period": _period(period), "sheet": sheet}
    for file in files:
        way |= {"mapping": given.profile(file), "replaces": replaces}
        for done in imported(file, settings, way, all_sheets):
            read.append((file, done))
            typer.echo(t("cli.imported" if done.is_new else "cli.known", file=file.name))
            report(done, every=all_sheets)
            tell(read, problems)
        if given.keep(file, settings):
            typer.echo(t("cli.mapping_kept"))


@command("check")
def check(
    file: File,
    profile: Profile = None,
    mapping: Mapped = None,
    propose: Propose = None,
    period: Period = None,
    sheet: Sheet = "",
    problems: ProblemFile = None,
    home: Home = None,
) -> None:
    check_out(problems)
    if propose:
        write(proposed(file, propose), None)
        return
    way: dict[str, Any] = {"profile": profile, "mapping": Given(mapping).profile(file), "sheet": sheet}
    settings = Settings.from_environment(home)
    with Progress() as progress:
        done = flow.check(file, settings=settings, progress=progress, period=_period(period), **way)
    report(done)
    tell([(file, done)], problems)
    if done.entry.rejected:
        raise typer.Exit(1)


@command("table")
def table(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=t("cli.option.table", tables=", ".join(flow.TABLES)))],
    sector: Sector = "",
    topic: Topic = "",
    service: Service = "",
    population: Population = "",
    place: Place = "",
    organisation_type: OrganisationType = "",
    from_: From = None,
    to: To = None,
    as_of: AsOf = None,
    service_level: ServiceLevel = "topic",
    area_level: AreaLevel = "2",
    min_days: MinDays = 1,
    near_km: Annotated[float | None, typer.Option(help=t("cli.option.near_km"))] = None,
    before_from: BeforeFrom = None,
    before_to: BeforeTo = None,
    before_import: BeforeImport = "",
    before_baseline: BeforeBaseline = "",
    now_import: NowImport = "",
    for_organisation: ForOrganisation = "",
    out: Out = None,
    home: Home = None,
) -> None:
    check_out(out)
    query = query_of(ctx)
    settings = Settings.from_environment(home)
    data = flow.with_verdicts(flow.load(settings, sample=False), settings)
    write(own_table(name, ctx.params, settings, data, query), out)


@command("resolve")
def resolve(
    kind: Annotated[str, typer.Argument(help=t("cli.option.kind"))],
    texts: Annotated[list[str], typer.Argument(help=t("cli.option.texts"))],
    level: Annotated[int | None, typer.Option(min=1, max=3, help=t("cli.option.level"))] = None,
    within: Annotated[str | None, typer.Option(help=t("cli.option.within"))] = None,
) -> None:
    write(reference.answers(kind, texts, level=level, within=within), None)


@command("imports")
def imports(home: Home = None) -> None:
    write(Store(Settings.from_environment(home)).imports(), None)


@command("undo")
def undo(
    import_id: Annotated[str, typer.Argument(help=t("cli.option.import_id"))], home: Home = None
) -> None:
    Store(Settings.from_environment(home)).undo(import_id)
    typer.echo(t("cli.undone", import_id=import_id))


@command("template")
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
@kindly
def install(file: File, home: Home = None) -> None:
    done = geo.install(file, Settings.from_environment(home).boundaries)
    typer.echo(t("cli.installed", levels=", ".join(str(level) for level in done.levels)))


@command("demo")
def demo(home: Home = None) -> None:
    done = flow.ingest(flow.SAMPLE, Settings.from_environment(home))
    typer.echo(t("cli.demo"))
    report(done)


@command("reset")
def reset(
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.option.yes"))] = False, home: Home = None
) -> None:
    settings = Settings.from_environment(home)
    if not yes:
        raise BadInput("reset_unsure", home=place(settings))
    Store(settings).clear()
    typer.echo(t("cli.cleared"))


def main() -> None:
    """Run the command line; names in three scripts leave it as UTF-8, whatever the terminal says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    app()
