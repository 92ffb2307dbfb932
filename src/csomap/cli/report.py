"""The command line for reports: the same sections as the page, as PDF, slides or workbook."""

from pathlib import Path
from typing import Annotated

import typer

from csomap import flow, geo
from csomap.cli.filters import (
    AsOf,
    From,
    MinDays,
    OrganisationType,
    Place,
    Population,
    Sector,
    Service,
    To,
    Topic,
    query_of,
)
from csomap.cli.frame import Home, command
from csomap.errors import BadInput
from csomap.i18n import LANGUAGES, t
from csomap.settings import Settings

KINDS = ("pdf", "pptx", "xlsx")

Kind = Annotated[str, typer.Option("--format", help=t("cli.option.report_format"))]
Language = Annotated[str, typer.Option(help=t("cli.option.lang"))]
ReportFile = Annotated[Path | None, typer.Option("--out", help=t("cli.option.report_out"))]
ServiceLevel = Annotated[str, typer.Option(help=t("cli.option.report_service_level"))]
AreaLevel = Annotated[str, typer.Option(help=t("cli.option.report_area_level"))]


@command("report")
def report(
    ctx: typer.Context,
    format_: Kind = "",
    lang: Language = "en",
    sector: Sector = "",
    topic: Topic = "",
    service: Service = "",
    population: Population = "",
    place: Place = "",
    organisation_type: OrganisationType = "",
    from_: From = None,
    to: To = None,
    as_of: AsOf = None,
    service_level: ServiceLevel = "",
    area_level: AreaLevel = "",
    min_days: MinDays = 1,
    out: ReportFile = None,
    home: Home = None,
) -> None:
    kind = kind_of(format_, lang, out)
    file = _written(ctx, Settings.from_environment(home), kind, lang, out)
    typer.echo(t("cli.written", file=file.name))


def _written(ctx: typer.Context, settings: Settings, kind: str, lang: str, out: Path | None) -> Path:
    from csomap import reports  # it brings the drawing of maps along, for which other commands need not wait

    levels = {name: ctx.params.pop(name) for name in ("service_level", "area_level")}
    query = query_of(ctx)
    data = flow.for_pages(flow.with_verdicts(flow.load(settings, sample=False), settings))
    window = flow.window(data, query)
    given = {name: code for name, code in levels.items() if code}
    made = reports.report(
        data,
        window,
        lang,
        opened=flow.opening(data, window).but(**given).checked(),
        boundaries=geo.boundaries(settings.boundaries),
        progress=_tell,
    )
    file = out or Path(reports.file_name(data, lang, kind))
    file.write_bytes(reports.write(made, kind))
    return file


def kind_of(asked: str, lang: str, out: Path | None) -> str:
    """Return the kind of file, by default what the file's name ends in; raises BadInput before the work."""
    if lang not in LANGUAGES:
        raise BadInput("language_unknown", value=lang, known=", ".join(LANGUAGES))
    kind = asked or (out.suffix.removeprefix(".").lower() if out else "pdf")
    if kind not in KINDS:
        raise BadInput("report_kind", value=kind)
    if out and not out.absolute().parent.is_dir():
        raise BadInput("folder_missing", folder=str(out.parent))
    return kind


def _tell(done: int, total: int, title: str) -> None:
    """Say on standard error which section comes next."""
    typer.echo(f"{done + 1}/{total} {title}", err=True)
