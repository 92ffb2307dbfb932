"""What every command is made with: the program, its common options, how it tells and how it fails."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from csomap.errors import UNKNOWN_LAYOUT, CsomapError
from csomap.i18n import t
from csomap.tables import export

app = typer.Typer(
    help=t("cli.help"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

Home = Annotated[Path | None, typer.Option("--home", help=t("cli.option.home"))]
File = Annotated[Path, typer.Argument(help=t("cli.option.file"))]
Out = Annotated[Path | None, typer.Option("--out", help=t("cli.option.out"))]


def kindly(run_command: Callable[..., None]) -> Callable[..., None]:
    """Tell an error as one line on standard error and leave with its exit code."""

    @wraps(run_command)
    def run(*args: Any, **options: Any) -> None:
        try:
            run_command(*args, **options)
        except CsomapError as error:
            hint = [t("cli.propose_hint")] if error.key in UNKNOWN_LAYOUT else []
            typer.echo(" ".join([t("cli.error", message=str(error)), *hint]), err=True)
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            typer.echo(t("cli.error", message=t("error.system", message=str(error))), err=True)
            raise typer.Exit(2) from None

    return run


def command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function the command `name`, with its help from the catalogue."""

    def decorate(run_command: Callable[..., None]) -> Callable[..., None]:
        return app.command(name, help=t(f"cli.command.{name}"))(kindly(run_command))

    return decorate


def check_out(out: Path | None) -> None:
    """Raise BadInput before the work is done for a file that could not be written."""
    if out:
        export.check_kind(out)


def write(frame: pd.DataFrame, out: Path | None) -> None:
    """Write a table to a file, or as CSV to standard output."""
    if out:
        export.save(frame, out)
    else:
        sys.stdout.write(frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))
