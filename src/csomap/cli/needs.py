"""The command line for figures of need: newer ones come in, are listed, and are taken out again."""

from pathlib import Path
from typing import Annotated

import typer

from csomap import flow
from csomap.cli.frame import File, Home, Out, check_out, kindly, write
from csomap.errors import BadInput
from csomap.i18n import t
from csomap.settings import Settings

needs_app = typer.Typer(help=t("cli.needs"), no_args_is_help=True)

Who = Annotated[str, typer.Option(help=t("cli.option.needs_who"))]
Upload = Annotated[str, typer.Argument(help=t("cli.option.upload_id"))]


@needs_app.command("import", help=t("cli.command.needs_import"))
@kindly
def import_needs(file: File, who: Who = "", home: Home = None) -> None:
    settings = Settings.from_environment(home)
    if not file.is_file():
        raise BadInput("file_missing", name=file.name)
    read = flow.read_needs(file, settings)
    made = flow.keep_needs(read, settings, who)
    if not made:
        typer.echo(t("cli.known", file=file.name))
        return
    typer.echo(t("cli.needs_kept", n=len(read.figures), upload_id=read.upload_id))


@needs_app.command("list", help=t("cli.command.needs_list"))
@kindly
def list_needs(out: Out = None, home: Home = None) -> None:
    check_out(out)
    write(flow.needs_history(Settings.from_environment(home)), out)


@needs_app.command("undo", help=t("cli.command.needs_undo"))
@kindly
def undo(upload_id: Upload, who: Who = "", home: Home = None) -> None:
    flow.undo_needs(Settings.from_environment(home), upload_id, who)
    typer.echo(t("cli.needs_undone", upload_id=upload_id))


@needs_app.command("restore", help=t("cli.command.needs_restore"))
@kindly
def restore(upload_id: Upload, who: Who = "", home: Home = None) -> None:
    flow.restore_needs(Settings.from_environment(home), upload_id, who)
    typer.echo(t("cli.needs_restored", upload_id=upload_id))


@needs_app.command("template", help=t("cli.command.needs_template"))
@kindly
def template(
    out: Annotated[Path, typer.Option("--out", help=t("cli.option.template"))],
    lang: Annotated[str, typer.Option(help=t("cli.option.lang"))] = "en",
) -> None:
    if out.suffix.lower() != ".xlsx":
        raise BadInput("template_kind", value=out.name)
    out.write_bytes(flow.needs_template(lang))
    typer.echo(t("cli.written", file=out.name))
