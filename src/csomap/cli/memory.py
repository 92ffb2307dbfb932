"""The command line for what people decide: what waits, decisions, merges, the registry."""

from pathlib import Path
from typing import Annotated

import typer

from csomap import flow
from csomap.cli.frame import Home, Out, check_out, command, kindly, write
from csomap.i18n import t
from csomap.settings import Settings

registry_app = typer.Typer(help=t("cli.registry"), no_args_is_help=True)

Note = Annotated[str, typer.Option(help=t("cli.option.note"))]


@command("waiting")
def waiting(out: Out = None, home: Home = None) -> None:
    check_out(out)
    write(flow.waiting(flow.load(Settings.from_environment(home), sample=False)), out)


@command("decide")
def decide(
    kind: Annotated[str, typer.Argument(help=t("cli.option.decision_kind"))],
    text: Annotated[str, typer.Argument(help=t("cli.option.subject"))],
    answer: Annotated[str, typer.Argument(help=t("cli.option.answer"))],
    within: Annotated[str, typer.Option(help=t("cli.option.context"))] = "",
    note: Note = "",
    home: Home = None,
) -> None:
    made = flow.decide(Settings.from_environment(home), kind, text, answer, within, note)
    typer.echo(t("cli.decided", id=str(made)))


@command("decisions")
def decisions(out: Out = None, home: Home = None) -> None:
    check_out(out)
    write(flow.decisions(Settings.from_environment(home)), out)


@command("undo-decision")
def undo_decision(
    decision_id: Annotated[int, typer.Argument(help=t("cli.option.decision_id"))],
    note: Note = "",
    home: Home = None,
) -> None:
    flow.undo_decision(Settings.from_environment(home), decision_id, note)
    typer.echo(t("cli.decision_undone", id=str(decision_id)))


@command("merge")
def merge(
    org_id: Annotated[str, typer.Argument(help=t("cli.option.merged"))],
    into: Annotated[str, typer.Argument(help=t("cli.option.into"))],
    note: Note = "",
    home: Home = None,
) -> None:
    made = flow.merge(Settings.from_environment(home), org_id, into, note)
    typer.echo(t("cli.decided", id=str(made)))


@registry_app.command("import", help=t("cli.command.registry"))
@kindly
def import_registry(
    file: Annotated[Path, typer.Argument(help=t("cli.option.registry"))],
    note: Note = "",
    home: Home = None,
) -> None:
    done = flow.import_registry(file, Settings.from_environment(home), note)
    for name, ids in (("added", done.added), ("changed", done.changed)):
        typer.echo(f"{t(f'cli.count.{name}')}: {len(ids)}")
    typer.echo(f"{t('cli.count.unchanged')}: {done.unchanged}")
    if done.decision_id:
        typer.echo(t("cli.decided", id=str(done.decision_id)))
